import { dayText, type ItemFacts, reportWindow } from "@stageledger/core";
import { inTransaction, type ReportFacts, readReportFacts, recordFacts, recordStageMap } from "@stageledger/db";
import { describe, expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";
import { codedRejection } from "../../support/rejection.ts";

/** Its charts begin 182 days before, on 27 April 2026. */
const AS_OF = utc("2026-10-25T17:00");

onBothEngines((engine) => {
  async function ledgerOf(items: readonly ItemFacts[], map = aStageMap()): Promise<string> {
    const { database } = engine();
    const { tenantId } = await aTenant(database, { zone: "UTC" });
    await recordStageMap(database, tenantId, map);
    await recordFacts(database, tenantId, { items: items.map((item) => aPart(item)), statuses: [], entries: [] });
    return tenantId;
  }
  const read = (tenantId: string, asOf = AS_OF): Promise<ReportFacts> =>
    readReportFacts(engine().database, tenantId, (zone) => reportWindow(zone, asOf, 8));

  const named = (id: string, steps: readonly [Step, ...Step[]], overrides: Partial<ItemFacts> = {}): ItemFacts =>
    anItemThatWent(steps, { id, key: id, ...overrides });

  describe("items of a report", () => {
    test("are those that are open, however old, and those that moved since the charts begin", async () => {
      const tenantId = await ledgerOf([
        named("old-and-open", [["2024-01-01T09:00", "Build"]]),
        named("old-and-unmapped", [["2024-01-01T09:00", "Elsewhere"]]),
        named("old-and-done", [
          ["2024-01-01T09:00", "Build"],
          ["2026-04-26T23:59", "Done"],
        ]),
        named("done-in-time", [
          ["2024-01-01T09:00", "Build"],
          ["2026-04-27T00:00", "Done"],
        ]),
        named("done-later", [
          ["2024-01-01T09:00", "Build"],
          ["2026-11-01T09:00", "Done"],
        ]),
      ]);
      const { items } = await read(tenantId);
      expect(items.map(({ id }) => id)).toEqual(["done-in-time", "done-later", "old-and-open", "old-and-unmapped"]);
    });

    test("have all their facts, as they were recorded", async () => {
      const item = named("whole", [
        ["2026-09-07T09:00", "Backlog"],
        ["2026-09-08T09:00", "Build"],
        ["2026-09-10T09:00", "Review"],
      ]);
      const tenantId = await ledgerOf([item]);
      expect((await read(tenantId)).items).toEqual([item]);
    });

    test("are those of one tenant", async () => {
      await ledgerOf([named("of-others", [["2026-09-07T09:00", "Build"]])]);
      const tenantId = await ledgerOf([named("own", [["2026-09-07T09:00", "Build"]])]);
      expect((await read(tenantId)).items.map(({ id }) => id)).toEqual(["own"]);
    });
  });

  test("a sub-task tells its parent when it last moved by the as-of instant, not after it (E10)", async () => {
    const subtask = { isSubtask: true, parentId: "parent" };
    const tenantId = await ledgerOf([
      named("parent", [["2026-09-01T09:00", "Build"]]),
      named(
        "early",
        [
          ["2026-09-01T10:00", "Build"],
          ["2026-09-05T09:00", "Done"],
        ],
        subtask,
      ),
      named(
        "late",
        [
          ["2026-09-01T11:00", "Build"],
          ["2026-09-20T09:00", "Done"],
        ],
        subtask,
      ),
      named("later-made", [["2026-09-25T09:00", "Build"]], subtask),
    ]);
    const lastAt = async (asOf: string): Promise<number | undefined> =>
      (await read(tenantId, utc(asOf))).subtaskActivityByParent.get("parent");
    expect(await lastAt("2026-09-10T09:00")).toBe(utc("2026-09-05T09:00"));
    expect(await lastAt("2026-09-21T09:00")).toBe(utc("2026-09-20T09:00"));
    expect(await lastAt("2026-09-26T09:00")).toBe(utc("2026-09-25T09:00"));
  });

  describe("the stages of a report", () => {
    test("are the version in force at the as-of instant, before the first one that one", async () => {
      const { database } = engine();
      const second = { version: 2, effectiveFrom: utc("2026-09-01T00:00") };
      const tenantId = await ledgerOf([], aStageMap({ effectiveFrom: utc("2026-06-01T00:00") }));
      await recordStageMap(database, tenantId, aStageMap(second));
      const versionAt = async (asOf: string): Promise<number> => (await read(tenantId, utc(asOf))).map.version;
      expect(await versionAt("2026-08-31T23:59")).toBe(1);
      expect(await versionAt("2026-09-01T00:00")).toBe(2);
      expect(await versionAt("2026-01-01T00:00")).toBe(1);
    });

    test("are what tells an empty ledger: without any there is nothing to report", async () => {
      const { tenantId } = await aTenant(engine().database);
      expect((await codedRejection(read(tenantId))).code).toBe("LEDGER_EMPTY");
    });
  });

  test("of an atom the latest version is read; a release that has not ended is told", async () => {
    const tenantId = await ledgerOf([]);
    await inTransaction(engine().database, { role: "publisher", tenantId }, async (trx) => {
      const release = { tenant_id: tenantId, started_at_ms: 1, published_at_ms: 2 };
      await trx
        .insertInto("published.release")
        .values({ ...release, number: 1, state: "published" })
        .execute();
      const atom = {
        tenant_id: tenantId,
        cut: "B" as const,
        project: "PAY",
        part_kind: "own" as const,
        part: "Build",
        span: "2026-09",
        contributors: "5–9" as const,
        elapsed_minutes: 1200,
        release_number: 1,
      };
      await trx
        .insertInto("published.atom")
        .values([
          { ...atom, version: 1, rounded_minutes: 600 },
          { ...atom, version: 2, rounded_minutes: 660 },
        ])
        .execute();
      await trx
        .insertInto("published.released_span")
        .values({ tenant_id: tenantId, span: "2026-09", release_number: 1 })
        .execute();
    });
    const facts = await read(tenantId);
    expect(facts.atoms).toEqual([
      {
        identity: { cut: "B", project: "PAY", part: { kind: "own", name: "Build" }, period: "2026-09" },
        roundedMinutes: 660,
        contributors: "5–9",
        elapsedMinutes: 1200,
      },
    ]);
    expect([facts.releasedSpans, facts.isPending]).toEqual([["2026-09"], false]);
    await inTransaction(engine().database, { role: "publisher", tenantId }, (trx) =>
      trx
        .insertInto("published.release")
        .values({ tenant_id: tenantId, number: 2, state: "pending", started_at_ms: 3, published_at_ms: null })
        .execute(),
    );
    expect((await read(tenantId)).isPending).toBe(true);
  });

  test("weeks are read from the latest period on, as far as they are released and were over, however many lie before", async () => {
    const tenantId = await ledgerOf([]);
    const mondays = ["2026-08-24", "2026-08-31", "2026-09-21", "2026-09-28", "2026-10-12", "2026-10-19"];
    await inTransaction(engine().database, { role: "publisher", tenantId }, async (trx) => {
      await trx
        .insertInto("published.release")
        .values({ tenant_id: tenantId, number: 1, state: "published", started_at_ms: 1, published_at_ms: 2 })
        .execute();
      const atom = {
        ...{ tenant_id: tenantId, cut: "A" as const, project: "PAY", part_kind: "" as const, part: "", version: 1 },
        ...{ rounded_minutes: 600, contributors: "5–9" as const, elapsed_minutes: null, release_number: 1 },
      };
      await trx
        .insertInto("published.atom")
        .values(mondays.map((span) => ({ ...atom, span })))
        .execute();
      const spans = ["2026-08", "2026-09", ...mondays.filter((span) => span !== "2026-10-12")];
      await trx
        .insertInto("published.released_span")
        .values(spans.map((span) => ({ tenant_id: tenantId, span, release_number: 1 })))
        .execute();
    });
    const weeksRead = async (asOf: string): Promise<readonly string[]> => {
      const { atoms } = await read(tenantId, utc(asOf));
      return atoms.flatMap(({ identity }) => (identity.cut === "A" ? [dayText(identity.week)] : [])).sort();
    };
    // September begins with the week of 31 Aug; the week of 19 Oct is over with Sunday the 25th.
    expect(await weeksRead("2026-10-26T00:00")).toEqual(["2026-08-31", "2026-09-21", "2026-09-28", "2026-10-19"]);
    expect(await weeksRead("2026-10-25T23:59")).toEqual(["2026-08-31", "2026-09-21", "2026-09-28"]);
  });
});
