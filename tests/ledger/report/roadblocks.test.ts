import { randomUUID } from "node:crypto";
import { reportWindow } from "@stageledger/core";
import {
  addRoadblock,
  inTransaction,
  readReportFacts,
  recordFacts,
  recordStageMap,
  resolveRoadblock,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { buildReport } from "../../../apps/ledger/src/report/build-report.ts";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";

const HOUR = 3_600_000;
/** A Friday. */
const AS_OF = utc("2026-09-18T17:00");

/** Started on 7 Sep at 09:00 in Build, in Review from 9 Sep at 09:00, done on 10 Sep at 09:00. */
const DONE = anItemThatWent(
  [
    ["2026-09-07T08:00", "Backlog"],
    ["2026-09-07T09:00", "Build"],
    ["2026-09-09T09:00", "Review"],
    ["2026-09-10T09:00", "Done"],
  ],
  { id: "jira:1", key: "PAY-1" },
);

onBothEngines((engine) => {
  async function aLedger(): Promise<string> {
    const { tenantId } = await aTenant(engine().database, { zone: "UTC" });
    await recordStageMap(engine().database, tenantId, aStageMap());
    await recordFacts(engine().database, tenantId, { items: [aPart(DONE)], statuses: [], entries: [] });
    return tenantId;
  }
  const block = (tenantId: string, from: string, to: string | undefined, item = "jira:1"): Promise<void> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const roadblockId = randomUUID();
      const words = "Zq is on holiday";
      const raised = { roadblockId, kind: "other", words, stage: "Build", raisedAt: utc(from), resolvedAt: undefined };
      await addRoadblock(trx, tenantId, item, raised);
      if (to !== undefined) await resolveRoadblock(trx, tenantId, roadblockId, utc(to));
    });
  async function reported(tenantId: string, asOf = AS_OF) {
    const facts = await readReportFacts(engine().database, tenantId, (zone) => reportWindow(zone, asOf, 8));
    const { flow } = buildReport(facts, { seed: 1 });
    expect(JSON.stringify(facts)).not.toContain("Zq");
    const hours = flow.projects[0]?.stages.map(({ name, blockedTime }) => [name, (blockedTime.value ?? 0) / HOUR]);
    return Object.fromEntries((hours ?? []).filter(([, blocked]) => blocked !== 0));
  }

  test("a roadblock is blocked time of the stage that held the item when it was raised, to the hour", async () => {
    const tenantId = await aLedger();
    // 8 Sep 09:00 to 9 Sep 15:00 are 30 hours, of which the last six were spent in Review: they began in Build.
    await block(tenantId, "2026-09-08T09:00", "2026-09-09T15:00");
    // Four hours, begun in Review.
    await block(tenantId, "2026-09-09T20:00", "2026-09-10T00:00");
    expect(await reported(tenantId)).toEqual({ Build: 30, Review: 4 });
  });

  test("it is clipped to start and finish: before work began and after it was done nothing was held up", async () => {
    const tenantId = await aLedger();
    // Raised in Backlog, where nobody works: from the start on 7 Sep 09:00 to 12:00 are three hours, and Backlog's.
    await block(tenantId, "2026-09-07T08:30", "2026-09-07T12:00");
    // Never resolved: to the finish, on 10 Sep 09:00, one hour.
    await block(tenantId, "2026-09-10T08:00", undefined);
    expect(await reported(tenantId)).toEqual({ Backlog: 3, Review: 1 });
  });

  test("roadblocks that overlap count once, and one that came and went in a moment counts nothing", async () => {
    const tenantId = await aLedger();
    await block(tenantId, "2026-09-08T09:00", "2026-09-08T12:00");
    await block(tenantId, "2026-09-08T11:00", "2026-09-08T14:00");
    await block(tenantId, "2026-09-08T20:00", "2026-09-08T20:00");
    await block(tenantId, "2026-09-08T09:00", "2026-09-08T23:00", "jira:2");
    expect(await reported(tenantId)).toEqual({ Build: 5 });
  });

  test("a report of an earlier day does not know what was raised later, nor that it was resolved", async () => {
    const tenantId = await aLedger();
    await block(tenantId, "2026-09-08T09:00", "2026-09-08T11:00");
    await block(tenantId, "2026-09-12T09:00", "2026-09-12T11:00");
    const early = await readReportFacts(engine().database, tenantId, (zone) =>
      reportWindow(zone, utc("2026-09-08T10:00"), 8),
    );
    const { flow } = buildReport(early, { seed: 1 });
    expect(flow.projects[0]?.blocked.items.value ?? 0).toBe(0);
    expect(await reported(tenantId)).toEqual({ Build: 2 });
  });
});
