/** A tenant of its own for each test. */
import { randomBytes, randomUUID } from "node:crypto";
import { createTenant, type Database, MasterKey, type NewTenant } from "@stageledger/db";

export interface TestTenant {
  readonly tenantId: string;
  readonly masterKey: MasterKey;
}

/** Berlin, weeks close on Thursdays, p is 20 (the middle of its range) unless the bytes say otherwise. */
export async function aTenant(
  database: Database,
  overrides: Partial<NewTenant> = {},
  random: (count: number) => Uint8Array = halfway,
): Promise<TestTenant> {
  const tenantId = overrides.tenantId ?? randomUUID();
  const masterKey = MasterKey.parse(MasterKey.generate(randomBytes));
  await createTenant(
    database,
    { tenantId, name: `Tenant ${tenantId}`, zone: "Europe/Berlin", isDemo: false, ...overrides },
    masterKey,
    random,
    0,
  );
  return { tenantId, masterKey };
}

/** Every byte 0x80: the share p becomes 15 + 10 × 0.50196, a little over 20. */
function halfway(count: number): Uint8Array {
  return new Uint8Array(count).fill(0x80);
}
