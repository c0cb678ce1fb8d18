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
import { expect, test } from "vitest";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { dumpOf } from "../../support/database/dump.ts";
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

  /** Every row of every table that is the tenant's. */
  async function dump({ tenantId }: TestTenant): Promise<string> {
    return (await dumpOf(engine().database)).filter((line) => line.includes(tenantId)).join("\n");
  }

  test("nothing of the person is left in any table, the others' hours are, and everything still recounts", async () => {
    const { tenant, pseudonym, first } = await aReleasedLedger();
    for (const id of [pseudonym, first.entryId]) expect(await dump(tenant)).toContain(id);
    expect(await erase(tenant, "a")).toEqual({ entries: 1 });
    const left = await dump(tenant);
    const everything = (await dumpOf(engine().database)).join("\n");
    for (const id of [pseudonym, first.entryId]) expect(everything).not.toContain(id);
    // The published week stays 720; of its minutes 120 are a sum without a person now.
    expect(left).toContain("Payments,2026-09-07,120,t");
    expect(left).toContain("2026-09-07,1,720,5–9");
    expect(await verify(engine().database, tenant.tenantId)).toEqual([]);
  });

  test("the blind index alone is left, as the mark not to take the account up again", async () => {
    const { tenant } = await aReleasedLedger();
    const index = await inTransaction(
      engine().database,
      { role: "recorder", tenantId: tenant.tenantId },
      async (trx) => {
        const secrets = await openTenantSecrets(trx, tenant.tenantId, tenant.masterKey);
        return Buffer.from(secrets.blindIndex("cli", "a")).toString("hex");
      },
    );
    const tablesWithIt = async (): Promise<readonly string[]> =>
      (await dump(tenant)).split("\n").flatMap((line) => (line.includes(index) ? [line.split(" ")[0] ?? ""] : []));
    expect(await tablesWithIt()).toEqual(["ledger.identity"]);
    await erase(tenant, "a");
    expect(await tablesWithIt()).toEqual(["ledger.erased_identity"]);
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
