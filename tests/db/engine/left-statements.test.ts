import { inTransaction } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";

onBothEngines((engine) => {
  const text = (tenantId: string, version: number) =>
    sql`insert into flow.purpose_text (tenant_id, version, text) values (${tenantId}::uuid, ${version}, 'why')`;

  const versions = async (tenantId: string): Promise<readonly number[]> => {
    const { rows } = await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      sql<{ version: number }>`
        select version from flow.purpose_text where tenant_id = ${tenantId}::uuid order by version`.execute(trx),
    );
    return rows.map(({ version }) => version);
  };

  test("what is left to travel with the commit is recorded with the rest, in its order", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const { answered } = await inTransaction(database, { role: "recorder", tenantId }, async (trx, leave) => {
      await text(tenantId, 2).execute(trx);
      leave(text(tenantId, 3));
      return leave(sql<{ count: number }>`select count(*) as count from flow.purpose_text`);
    });
    // The first one came with the tenant.
    expect((await answered).rows).toEqual([{ count: 3 }]);
    expect(await versions(tenantId)).toEqual([1, 2, 3]);
  });

  test("if what is left fails, nothing is recorded, and its own fault is told", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const recording = inTransaction(database, { role: "recorder", tenantId }, async (trx, leave) => {
      await text(tenantId, 2).execute(trx);
      leave(text(tenantId, 1));
      leave(text(tenantId, 3));
      return "acknowledged";
    });
    await expect(recording).rejects.toMatchObject({ code: "23505" });
    expect(await versions(tenantId)).toEqual([1]);
  });

  test("if the work fails after it left something, that is not recorded either", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const recording = inTransaction(database, { role: "recorder", tenantId }, async (_trx, leave) => {
      leave(text(tenantId, 2));
      throw new Error("changed its mind");
    });
    await expect(recording).rejects.toThrow("changed its mind");
    expect(await versions(tenantId)).toEqual([1]);
  });

  test("a fault that the work swallowed does not pass for a commit", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const recording = inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      await text(tenantId, 2).execute(trx);
      await text(tenantId, 1)
        .execute(trx)
        .catch(() => undefined);
      return "acknowledged";
    });
    await expect(recording).rejects.toThrow();
    expect(await versions(tenantId)).toEqual([1]);
  });
});
