import { randomUUID } from "node:crypto";
import {
  ensureContributors,
  erasePerson,
  inTransaction,
  lockTenant,
  openTenantSecrets,
  type RecordedRevision,
  recordFacts,
  recordStageMap,
  release,
  verify,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";
import { codedRejection } from "../../support/rejection.ts";

const PEOPLE = ["a", "b", "c", "d", "e", "f"];

onBothEngines((engine) => {
  const contributors = ({ tenantId, masterKey }: TestTenant, accounts: readonly string[]) =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      await lockTenant(trx, tenantId);
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      return ensureContributors(
        trx,
        tenantId,
        secrets,
        accounts.map((account) => ({ source: "cli", account })),
        randomUUID,
      );
    });

  /** Six people with two hours each on 8 September, their week released: 720 minutes. Returns the pseudonym of "a". */
  async function aReleasedLedger(): Promise<{
    readonly tenant: TestTenant;
    readonly pseudonym: string;
    readonly first: RecordedRevision;
  }> {
    const { database } = engine();
    const tenant = await aTenant(database);
    await recordStageMap(database, tenant.tenantId, aStageMap());
    const ids = (await contributors(tenant, PEOPLE)).map((found) =>
      found.kind === "found" ? found.contributorId : "",
    );
    const entries = ids.map((contributor): RecordedRevision => {
      const entry = anEntry({ chosenStatus: "Build" });
      return { entryId: randomUUID(), contributor, number: 1, change: "created", entry, importId: undefined };
    });
    await recordFacts(database, tenant.tenantId, { items: [], statuses: [], entries });
    await release(database, tenant.tenantId, tenant.masterKey, utc("2026-09-17"));
    const [first] = entries;
    if (first === undefined) throw new Error("there are six");
    return { tenant, pseudonym: ids[0] ?? "", first };
  }

  const erase = ({ tenantId, masterKey }: TestTenant, account: string) =>
    erasePerson(engine().database, tenantId, masterKey, { source: "cli", account });

  /** Every row of every table as text, read as the owner with the tenant set. */
  async function dump({ tenantId }: TestTenant): Promise<string> {
    return engine()
      .database.kysely.transaction()
      .execute(async (trx) => {
        await sql.raw(`set local app.tenant = '${tenantId}'`).execute(trx);
        const { rows: tables } = await sql<{ name: string }>`
        select schemaname || '.' || tablename as name from pg_tables
        where schemaname in ('control', 'inbox', 'flow', 'ledger', 'published')`.execute(trx);
        const texts: string[] = [];
        for (const { name } of tables) {
          const { rows } = await sql<{ line: string }>`${sql.raw(`select one::text as line from ${name} one`)}`.execute(
            trx,
          );
          texts.push(...rows.map(({ line }) => line));
        }
        return texts.join("\n");
      });
  }

  test("nothing of the person is left in any table, the others' hours are, and everything still recounts", async () => {
    const { tenant, pseudonym } = await aReleasedLedger();
    expect(await dump(tenant)).toContain(pseudonym);
    expect(await erase(tenant, "a")).toEqual({ entries: 1 });
    const left = await dump(tenant);
    expect(left).not.toContain(pseudonym);
    // The published week stays 720; of its minutes 120 are a sum without a person now.
    expect(left).toContain("Payments,2026-09-07,120,t");
    expect(left).toContain("2026-09-07,1,720,5–9");
    expect(await verify(engine().database, tenant.tenantId)).toEqual([]);
  });

  test("the account is not taken up again, and there is nothing to erase a second time", async () => {
    const { tenant } = await aReleasedLedger();
    await erase(tenant, "a");
    expect(await contributors(tenant, ["a"])).toEqual([{ kind: "erased" }]);
    expect((await codedRejection(erase(tenant, "a"))).code).toBe("PERSON_UNKNOWN");
    expect((await codedRejection(erase(tenant, "nobody"))).code).toBe("PERSON_UNKNOWN");
  });

  test("late corrections are no part of the sum that is kept: they were never in a weekly total", async () => {
    const { tenant, first } = await aReleasedLedger();
    const later = {
      ...first,
      number: 2,
      change: "edited" as const,
      entry: anEntry({ chosenStatus: "Build", minutes: 150 }),
    };
    await recordFacts(engine().database, tenant.tenantId, { items: [], statuses: [], entries: [later] });
    await erase(tenant, "a");
    expect(await dump(tenant)).toContain("Payments,2026-09-07,120,t");
    expect(await verify(engine().database, tenant.tenantId)).toEqual([]);
  });

  test("two erased people add up in the sum that is kept", async () => {
    const { tenant } = await aReleasedLedger();
    await erase(tenant, "a");
    await erase(tenant, "b");
    expect(await dump(tenant)).toContain("Payments,2026-09-07,240,t");
    expect(await verify(engine().database, tenant.tenantId)).toEqual([]);
  });
});
