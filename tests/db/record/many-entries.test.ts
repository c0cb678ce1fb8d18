import { recordFacts, recordStageMap, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStage, aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";

/** One more than is booked anew at a time. */
const ENTRIES = 5001;
const ANNA = "00000000-0000-4000-8000-00000000000a";

onBothEngines((engine) => {
  test("a new version of the stages books all entries of open weeks anew, however many they are", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    await recordStageMap(database, tenantId, aStageMap());
    const item = aPart(anItemThatWent([["2026-09-07T05:00", "Build"]]), { project: "Payments" });
    const entries = Array.from({ length: ENTRIES }, (_, place) => ({
      entryId: `00000000-0000-4000-8000-${String(place).padStart(12, "0")}`,
      contributor: ANNA,
      number: 1,
      change: "created" as const,
      entry: anEntry({ minutes: 1 }),
      importId: undefined,
    }));
    await recordFacts(database, tenantId, { items: [item], statuses: [], entries });
    const stages = [aStage("Work", "active", { statuses: ["Build"] }), aStage("Done", "done")];
    await recordStageMap(database, tenantId, aStageMap({ version: 2, stages, commitment: "Work", effectiveFrom: 0 }));
    const { cells } = await ledgerContents(database, tenantId);
    expect(cells).toEqual([`Payments Work build 2026-09-07 private in-time ${ENTRIES}`]);
    expect(await verify(database, tenantId)).toEqual([]);
  }, 60_000);
});
