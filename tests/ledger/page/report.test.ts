import { reportWindow } from "@stageledger/core";
import { pageReport } from "@stageledger/core/contract/page-report";
import { readReportFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { buildReport } from "../../../apps/ledger/src/report/build-report.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";
import { aMember, aPageDoor } from "../../support/page/a-page-door.ts";
import { aPaymentsLedger, NOW } from "../../support/page/a-payments-ledger.ts";

onBothEngines((engine) => {
  test("the document of a project is its part of `stageledger report --json`, figure by figure", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    for (const [query, asOf, weeks] of [
      ["", utc("2026-10-25T17:00"), 8],
      ["?asOf=2026-09-13", utc("2026-09-13T23:59:59.999"), 8],
      ["?asOf=2026-08-05T09:30Z&weeks=6", utc("2026-08-05T09:30"), 6],
    ] as const) {
      const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, asOf, weeks));
      const whole = buildReport(facts, { seed: 1 });
      expect(whole.flow.projects.length).toBeGreaterThan(0);
      for (const flow of whole.flow.projects) {
        const told = await member.told(pageReport, `/api/v1/projects/${flow.project}/report${query}`);
        const { total: _, projects: __, findings: ___, ...frame } = whole.flow;
        expect(told).toMatchObject(frame);
        expect(told.flow).toEqual(flow);
      }
    }
  });
});
