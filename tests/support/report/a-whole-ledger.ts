/** The Payments ledger with released hours and with roadblocks, so that every chart of its page has something to draw. */
import { randomUUID } from "node:crypto";
import { addRoadblock, type Database, inTransaction, recordFacts, release, resolveRoadblock } from "@stageledger/db";
import { anEntry } from "../an-entry.ts";
import type { TestTenant } from "../database/a-tenant.ts";
import { sixPeople } from "../database/six-people.ts";
import { day, utc } from "../moments.ts";
import { aPaymentsLedger, NOW } from "../page/a-payments-ledger.ts";

const DAY_MILLISECONDS = 86_400_000;

/** By each of six people, each week. */
const LOGGED = [
  { status: "Build", activity: "build", minutes: 600 },
  { status: "Review", activity: "review", minutes: 240 },
  { status: "Test", activity: "test", minutes: 150 },
] as const;
const MONDAYS = [
  ...["2026-06-29", "2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"],
  ...["2026-08-03", "2026-08-10", "2026-08-17", "2026-08-24", "2026-08-31"],
  ...["2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05"],
];
/** The first three were in the way of items that finished in the verdict's weeks. */
const ROADBLOCKS = [
  { item: 20_171, kind: "waiting-for-people", stage: "Review", raisedAt: "2026-09-10T10:00", days: 3 },
  { item: 20_173, kind: "waiting-for-people", stage: "Review", raisedAt: "2026-09-14T10:00", days: 2 },
  { item: 20_184, kind: "unclear", stage: "Build", raisedAt: "2026-09-21T10:00", days: 1 },
  { item: 20_210, kind: "environment", stage: "Test", raisedAt: "2026-10-20T10:00", days: null },
] as const;

export async function aWholeLedger(database: Database): Promise<TestTenant> {
  const tenant = await aPaymentsLedger(database);
  const { tenantId, masterKey } = tenant;
  const people = await sixPeople(database, tenant);
  const entries = people.flatMap((contributor) =>
    MONDAYS.flatMap((monday, week) =>
      LOGGED.map(({ status, activity, minutes }) => ({
        ...{ entryId: randomUUID(), contributor, number: 1, change: "created" as const, importId: undefined },
        entry: anEntry({
          itemId: "jira:20000",
          date: day(monday),
          minutes: minutes + 30 * (week % 4),
          activity,
          chosenStatus: status,
        }),
      })),
    ),
  );
  await recordFacts(database, tenantId, { items: [], statuses: [], entries });
  await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    for (const { item, kind, stage, raisedAt, days } of ROADBLOCKS) {
      const roadblockId = randomUUID();
      const at = utc(raisedAt);
      const raised = { roadblockId, kind, words: undefined, stage, raisedAt: at, resolvedAt: undefined };
      await addRoadblock(trx, tenantId, `jira:${item}`, raised);
      if (days !== null) await resolveRoadblock(trx, tenantId, roadblockId, at + days * DAY_MILLISECONDS);
    }
  });
  await release(database, tenantId, masterKey, NOW);
  return tenant;
}
