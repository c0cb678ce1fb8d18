/** Remembers for some seconds whose ledger an installation logs into, so that a call costs one transaction instead of two. */
export interface KnownInstallationsOptions {
  /** Asks the database. */
  readonly find: (installationId: string) => Promise<string | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly rememberMilliseconds: number;
  /** The one that was asked for first is forgotten first. */
  readonly mostRemembered: number;
}

export class KnownInstallations {
  readonly #options: KnownInstallationsOptions;
  readonly #known = new Map<string, { readonly tenantId: string; readonly until: number }>();

  constructor(options: KnownInstallationsOptions) {
    this.#options = options;
  }

  /** Undefined for one that is not connected; that is asked for each time, so that connecting works at once. */
  async findTenant(installationId: string): Promise<string | undefined> {
    const { find, now, rememberMilliseconds, mostRemembered } = this.#options;
    const known = this.#known.get(installationId);
    if (known !== undefined && now() < known.until) return known.tenantId;
    this.#known.delete(installationId);
    const tenantId = await find(installationId);
    if (tenantId === undefined) return undefined;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= mostRemembered) this.#known.delete(oldest);
    this.#known.set(installationId, { tenantId, until: now() + rememberMilliseconds });
    return tenantId;
  }
}
