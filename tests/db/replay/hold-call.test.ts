import { randomUUID } from "node:crypto";
import {
  addInstallation,
  addMember,
  type CallProof,
  type Database,
  holdCall,
  inTransaction,
  openTenantSecrets,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { removeMembers } from "../../../packages/db/src/members/members.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines, onPostgres } from "../../support/database/engines.ts";
import { until } from "../../support/until.ts";

const NOW = Date.UTC(2026, 8, 8, 9);

async function aMemberOf(database: Database, { tenantId, masterKey }: TestTenant): Promise<string> {
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const identity = { issuer: "https://login.invalid", subject: randomUUID() };
    return (await addMember(trx, tenantId, { masterKey, secrets }, identity, "member", randomUUID)).memberId;
  });
}

onBothEngines((engine) => {
  const hold = ({ tenantId }: TestTenant, proof: CallProof): Promise<string> =>
    inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      holdCall(trx, tenantId, proof, NOW),
    );

  test("a member's call holds as often as they make one, until they are none", async () => {
    const { database } = engine();
    const [tenant, next] = [await aTenant(database), await aTenant(database)];
    const proof = { kind: "member", memberId: await aMemberOf(database, tenant) } as const;
    expect(await hold(tenant, proof)).toBe("held");
    expect(await hold(tenant, proof)).toBe("held");
    expect(await hold(next, proof)).toBe("gone");
    const { tenantId } = tenant;
    await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      removeMembers(trx, tenantId, [proof.memberId]),
    );
    expect(await hold(tenant, proof)).toBe("gone");
  });

  test("a token of an installation holds once, and only for the tenant that the installation is bound to", async () => {
    const { database } = engine();
    const [tenant, next] = [await aTenant(database), await aTenant(database)];
    const installationId = randomUUID();
    await inTransaction(database, { role: "recorder", tenantId: tenant.tenantId }, (trx) =>
      addInstallation(trx, tenant.tenantId, installationId),
    );
    const proof = { kind: "installation", installationId, tokenId: randomUUID(), expiresAt: NOW + 60_000 } as const;
    expect(await hold(next, proof)).toBe("gone");
    expect(await hold(tenant, proof)).toBe("held");
    expect(await hold(tenant, proof)).toBe("used");
    expect(await hold(tenant, { ...proof, tokenId: randomUUID() })).toBe("held");
  });
});

onPostgres((engine) => {
  test("a member stays one while a call of theirs is under way", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const { tenantId } = tenant;
    const memberId = await aMemberOf(database, tenant);
    const ended: string[] = [];
    let removal: Promise<unknown> | undefined;
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      expect(await holdCall(trx, tenantId, { kind: "member", memberId }, NOW)).toBe("held");
      removal = inTransaction(database, { role: "recorder", tenantId }, (other) =>
        removeMembers(other, tenantId, [memberId]),
      ).then(() => ended.push("removal"));
      await until(async () => {
        const waiting = await sql`select from pg_stat_activity where wait_event_type = 'Lock'`.execute(database.kysely);
        return waiting.rows.length > 0;
      }, "the removal waits for the call");
      ended.push("call");
    });
    await removal;
    expect(ended).toEqual(["call", "removal"]);
  });
});
