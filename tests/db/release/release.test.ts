import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Atom, atomLabel } from "@stageledger/core";
import {
  ensureContributors,
  inTransaction,
  lockTenant,
  openTenantSecrets,
  previewRelease,
  type RecordedRevision,
  recordFacts,
  recordStageMap,
  release,
} from "@stageledger/db";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { type Engine, onBothEngines } from "../../support/database/engines.ts";
import { day, utc } from "../../support/moments.ts";
import { codedRejection } from "../../support/rejection.ts";

/** September 2026 has the weeks of 31 Aug, 7, 14 and 21 Sep; the last closes on Thursday 1 Oct, 00:00 in Berlin. */
const SEPTEMBER_CLOSES = utc("2026-09-30T22:00");
/** October has five weeks; the one of 26 Oct closes on 5 Nov, when Berlin is one hour ahead again. */
const OCTOBER_CLOSES = utc("2026-11-04T23:00");

interface Logged {
  readonly person: string;
  readonly project: string;
  readonly stage: string;
  readonly minutes: number;
  readonly date?: string;
  readonly entryId?: string;
  readonly number?: number;
}

const everyone = (people: string, logged: Omit<Logged, "person">): Logged[] =>
  [...people].map((person) => ({ person, ...logged }));

/**
 * SHOP in the week of 7 Sep: six people with 300 min in Build and 60 in Review, one with 500 in Test: 2,660 min.
 * PAY and OPS: three people each with 100 min.
 */
const SEPTEMBER: readonly Logged[] = [
  ...everyone("abcdef", { project: "SHOP", stage: "Build", minutes: 300 }),
  ...everyone("abcdef", { project: "SHOP", stage: "Review", minutes: 60 }),
  { person: "g", project: "SHOP", stage: "Test", minutes: 500 },
  ...everyone("uvw", { project: "PAY", stage: "Build", minutes: 100 }),
  ...everyone("xyz", { project: "OPS", stage: "Build", minutes: 100 }),
];

async function record(
  { database }: Engine,
  { tenantId, masterKey }: TestTenant,
  logged: readonly Logged[],
): Promise<void> {
  const people = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const accounts = logged.map(({ person }) => ({ source: "cli", account: person }));
    return ensureContributors(trx, tenantId, secrets, accounts, randomUUID);
  });
  const entries = logged.map(
    ({ project, stage, minutes, date = "2026-09-08", entryId, number = 1 }, i): RecordedRevision => {
      const person = people[i];
      const entry = anEntry({ itemId: `${project}-item`, project, minutes, date: day(date), chosenStatus: stage });
      return {
        entryId: entryId ?? randomUUID(),
        contributor: person?.kind === "found" ? person.contributorId : "",
        number,
        change: number === 1 ? "created" : "edited",
        entry,
        importId: undefined,
      };
    },
  );
  await recordFacts(database, tenantId, { items: [], statuses: [], entries });
}

const lines = (atoms: readonly Atom[]): string[] =>
  atoms.map(
    ({ identity, roundedMinutes, contributors }) =>
      `${identity.cut} ${atomLabel(identity)} ${roundedMinutes} ${contributors}`,
  );

onBothEngines((engine) => {
  async function shop(overrides: Parameters<typeof aTenant>[1] = {}): Promise<TestTenant> {
    const tenant = await aTenant(engine().database, overrides);
    await recordStageMap(engine().database, tenant.tenantId, aStageMap());
    await record(engine(), tenant, SEPTEMBER);
    return tenant;
  }
  const run = ({ tenantId, masterKey }: TestTenant, now: number) =>
    release(engine().database, tenantId, masterKey, now);

  const rows = (tenant: TestTenant, query: string) =>
    inTransaction(engine().database, { role: "report_reader", tenantId: tenant.tenantId }, async (trx) => {
      const result = await sql<{ line: string }>`${sql.raw(query)}`.execute(trx);
      return result.rows.map(({ line }) => line).sort();
    });

  describe("September", () => {
    test("is published when its last week has settled: totals, stages with a merged rest, activities, other projects", async () => {
      const tenant = await shop();
      const outcome = await run(tenant, SEPTEMBER_CLOSES);
      expect(outcome.weeksToClose).toEqual(["2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21"].map(day));
      expect(outcome.periods).toEqual(["2026-09"]);
      expect(outcome.quarters).toEqual([]);
      // 2,660 rounds to 2,670. Test has one person, so it takes in Review, the smallest that could stand alone:
      // 500 + 360 = 860, rounded 870. PAY and OPS have three people each, together six: 600.
      expect(lines(outcome.atoms)).toEqual([
        "A SHOP 2670 5–9",
        "B Build 1800 5–9",
        "B Other stages 870 5–9",
        "C build 2670 5–9",
        "E Other projects 600 5–9",
      ]);
      expect(
        await rows(
          tenant,
          "select concat_ws(' ', cut, project, part_kind, part, span, rounded_minutes) as line from published.atom",
        ),
      ).toEqual([
        "A SHOP   2026-09-07 2670",
        "B SHOP others  2026-09 870",
        "B SHOP own Build 2026-09 1800",
        "C SHOP own build 2026-09 2670",
        "E    2026-09 600",
      ]);
    });

    test("is published once: the same run again writes nothing, and a new one adds nothing to it", async () => {
      const tenant = await shop();
      await run(tenant, SEPTEMBER_CLOSES);
      const before = await rows(tenant, "select row_to_json(atom)::text as line from published.atom atom");
      expect(await run(tenant, SEPTEMBER_CLOSES)).toEqual({ weeksToClose: [], periods: [], quarters: [], atoms: [] });
      await record(engine(), tenant, everyone("abcdef", { project: "SHOP", stage: "Build", minutes: 45 }));
      expect((await run(tenant, SEPTEMBER_CLOSES)).atoms).toEqual([]);
      expect(await rows(tenant, "select row_to_json(atom)::text as line from published.atom atom")).toEqual(before);
      expect(await rows(tenant, "select concat_ws(' ', number, state) as line from published.release")).toEqual([
        "1 published",
      ]);
    });

    test("waits for the close: a minute before, three weeks are closed and nothing but their totals is out", async () => {
      const tenant = await shop();
      const early = await run(tenant, SEPTEMBER_CLOSES - 60_000);
      expect(early.weeksToClose).toEqual(["2026-08-31", "2026-09-07", "2026-09-14"].map(day));
      expect(lines(early.atoms)).toEqual(["A SHOP 2670 5–9"]);
      const rest = await run(tenant, SEPTEMBER_CLOSES);
      expect(lines(rest.atoms)).toEqual([
        "B Build 1800 5–9",
        "B Other stages 870 5–9",
        "C build 2670 5–9",
        "E Other projects 600 5–9",
      ]);
    });

    test("leaves out a project-week in which somebody was erased after its total was out", async () => {
      const tenant = await shop();
      await run(tenant, SEPTEMBER_CLOSES - 60_000);
      await inTransaction(engine().database, { role: "eraser", tenantId: tenant.tenantId }, async (trx) => {
        await trx
          .insertInto("ledger.erased_balance")
          .values({
            tenant_id: tenant.tenantId,
            project: "SHOP",
            week: "2026-09-07",
            minutes: 500,
            was_published: true,
          })
          .execute();
      });
      expect(lines((await run(tenant, SEPTEMBER_CLOSES)).atoms)).toEqual(["E Other projects 600 5–9"]);
    });

    test("with seven people needed, pools nothing: SHOP's seven are enough for a total and no stage", async () => {
      const tenant = await shop({ k: 7 });
      // Build and Review have six people; together with Test they are the universe, one atom: 2,660.
      expect(lines((await run(tenant, SEPTEMBER_CLOSES)).atoms)).toEqual([
        "A SHOP 2670 5–9",
        "B Other stages 2670 5–9",
        "C build 2670 5–9",
      ]);
    });
  });

  test("hours are held against the time that items spent there in the published weeks, frozen (F23)", async () => {
    const tenant = await shop();
    const item = anItemThatWent([
      ["2026-09-07T07:00", "Backlog"],
      ["2026-09-07T09:00", "Build"],
      ["2026-09-09T12:00", "Review"],
    ]);
    await recordFacts(engine().database, tenant.tenantId, {
      items: [aPart(item, { project: "SHOP" })],
      statuses: [],
      entries: [],
    });
    const { atoms } = await run(tenant, SEPTEMBER_CLOSES);
    // Build: 7 Sep 09:00 to 9 Sep 12:00 = 51 h. Review: from there to 13 Sep 22:00 UTC, when Berlin's week ends = 106 h.
    expect(atoms.map(({ identity, elapsedMinutes }) => [atomLabel(identity), elapsedMinutes])).toEqual([
      ["SHOP", undefined],
      ["Build", 51 * 60],
      ["Other stages", 106 * 60],
      ["build", undefined],
      ["Other projects", undefined],
    ]);
  });

  test("a project-week in which somebody was erased counts in neither the hours nor the time they are held against", async () => {
    const tenant = await shop();
    await record(
      engine(),
      tenant,
      everyone("abcdef", { project: "SHOP", stage: "Build", minutes: 200, date: "2026-09-15" }),
    );
    const lives = [
      // 51 h of Build in the week of 7 Sep, 10 h in that of 14 Sep.
      anItemThatWent(
        [
          ["2026-09-07T09:00", "Build"],
          ["2026-09-09T12:00", "Done"],
        ],
        { id: "one" },
      ),
      anItemThatWent(
        [
          ["2026-09-15T09:00", "Build"],
          ["2026-09-15T19:00", "Done"],
        ],
        { id: "two" },
      ),
    ];
    const items = lives.map((item) => aPart(item, { project: "SHOP" }));
    await recordFacts(engine().database, tenant.tenantId, { items, statuses: [], entries: [] });
    await run(tenant, SEPTEMBER_CLOSES - 60_000);
    await inTransaction(engine().database, { role: "eraser", tenantId: tenant.tenantId }, async (trx) => {
      const balance = { project: "SHOP", week: "2026-09-07", minutes: 500, was_published: true };
      await trx
        .insertInto("ledger.erased_balance")
        .values({ tenant_id: tenant.tenantId, ...balance })
        .execute();
    });
    const { atoms } = await run(tenant, SEPTEMBER_CLOSES);
    const build = atoms.find(({ identity }) => identity.cut === "B");
    // 6 × 200 min.
    expect(build).toMatchObject({ roundedMinutes: 1200, elapsedMinutes: 600 });
  });

  test("late corrections of a quarter come with the first period after it: what was added, never netted", async () => {
    const tenant = await shop();
    const entryIds = [..."abcdef"].map(() => randomUUID());
    const own = [..."abcdef"].map(
      (person, i): Logged => ({
        person,
        project: "SHOP",
        stage: "Build",
        minutes: 60,
        date: "2026-09-15",
        entryId: entryIds[i] ?? "",
      }),
    );
    await record(engine(), tenant, own);
    await run(tenant, SEPTEMBER_CLOSES);
    // Late: each raises 60 to 95 (+35), and one takes back 50 of another entry.
    await record(
      engine(),
      tenant,
      own.map((entry) => ({ ...entry, minutes: 95, number: 2 })),
    );
    expect((await run(tenant, OCTOBER_CLOSES - 1)).quarters).toEqual([]);
    const outcome = await run(tenant, OCTOBER_CLOSES);
    expect(outcome.quarters).toEqual(["2026-Q3"]);
    // 6 × 35 = 210.
    expect(lines(outcome.atoms)).toEqual(["L SHOP 210 5–9"]);
  });

  test("of two instances at once one releases, the other finds nothing to do", async () => {
    const tenant = await shop();
    const outcomes = await Promise.all([run(tenant, SEPTEMBER_CLOSES), run(tenant, SEPTEMBER_CLOSES)]);
    expect(outcomes.map(({ atoms }) => atoms.length).sort()).toEqual([0, 5]);
    expect(await rows(tenant, "select concat_ws(' ', number, state) as line from published.release")).toEqual([
      "1 published",
    ]);
  });

  test("waits for whoever records: else their minutes would be in no total and not late either", async () => {
    const tenant = await shop();
    const { tenantId } = tenant;
    const [hasLock, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const recording = inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      await lockTenant(trx, tenantId);
      hasLock.resolve();
      await recorded.promise;
    });
    await hasLock.promise;
    const releasing = run(tenant, SEPTEMBER_CLOSES);
    expect(await Promise.race([releasing.then(() => "released"), pause(1000).then(() => "waits")])).toBe("waits");
    recorded.resolve();
    await recording;
    expect((await releasing).atoms).toHaveLength(5);
  });

  test("linked accounts are one human: of SHOP's seven, four that are one leave too few for a total", async () => {
    const tenant = await shop();
    await sql`
      update ledger.contributor set human_id = '00000000-0000-4000-8000-000000000001'
      where tenant_id = ${tenant.tenantId}::uuid and contributor_id in (
        select contributor_id from ledger.cell where tenant_id = ${tenant.tenantId}::uuid and stage = 'Review' limit 4
      )`.execute(engine().database.kysely);
    // 2,660 of SHOP and 600 of the others are 3,260, to the half hour 3,270; four and six humans.
    expect(lines((await run(tenant, SEPTEMBER_CLOSES)).atoms)).toEqual(["E Other projects 3270 10–19"]);
  });

  test("a run that breaks leaves nothing but a pending row, which the next one finishes", async () => {
    const tenant = await shop();
    const turnSigns = sql`update ledger.cell set minutes = -minutes where tenant_id = ${tenant.tenantId}::uuid`;
    await turnSigns.execute(engine().database.kysely);
    expect((await codedRejection(run(tenant, SEPTEMBER_CLOSES))).code).toBe("DISCLOSURE_IMPOSSIBLE_CELL");
    expect(await rows(tenant, "select concat_ws(' ', number, state) as line from published.release")).toEqual([
      "1 pending",
    ]);
    expect(await rows(tenant, "select cut as line from published.atom")).toEqual([]);
    await turnSigns.execute(engine().database.kysely);
    expect((await run(tenant, SEPTEMBER_CLOSES)).atoms).toHaveLength(5);
    expect(await rows(tenant, "select concat_ws(' ', number, state) as line from published.release")).toEqual([
      "1 published",
    ]);
  });

  test("another master key is refused before anything is announced", async () => {
    const tenant = await shop();
    const { masterKey: otherKey } = await aTenant(engine().database);
    const wrongKey = await codedRejection(release(engine().database, tenant.tenantId, otherKey, SEPTEMBER_CLOSES));
    expect(wrongKey.code).toBe("MASTER_KEY_WRONG");
    expect(await rows(tenant, "select concat_ws(' ', number, state) as line from published.release")).toEqual([]);
  });

  test("a preview writes nothing, and is for made-up people only", async () => {
    const demo = await shop({ isDemo: true });
    const preview = await previewRelease(engine().database, demo.tenantId, demo.masterKey, SEPTEMBER_CLOSES);
    expect(preview.atoms).toHaveLength(5);
    expect(await rows(demo, "select cut as line from published.atom")).toEqual([]);
    const real = await shop();
    const refused = await codedRejection(
      previewRelease(engine().database, real.tenantId, real.masterKey, SEPTEMBER_CLOSES),
    );
    expect(refused.code).toBe("RELEASE_PREVIEW_REFUSED");
  });

  test("who reads reports cannot read what is behind them", async () => {
    const tenant = await shop();
    for (const table of ["cell", "posting", "entry", "entry_revision", "contributor", "identity", "tenant_secret"]) {
      const attempt = rows(tenant, `select 'x' as line from ledger.${table}`);
      await expect(attempt).rejects.toThrow(/permission denied/u);
    }
  });
});
