import { type Database, inTransaction } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { inOneTrip } from "../../../packages/db/src/engine/tenant-transaction.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { codedRejection } from "../../support/rejection.ts";

const ME = sql<{ role: string; tenant: string | null }>`
  select current_user::text as role, nullif(current_setting('app.tenant', true), '') as tenant`;

/** Who works on each of the connections of the pool after what was done on them. */
async function whoIsThere(database: Database): Promise<readonly string[]> {
  const all = await Promise.all(Array.from({ length: 10 }, () => ME.execute(database.kysely)));
  return [...new Set(all.flatMap(({ rows }) => rows.map(({ role, tenant }) => `${role} ${tenant}`)))];
}

onBothEngines((engine) => {
  test("a statement that travels with its transaction runs as the role and tenant, which are gone afterwards", async () => {
    const { database } = engine();
    const tenants = await Promise.all([aTenant(database), aTenant(database), aTenant(database)]);

    const answers = await Promise.all(
      tenants.map(({ tenantId }) => inOneTrip(database, { role: "door", tenantId }, ME)),
    );

    expect(answers.map(({ rows }) => rows)).toEqual(
      tenants.map(({ tenantId }) => [{ role: "stageledger_door", tenant: tenantId }]),
    );
    expect(await whoIsThere(database)).toEqual(["postgres null"]);
  });

  test("a statement that fails tells its own fault, leaves nothing, and the connection as it was", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const forbidden = sql`insert into flow.purpose_text (tenant_id, version, text) values (${tenantId}::uuid, 2, 'why')`;
    const halfway = sql`
      with written as (insert into flow.purpose_text (tenant_id, version, text) values (${tenantId}::uuid, 3, 'why'))
      select 1 / (version - version) from (values (1)) as number (version)`;

    for (let turn = 0; turn < 5; turn += 1) {
      await expect(inOneTrip(database, { role: "door", tenantId }, forbidden)).rejects.toMatchObject({ code: "42501" });
      await expect(inOneTrip(database, { role: "recorder", tenantId }, halfway)).rejects.toMatchObject({
        code: "22012",
      });
    }

    expect(await whoIsThere(database)).toEqual(["postgres null"]);
    const { rows } = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      sql`select version from flow.purpose_text where tenant_id = ${tenantId}::uuid`.execute(trx),
    );
    // The first one came with the tenant.
    expect(rows).toEqual([{ version: 1 }]);
  });

  test("a tenant that is no id is refused before anything is sent", async () => {
    const { database } = engine();
    const refused = inOneTrip(database, { role: "door", tenantId: "'; drop schema flow cascade; --" }, ME);
    expect((await codedRejection(refused)).code).toBe("TENANT_UNKNOWN");
    expect(await whoIsThere(database)).toEqual(["postgres null"]);
  });
});
