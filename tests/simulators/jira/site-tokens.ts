import { randomBytes } from "node:crypto";

/** Who calls. */
export type Caller = { readonly kind: "app" } | { readonly kind: "user"; readonly account: string };

/** What Forge promises at least. */
const DEFAULT_LIFE_MILLISECONDS = 55 * 60_000;

/** The tokens that Forge gives our app: of its own, and of a person for whom it acts. By the world's clock they end. */
export class SiteTokens {
  lifeMilliseconds = DEFAULT_LIFE_MILLISECONDS;
  readonly #now: () => number;
  readonly #given = new Map<string, { readonly caller: Caller; readonly validUntil: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  giveSystemToken(): string {
    return this.#give("system", { kind: "app" });
  }

  giveUserToken(account: string): string {
    return this.#give("user", { kind: "user", account });
  }

  /** As when the app is uninstalled, or the person goes. */
  revoke(token: string): void {
    this.#given.delete(token);
  }

  revokeAll(): void {
    this.#given.clear();
  }

  /** Undefined for a token that is unknown or has ended. */
  callerOf(token: string): Caller | undefined {
    const given = this.#given.get(token);
    return given !== undefined && this.#now() < given.validUntil ? given.caller : undefined;
  }

  #give(kind: string, caller: Caller): string {
    const token = `${kind}-token-${randomBytes(18).toString("base64url")}`;
    this.#given.set(token, { caller, validUntil: this.#now() + this.lifeMilliseconds });
    return token;
  }
}
