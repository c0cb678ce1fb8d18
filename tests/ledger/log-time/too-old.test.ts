import { randomUUID } from "node:crypto";
import { inTransaction, recordFacts, recordStageMap, retain } from "@stageledger/db";
import { expect, test } from "vitest";
import { logEntry } from "../../../apps/ledger/src/log-time/log-entry.ts";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { day, utc } from "../../support/moments.ts";
import { codedRejection } from "../../support/rejection.ts";

/** A Wednesday. Thirteen weeks before its Monday, 23 November, lies Monday 24 August. */
const NOW = utc("2026-11-25T12:00");

onBothEngines((engine) => {
  async function aLedgerAfterRetention() {
    const { database } = engine();
    const tenant = await aTenant(database, { zone: "UTC" });
    const { tenantId } = tenant;
    await recordStageMap(database, tenantId, aStageMap());
    const item = aPart(anItemThatWent([["2026-08-03T09:00", "Build"]], { id: "pay-1", key: "PAY-1" }));
    await recordFacts(database, tenantId, { items: [item], statuses: [], entries: [] });
    await retain(database, tenantId, NOW);
    const ledger = { database, ...tenant };
    const log = (date: string) =>
      logEntry(
        ledger,
        { itemKey: "PAY-1", minutes: 60, date: day(date), activity: "build", stage: undefined },
        { account: "me", now: NOW, newId: randomUUID },
      );
    return { ledger, log };
  }

  const count = (tenantId: string, table: "ledger.entry" | "ledger.contributor") =>
    inTransaction(
      engine().database,
      { role: "recorder", tenantId },
      async (trx) => (await trx.selectFrom(table).select("tenant_id").execute()).length,
    );

  test("time of a day that is no longer kept is refused, never acknowledged and dropped; the first day kept is taken", async () => {
    const { ledger, log } = await aLedgerAfterRetention();
    expect((await codedRejection(log("2026-08-23"))).code).toBe("ENTRY_TOO_OLD");
    expect(await count(ledger.tenantId, "ledger.entry")).toBe(0);
    expect(await count(ledger.tenantId, "ledger.contributor")).toBe(0);
    await log("2026-08-24");
    expect(await count(ledger.tenantId, "ledger.entry")).toBe(1);
  });
});
