import { type Database, inTransaction } from "@stageledger/db";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onPostgres } from "../../support/database/engines.ts";
import { until } from "../../support/until.ts";

type Held = Omit<Parameters<typeof inTransaction>[1], "role" | "tenantId">;

/** Begins as the least integer does. */
const ADA = { holdsPerson: new Uint8Array(32).fill(0x80, 0, 1).fill(0x80, 4, 5) };
const BEN = { holdsPerson: new Uint8Array(32).fill(0x7f) };
const ALL = { holdsTenant: true };

// The embedded engine has one transaction at a time anyway.
onPostgres((engine) => {
  /** Begins to hold, and says when it does. Ends with the test at the latest. */
  function hold(database: Database, tenantId: string, held: Held) {
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const transaction = inTransaction(database, { role: "recorder", tenantId, ...held }, async (trx) => {
      await sql`select 1`.execute(trx);
      begun.resolve();
      await ended.promise;
    });
    const release = async (): Promise<void> => {
      ended.resolve();
      await transaction;
    };
    onTestFinished(release);
    return { begun: begun.promise, release };
  }

  const isWaited = async (database: Database): Promise<boolean> => {
    const { rows } = await sql<{ waiting: number }>`
      select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted`.execute(database.kysely);
    return rows[0]?.waiting === 1;
  };

  test("two people of a tenant do not wait for each other, whichever comes first", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const ada = hold(database, tenantId, ADA);
    await ada.begun;
    const ben = hold(database, tenantId, BEN);
    await ben.begun;
    await ada.release();
    await ben.release();
  });

  test.each([
    ["a person waits for who holds the same person", ADA, ADA],
    ["a person waits for who holds the tenant", ALL, ADA],
    ["who holds the tenant waits for a person", ADA, ALL],
    ["who holds the tenant waits for another one", ALL, ALL],
  ])("%s", async (_name, one, another) => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const first = hold(database, tenantId, one);
    await first.begun;
    let hasBegun = false;
    const second = hold(database, tenantId, another);
    const begun = second.begun.then(() => {
      hasBegun = true;
    });
    await until(() => isWaited(database), "the second one waits");
    expect(hasBegun).toBe(false);
    await first.release();
    await begun;
    await second.release();
  });

  test("nobody waits for another tenant", async () => {
    const { database } = engine();
    const [one, another] = [await aTenant(database), await aTenant(database)];
    const first = hold(database, one.tenantId, ALL);
    await first.begun;
    const second = hold(database, another.tenantId, BEN);
    await second.begun;
    await first.release();
    await second.release();
  });
});
