import { randomUUID } from "node:crypto";
import {
  addInstallation,
  type Database,
  findTenantOfInstallation,
  inTransaction,
  removeInstallation,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { aTenant } from "../support/database/a-tenant.ts";
import { onBothEngines } from "../support/database/engines.ts";
import { codedRejection } from "../support/rejection.ts";

onBothEngines((engine) => {
  const bindInstallation = (database: Database, tenantId: string, installation: string): Promise<void> =>
    inTransaction(database, { role: "recorder", tenantId }, (trx) => addInstallation(trx, tenantId, installation));
  const unbindInstallation = (database: Database, tenantId: string, installation: string): Promise<boolean> =>
    inTransaction(database, { role: "recorder", tenantId }, (trx) => removeInstallation(trx, tenantId, installation));

  test("an installation belongs to one ledger: another cannot take it, nor let it go", async () => {
    const { database } = engine();
    const [mine, others] = [await aTenant(database), await aTenant(database)];
    const installation = `installation/${randomUUID()}`;
    expect(await findTenantOfInstallation(database, installation)).toBeUndefined();
    await bindInstallation(database, mine.tenantId, installation);
    await bindInstallation(database, mine.tenantId, installation);
    expect((await codedRejection(bindInstallation(database, others.tenantId, installation))).code).toBe(
      "INSTALLATION_TAKEN",
    );
    expect(await unbindInstallation(database, others.tenantId, installation)).toBe(false);
    expect(await findTenantOfInstallation(database, installation)).toBe(mine.tenantId);
    expect(await unbindInstallation(database, mine.tenantId, installation)).toBe(true);
    expect(await unbindInstallation(database, mine.tenantId, installation)).toBe(false);
    expect(await findTenantOfInstallation(database, installation)).toBeUndefined();
    await bindInstallation(database, others.tenantId, installation);
  });

  test("the name of a ledger is no installation, though both are found by a hash", async () => {
    const { database } = engine();
    await aTenant(database, { name: "Acme" });
    for (const id of ["Acme", "acme", "name acme"])
      expect(await findTenantOfInstallation(database, id)).toBeUndefined();
  });
});
