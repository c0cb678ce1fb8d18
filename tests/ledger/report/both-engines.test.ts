import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { reportWindow } from "@stageledger/core";
import {
  type Database,
  ensureContributors,
  inTransaction,
  lockTenant,
  migrate,
  openDatabase,
  openTenantSecrets,
  type RecordedRevision,
  readReportFacts,
  recordFacts,
  recordStageMap,
  release,
} from "@stageledger/db";
import { expect, onTestFinished, test } from "vitest";
import { buildReport, type LedgerReport } from "../../../apps/ledger/src/report/build-report.ts";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { day, utc } from "../../support/moments.ts";
import { aFolder } from "../../support/temporary-folder.ts";

/**
 * SHOP in the week of 7 Sep: six people with 300 min in Build and 60 in Review each; OPS has three people. In the week of
 * 5 Oct SHOP's six have 65 min each.
 */
const LOGGED = [
  ...[..."abcdef"].map((person) => ({ person, project: "SHOP", stage: "Build", minutes: 300, date: "2026-09-08" })),
  ...[..."abcdef"].map((person) => ({ person, project: "SHOP", stage: "Review", minutes: 60, date: "2026-09-08" })),
  ...[..."xyz"].map((person) => ({ person, project: "OPS", stage: "Build", minutes: 100, date: "2026-09-08" })),
  ...[..."abcdef"].map((person) => ({ person, project: "SHOP", stage: "Build", minutes: 65, date: "2026-10-06" })),
];

/** Names of which the engines could make a different order. */
const KEYS = ["SHOP-9", "SHOP-10", "shop-2", "Ärger-1", "Z-1", "a-1"];

/** Records the same facts and releases September and two weeks of October; `turned` records them the other way round. */
async function reportOf(database: Database, turned: boolean): Promise<LedgerReport> {
  const { tenantId, masterKey } = await aTenant(database, { name: `Shop ${randomUUID()}` });
  await recordStageMap(database, tenantId, aStageMap());
  const people = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const accounts = LOGGED.map(({ person }) => ({ source: "cli", account: person }));
    return ensureContributors(trx, tenantId, secrets, accounts, randomUUID);
  });
  const entries = LOGGED.map(({ project, stage, minutes, date }, i): RecordedRevision => {
    const person = people[i];
    return {
      entryId: randomUUID(),
      contributor: person?.kind === "found" ? person.contributorId : "",
      number: 1,
      change: "created",
      entry: anEntry({ itemId: `${project}-item`, project, minutes, date: day(date), chosenStatus: stage }),
      importId: undefined,
    };
  });
  // Build from 7 Sep 09:00 to 9 Sep 12:00 = 51 h; Review from there to the week's end, 13 Sep 22:00 UTC = 106 h.
  const items = KEYS.map((key) =>
    aPart(
      anItemThatWent(
        [
          ["2026-09-07T07:00", "Backlog"],
          ["2026-09-07T09:00", "Build"],
          ["2026-09-09T12:00", "Review"],
        ],
        { id: `jira:${key}`, key, project: key === "SHOP-9" ? "SHOP" : "OPS" },
      ),
    ),
  );
  const ordered = <T>(list: readonly T[]): readonly T[] => (turned ? list.toReversed() : list);
  for (const item of ordered(items))
    await recordFacts(database, tenantId, { items: [item], statuses: [], entries: [] });
  await recordFacts(database, tenantId, { items: [], statuses: [], entries: ordered(entries) });
  await release(database, tenantId, masterKey, utc("2026-10-01T12:00"));
  // The week of 5 Oct closes on Thursday 15 Oct; October ends with the week of 26 Oct.
  await release(database, tenantId, masterKey, utc("2026-10-15T12:00"));
  const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, utc("2026-10-16T12:00"), 8));
  return buildReport(facts, { seed: 1 });
}

/** Embedded, for one test. */
async function anEmbeddedDatabase(): Promise<Database> {
  const database = await openDatabase({ kind: "embedded", folder: join(aFolder(), "data") });
  onTestFinished(() => database.close());
  await migrate(database, 0);
  return database;
}

onBothEngines((engine) => {
  test("a report has the same bytes as on an embedded ledger that got the same facts the other way round", async () => {
    const report = await reportOf(engine().database, false);
    expect(JSON.stringify(report)).toBe(JSON.stringify(await reportOf(await anEmbeddedDatabase(), true)));
    const weeks = (minutes: number | null, later: number | null): readonly object[] => [
      { week: "2026-08-31", minutes: null },
      { week: "2026-09-07", minutes },
      { week: "2026-09-14", minutes: null },
      { week: "2026-09-21", minutes: null },
      { week: "2026-09-28", minutes: null },
      { week: "2026-10-05", minutes: later },
    ];
    expect(report.hours).toEqual({
      period: "2026-09",
      quarter: null,
      projects: [
        {
          project: "OPS",
          weeks: weeks(null, null),
          stages: [],
          otherStages: null,
          activities: [],
          otherActivities: null,
          lateMinutes: null,
        },
        {
          project: "SHOP",
          // 6 × 300 + 6 × 60 = 2,160. 6 × 65 = 390.
          weeks: weeks(2160, 390),
          stages: [
            { name: "Build", minutes: 1800, touchShare: 1800 / (51 * 60) },
            // 360 min round to 360.
            { name: "Review", minutes: 360, touchShare: 360 / (106 * 60) },
          ],
          otherStages: null,
          activities: [{ name: "build", minutes: 2160, touchShare: null }],
          otherActivities: null,
          lateMinutes: null,
        },
      ],
      // Three people of OPS are too few, also together.
      otherProjectsMinutes: null,
      nextOn: "2026-10-22",
      stagesNextOn: "2026-11-05",
      isDelayed: false,
    });
  });
});
