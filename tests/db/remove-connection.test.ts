import { randomBytes, randomUUID } from "node:crypto";
import {
  addConnection,
  holdConnectionTo,
  inTransaction,
  openTenantSecrets,
  removeConnection,
  ringBells,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aTenant } from "../support/database/a-tenant.ts";
import { onPostgres } from "../support/database/engines.ts";
import { until } from "../support/until.ts";

onPostgres((engine) => {
  test("a bell that is just being taken when its connection is removed is not left behind, and none is taken later", async () => {
    const { database } = engine();
    const { tenantId, masterKey } = await aTenant(database);
    const connectionId = randomUUID();
    const site = { kind: "jira", workspace: "installation" } as const;
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      await addConnection(trx, tenantId, { connectionId, ...site }, "", secrets, randomBytes, 0);
    });
    const [isRung, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ringing = inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      expect(await holdConnectionTo(trx, tenantId, site)).toEqual({ connectionId, problemCode: undefined });
      const fields = { what: "issue", gid: "1", action: "updated" };
      await ringBells(trx, tenantId, [{ bellId: randomUUID(), connectionId, fields }], 0);
      isRung.resolve();
      await mayEnd.promise;
    });
    await isRung.promise;
    const removing = inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      removeConnection(trx, tenantId, connectionId),
    );
    await until(async () => {
      const waiting = await sql`select from pg_stat_activity where wait_event_type = 'Lock'`.execute(database.kysely);
      return waiting.rows.length > 0;
    }, "the removal waits for the bell");
    mayEnd.resolve();
    await Promise.all([ringing, removing]);
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      expect(await trx.selectFrom("inbox.bell").select("bell_id").execute()).toEqual([]);
      expect(await holdConnectionTo(trx, tenantId, site)).toBeUndefined();
    });
  });
});
