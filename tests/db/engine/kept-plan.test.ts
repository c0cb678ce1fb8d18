import { inTransaction } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { KEEP_PLAN, planName } from "../../../packages/db/src/engine/kept-plan.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";

/** Past the fifth run a server stops planning by the values. */
const TURNS = 12;

onBothEngines((engine) => {
  test("a statement whose plan is kept shows each tenant and role its own rows, however often it ran", async () => {
    const { database } = engine();
    const tenants = [await aTenant(database), await aTenant(database)];
    const mine = sql<{ name: string; role: string }>`${KEEP_PLAN}
      select name, current_user::text as role from flow.tenant where name like ${"Tenant %"}`;
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const { tenantId } of tenants) {
        for (const role of ["recorder", "report_reader"] as const) {
          const { rows } = await inTransaction(database, { role, tenantId }, (trx) => mine.execute(trx));
          expect(rows).toEqual([{ name: `Tenant ${tenantId}`, role: `stageledger_${role}` }]);
        }
      }
    }
  });
});

test("plans are kept for those statements that ask for it, each under a name of its own", () => {
  expect(planName("select 1")).toBeUndefined();
  const [one, other] = [planName("/* kept */ select 1"), planName("/* kept */ select 2")];
  expect(one).toBeDefined();
  expect(other).not.toBe(one);
  expect(planName("/* kept */ select 1")).toBe(one);
});
