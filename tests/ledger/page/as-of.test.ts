import { pagePortfolio } from "@stageledger/core/contract/page-projects";
import { pageReport } from "@stageledger/core/contract/page-report";
import { recordFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { onPostgres } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";
import { aMember, aPageDoor } from "../../support/page/a-page-door.ts";
import { aPaymentsLedger } from "../../support/page/a-payments-ledger.ts";

const REPORT = "/api/v1/projects/Payments/report";

onPostgres((engine) => {
  async function asOfAt(now: string, movedAt?: string) {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    if (movedAt !== undefined) {
      const item = anItemThatWent([[movedAt, "Build"]], { id: "jira:1", key: "PAY-1", project: "Payments" });
      await recordFacts(database, tenantId, { items: [aPart(item)], statuses: [], entries: [] });
    }
    const member = aMember(await aPageDoor(database, utc(now)), tenantId);
    return { member, asOf: async (query = "") => (await member.told(pageReport, REPORT + query)).asOf };
  }

  test("a report of a day that is not over, or of one to come, is the present one", async () => {
    const { member, asOf } = await asOfAt("2026-10-25T17:30");
    const present = await (await member.call(REPORT)).text();
    for (const later of ["2026-10-25", "2026-10-26", "2027-06-30", "2026-10-25T17:30:00.001Z"]) {
      const response = await member.call(`${REPORT}?asOf=${later}`);
      expect([later, response.status, (await response.text()) === present]).toEqual([later, 200, true]);
    }
    expect(await asOf("?asOf=2026-10-25T17:30:00.000Z")).toBe("2026-10-25T17:30:00.000Z");
    expect(await asOf("?asOf=2026-10-24")).toBe("2026-10-24T23:59:59.999Z");
    const [now, later] = ["", "?asOf=2027-06-30"].map((query) => `/api/v1/portfolio${query}`);
    expect(await member.told(pagePortfolio, later ?? "")).toEqual(await member.told(pagePortfolio, now ?? ""));
  });

  test.each([
    ["2026-10-25T17:20:00.001", "2026-10-25T17:21:00.000Z"],
    ["2026-10-25T17:20:41.387", "2026-10-25T17:21:00.000Z"],
    ["2026-10-25T17:20:00.000", "2026-10-25T17:20:00.000Z"],
    ["2026-10-25T17:59:41.387", "2026-10-25T17:59:59.999Z"],
  ])("what happened at %s is in the present report, which does not tell it to the second: %s", async (at, told) => {
    expect(await (await asOfAt("2026-10-25T17:59:50", at)).asOf()).toBe(told);
  });
});
