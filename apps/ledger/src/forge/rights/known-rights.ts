/**
 * What people may do in Jira, remembered for as long as somebody works on one thing: Jira is asked once a minute for each person and
 * thing. A refusal is forgotten sooner, since whoever is refused goes and asks for the right. In this process only; nothing is stored.
 */
import { hash } from "node:crypto";
import { StageledgerError } from "@stageledger/core";
import type { CallerInJira } from "../caller.ts";
import { askPermissions, type RightsCall } from "./ask-jira.ts";

export type Permission = "BROWSE_PROJECTS" | "ADMINISTER";

export interface KnownRightsOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The one that was asked for first is forgotten first. */
  readonly mostRemembered: number;
}

/** The app shows the panel for 25 seconds before it gives up. */
const TIMEOUT_MILLISECONDS = 5000;
const GRANT_MILLISECONDS = 60_000;
const REFUSAL_MILLISECONDS = 5000;

export class KnownRights {
  readonly #options: KnownRightsOptions;
  readonly #known = new Map<string, { readonly isGranted: boolean; readonly until: number }>();

  constructor(options: KnownRightsOptions) {
    this.#options = options;
  }

  /**
   * Whether the caller may do that to the subject. What there is not may not be done anything to.
   *
   * @param userToken the caller's own for Jira, as Forge sends it along; undefined where it does not
   * @throws StageledgerError RIGHTS_UNPROVED without a token that Jira takes, JIRA_UNREACHABLE, JIRA_REFUSED, JIRA_WRONG_SHAPE
   */
  async has(
    { tenantId, account: { account }, apiBaseUrl }: Pick<CallerInJira, "tenantId" | "account" | "apiBaseUrl">,
    userToken: string | undefined,
    permission: Permission,
    subject: RightsCall["subject"],
  ): Promise<boolean> {
    if (userToken === undefined || apiBaseUrl === undefined) throw unproved();
    const { fetch, now } = this.#options;
    const key = hash("sha256", JSON.stringify([tenantId, account, permission, subject]), "base64");
    const known = this.#known.get(key);
    if (known !== undefined && now() < known.until) return known.isGranted;
    const permissions = [permission];
    const timeoutMilliseconds = TIMEOUT_MILLISECONDS;
    const answer = await askPermissions({ apiBaseUrl, userToken, permissions, subject, fetch, timeoutMilliseconds });
    const isGranted = answer !== "not-found" && answer.has(permission);
    this.#remember(key, isGranted);
    return isGranted;
  }

  #remember(key: string, isGranted: boolean): void {
    const { now, mostRemembered } = this.#options;
    this.#known.delete(key);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= mostRemembered) this.#known.delete(oldest);
    this.#known.set(key, { isGranted, until: now() + (isGranted ? GRANT_MILLISECONDS : REFUSAL_MILLISECONDS) });
  }
}

function unproved(): StageledgerError {
  return new StageledgerError("RIGHTS_UNPROVED", "Nothing came along by which Jira could be asked what you may do.", {
    next: "The app needs the scope read:app-user-token, and auth.appUserToken at its remote.",
  });
}
