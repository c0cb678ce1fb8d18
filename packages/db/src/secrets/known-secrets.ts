/** Remembers tenants' keys for some seconds, so that a call is not kept waiting for one that it will find unchanged. */
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import type { MasterKey } from "./master-key.ts";
import { openTenantSecrets, type TenantSecrets } from "./tenant-secrets.ts";

export interface KnownSecretsOptions {
  readonly database: Database;
  readonly masterKey: MasterKey;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** So long a key that was erased can still be used. */
  readonly rememberMilliseconds: number;
  /** The one that was asked for first is forgotten first. */
  readonly mostRemembered: number;
}

export class KnownSecrets {
  readonly #options: KnownSecretsOptions;
  readonly #known = new Map<string, { readonly secrets: TenantSecrets; readonly until: number }>();

  constructor(options: KnownSecretsOptions) {
    this.#options = options;
  }

  /** @throws StageledgerError TENANT_UNKNOWN, MASTER_KEY_WRONG */
  async getSecrets(tenantId: string): Promise<TenantSecrets> {
    const { database, masterKey, now, rememberMilliseconds, mostRemembered } = this.#options;
    const known = this.#known.get(tenantId);
    if (known !== undefined && now() < known.until) return known.secrets;
    this.#known.delete(tenantId);
    const secrets = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      openTenantSecrets(trx, tenantId, masterKey),
    );
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= mostRemembered) this.#known.delete(oldest);
    this.#known.set(tenantId, { secrets, until: now() + rememberMilliseconds });
    return secrets;
  }
}
