import { randomUUID } from "node:crypto";
import { recordFacts, recordStageMap } from "@stageledger/db";
import { expect, test } from "vitest";
import { logEntry } from "../../../apps/ledger/src/log-time/log-entry.ts";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { day, utc } from "../../support/moments.ts";
import { codedRejection } from "../../support/rejection.ts";

/** It is Saturday 26 September in Auckland already, and 31 days later Tuesday 27 October. */
const NOW = utc("2026-09-25T12:30");

onBothEngines((engine) => {
  async function aLedgerWith(...keys: string[]) {
    const { database } = engine();
    const tenant = await aTenant(database, { zone: "Pacific/Auckland" });
    await recordStageMap(database, tenant.tenantId, aStageMap());
    const items = keys.map((key) =>
      aPart(anItemThatWent([["2026-09-07T09:00", "Build"]], { id: `id of ${key}`, key })),
    );
    await recordFacts(database, tenant.tenantId, { items, statuses: [], entries: [] });
    return (itemKey: string, date?: string) =>
      logEntry(
        { database, ...tenant },
        { itemKey, minutes: 60, date: date === undefined ? undefined : day(date), activity: "build", stage: undefined },
        { account: "me", now: NOW, newId: randomUUID },
      );
  }

  test("a day more than 31 days ahead of today in the tenant's zone is refused, the 31st is not", async () => {
    const log = await aLedgerWith("PAY-1");
    expect((await log("PAY-1", "2026-10-27")).entry.date).toBe(day("2026-10-27"));
    expect((await codedRejection(log("PAY-1", "2026-10-28"))).code).toBe("ENTRY_IMPOSSIBLE_DATE");
    expect((await codedRejection(log("PAY-1", "2036-09-08"))).code).toBe("ENTRY_IMPOSSIBLE_DATE");
    expect((await log("PAY-1")).entry.date).toBe(day("2026-09-26"));
  });

  test("a key in small letters finds the item, unless another has just that key", async () => {
    const log = await aLedgerWith("PAY-2", "pay-3", "PAY-3");
    expect(await log("pay-2")).toMatchObject({ itemKey: "PAY-2", entry: { itemId: "id of PAY-2" } });
    expect(await log("pay-3")).toMatchObject({ itemKey: "pay-3", entry: { itemId: "id of pay-3" } });
    expect(await log("Pay-3")).toMatchObject({ itemKey: "PAY-3", entry: { itemId: "id of PAY-3" } });
    expect((await codedRejection(log("pay-4"))).code).toBe("ITEM_UNKNOWN");
  });
});
