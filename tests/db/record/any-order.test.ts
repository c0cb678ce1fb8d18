import type { ItemPart } from "@stageledger/core";
import { type RecordedRevision, recordFacts, recordStageMap, verify } from "@stageledger/db";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { day } from "../../support/moments.ts";

type Fact = { readonly part: ItemPart } | { readonly revision: RecordedRevision };

const STATUSES = ["Build", "Review", "Test", "Done"];

/** Items come in two parts, an early look and a late one, which share the changes that both saw. */
const items: fc.Arbitrary<Fact[]> = fc
  .array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 3 })
  .map((lives) =>
    lives.flatMap((life, number): Fact[] => {
      const steps = life.map(
        (status, i): Step => [`2026-09-${String(7 + 2 * i).padStart(2, "0")}T09:00`, STATUSES[status] ?? ""],
      );
      const whole: [Step, ...Step[]] = [["2026-09-07T07:00", "Backlog"], ...steps];
      const early: [Step, ...Step[]] = [whole[0], ...steps.slice(0, 1)];
      const identity = { id: `item-${number}`, key: `PAY-${number}` };
      return [early, whole].map((seen) => ({ part: aPart(anItemThatWent(seen, identity), { project: "Payments" }) }));
    }),
  );

const entries: fc.Arbitrary<Fact[]> = fc
  .array(
    fc.record({
      item: fc.integer({ min: 0, max: 3 }),
      person: fc.integer({ min: 1, max: 3 }),
      day: fc.integer({ min: 0, max: 12 }),
      minutes: fc.array(fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { maxLength: 5 },
  )
  .map((drafts) =>
    drafts.flatMap((draft, i) =>
      draft.minutes.map((minutes, version): Fact => {
        const entry =
          minutes === undefined
            ? undefined
            : anEntry({ itemId: `item-${draft.item}`, date: day("2026-09-07") + draft.day, minutes });
        return {
          revision: {
            entryId: `10000000-0000-4000-8000-00000000000${i}`,
            contributor: `20000000-0000-4000-8000-00000000000${draft.person}`,
            number: version + 1,
            change: entry === undefined ? "deleted" : version === 0 ? "created" : "edited",
            entry,
            importId: undefined,
          },
        };
      }),
    ),
  );

const facts = fc.tuple(items, entries).map(([some, others]) => [...some, ...others]);

onBothEngines((engine) => {
  async function recorded(batches: readonly (readonly Fact[])[]) {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    await recordStageMap(database, tenantId, aStageMap());
    for (const batch of batches) {
      await recordFacts(database, tenantId, {
        items: batch.flatMap((fact) => ("part" in fact ? [fact.part] : [])),
        statuses: [],
        entries: batch.flatMap((fact) => ("revision" in fact ? [fact.revision] : [])),
      });
    }
    const { items: rows, ...contents } = await ledgerContents(database, tenantId);
    return {
      ...contents,
      items: rows.map((row) => row.replace(tenantId, "")),
      differences: await verify(database, tenantId),
    };
  }

  test("the same facts in any order, repeated and in any batches give the same ledger, and verify finds nothing", () => {
    const deliveries = facts.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
        fc.integer({ min: 1, max: 4 }),
      ),
    );
    return fc.assert(
      fc.asyncProperty(deliveries, async ([all, disordered, size]) => {
        const batches = Array.from({ length: Math.ceil(disordered.length / size) }, (_, i) =>
          disordered.slice(i * size, (i + 1) * size),
        );
        const [whole, parts] = [await recorded([all]), await recorded(batches)];
        expect(parts).toEqual(whole);
        expect(whole.differences).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
