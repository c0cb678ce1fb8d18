/**
 * Remembers for a short time which webhook a path stands for, and its secret, so that a delivery costs one transaction
 * instead of three. What is remembered only says who is asked: the insert itself proves that the webhook still stands.
 */
import { StageledgerError } from "@stageledger/core";
import type { Hook } from "@stageledger/db";

/** A webhook that has brought its secret. */
export type ShakenHook = Hook & { readonly secret: string };

export interface KnownHooksOptions {
  /** Asks the database. */
  readonly find: (token: string) => Promise<Hook | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly rememberMilliseconds: number;
  readonly mostRemembered: number;
  /** Who knocks at paths that do not exist shall not take the database away from those that do. */
  readonly mostSearches: number;
  readonly mostWaiting: number;
}

export class KnownHooks {
  readonly #options: KnownHooksOptions;
  readonly #known = new Map<string, { readonly hook: ShakenHook; readonly until: number }>();
  readonly #searches = new Map<string, Promise<Hook | undefined>>();
  readonly #waiting: (() => void)[] = [];
  #searching = 0;

  constructor(options: KnownHooksOptions) {
    this.#options = options;
  }

  /** Undefined for a path that leads nowhere. @throws StageledgerError DOOR_BUSY; and what the database's answer throws */
  find(token: string): Promise<Hook | undefined> | Hook {
    const known = this.#known.get(token);
    if (known !== undefined && this.#options.now() < known.until) return known.hook;
    const underWay = this.#searches.get(token);
    if (underWay !== undefined) return underWay;
    const search = this.#search(token).finally(() => this.#searches.delete(token));
    this.#searches.set(token, search);
    return search;
  }

  forget(token: string): void {
    this.#known.delete(token);
  }

  async #search(token: string): Promise<Hook | undefined> {
    await this.#turn();
    try {
      const hook = await this.#options.find(token);
      this.#known.delete(token);
      // One that waits for its secret is asked for each time: it changes at any moment.
      if (hook?.secret !== undefined) this.#remember(token, { ...hook, secret: hook.secret });
      return hook;
    } finally {
      // The turn goes on to whoever waits longest, or ends.
      const next = this.#waiting.shift();
      if (next === undefined) this.#searching -= 1;
      else next();
    }
  }

  async #turn(): Promise<void> {
    const { mostSearches, mostWaiting } = this.#options;
    if (this.#searching < mostSearches) {
      this.#searching += 1;
      return;
    }
    if (this.#waiting.length >= mostWaiting)
      throw new StageledgerError("DOOR_BUSY", "Too many unknown paths are asked for at once.");
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #remember(token: string, hook: ShakenHook): void {
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= this.#options.mostRemembered) this.#known.delete(oldest);
    this.#known.set(token, { hook, until: this.#options.now() + this.#options.rememberMilliseconds });
  }
}
