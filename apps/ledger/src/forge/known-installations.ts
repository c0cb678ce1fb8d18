/** Remembers for some seconds whose ledger an installation logs into, so that a call costs one transaction instead of three. */
export interface BoundInstallation {
  readonly tenantId: string;
  /** Hash of the Jira site that the ledger's items came from; undefined before any came. */
  readonly knownSite: Uint8Array | undefined;
}

export interface KnownInstallationsOptions {
  /** Asks the database. */
  readonly find: (installationId: string) => Promise<BoundInstallation | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly rememberMilliseconds: number;
  /** The one that was asked for first is forgotten first. */
  readonly mostRemembered: number;
}

/** What is remembered says who is asked, and lets people read; whoever writes proves in the same transaction that it still holds. */
export class KnownInstallations {
  readonly #options: KnownInstallationsOptions;
  readonly #known = new Map<string, { readonly bound: BoundInstallation; readonly until: number }>();

  constructor(options: KnownInstallationsOptions) {
    this.#options = options;
  }

  /** Undefined for one that is not connected; that is asked for each time, so that connecting works at once. */
  async find(installationId: string): Promise<BoundInstallation | undefined> {
    const { find, now, rememberMilliseconds, mostRemembered } = this.#options;
    const known = this.#known.get(installationId);
    if (known !== undefined && now() < known.until) return known.bound;
    this.#known.delete(installationId);
    const bound = await find(installationId);
    if (bound === undefined) return undefined;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= mostRemembered) this.#known.delete(oldest);
    this.#known.set(installationId, { bound, until: now() + rememberMilliseconds });
    return bound;
  }

  /** It was taken back, as this process knows: the next call asks. */
  forget(installationId: string): void {
    this.#known.delete(installationId);
  }
}
