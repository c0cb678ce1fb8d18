import type { Caller } from "./site-tokens.ts";

/** Who may do what. Unless said otherwise everybody and the app browse everything, and nobody administers anything. */
export class Rights {
  /** 404 by Jira's document; some say 403. What an issue of a project that is closed to its caller answers. */
  closedStatus: 403 | 404 = 404;
  readonly #closedToApp = new Set<string>();
  readonly #closedByAccount = new Map<string, Set<string>>();
  readonly #administeredByAccount = new Map<string, Set<string>>();
  readonly #workClosedByAccount = new Map<string, Set<string>>();
  readonly #admins = new Set<string>();

  closeToApp(project: string): void {
    this.#closedToApp.add(project);
  }

  openToApp(project: string): void {
    this.#closedToApp.delete(project);
  }

  closeTo(account: string, project: string): void {
    setOf(this.#closedByAccount, account).add(project);
  }

  openTo(account: string, project: string): void {
    setOf(this.#closedByAccount, account).delete(project);
  }

  /** Whether the person administers the project from now on. */
  letAdminister(account: string, project: string, may = true): void {
    const administered = setOf(this.#administeredByAccount, account);
    if (may) administered.add(project);
    else administered.delete(project);
  }

  /** Whether the person administers Jira itself from now on. */
  letAdministerJira(account: string, may = true): void {
    if (may) this.#admins.add(account);
    else this.#admins.delete(account);
  }

  /** Whether the person may log work, and change what they logged. Who may browse may, unless said otherwise. */
  letLogWork(account: string, project: string, may = true): void {
    const closed = setOf(this.#workClosedByAccount, account);
    if (may) closed.delete(project);
    else closed.add(project);
  }

  mayLogWork(caller: Caller, project: string): boolean {
    if (caller.kind === "app" || !this.mayBrowse(caller, project)) return false;
    return this.#workClosedByAccount.get(caller.account)?.has(project) !== true;
  }

  mayBrowse(caller: Caller, project: string): boolean {
    if (caller.kind === "app") return !this.#closedToApp.has(project);
    return this.#closedByAccount.get(caller.account)?.has(project) !== true;
  }

  mayAdminister(caller: Caller, project: string): boolean {
    return caller.kind === "user" && this.#administeredByAccount.get(caller.account)?.has(project) === true;
  }

  mayAdministerJira(caller: Caller): boolean {
    return caller.kind === "user" && this.#admins.has(caller.account);
  }
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set);
  return set;
}
