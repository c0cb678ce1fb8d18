/**
 * Keeps the copies in Jira as their author wants them, once the ledger has what was done. What fails is told, and undoes nothing.
 *
 * An entry is marked in the ledger before its copy is written, so that at no moment colleagues can read what the ledger counts as
 * private; and a copy bears its property from its first moment, so that it is never counted as a worklog. What a closed window leaves
 * undone the next look finds: a change is made up for by itself, since the property tells from which state the copy was written;
 * what was not copied, and what was not deleted, is shown with a button, since somebody may have wanted just that.
 */
import { jiraIssueId } from "../jira/jira-issue-id.ts";
import type { Outcome } from "../ledger/failure.ts";
import type { CopiedEntry, Copy } from "./copies.ts";
import type { JiraWorklogs } from "./jira-worklogs.ts";
import type { Leftover, MirrorNews } from "./mirror-state.ts";
import { compared, type Step, stepsTo, type Wish } from "./plan-copies.ts";
import { Turns } from "./turns.ts";

/** What was done to an entry in the ledger. */
export interface Deed {
  /** As it is now; as it was, for one that is gone. */
  readonly entry: CopiedEntry;
  readonly kind: "logged" | "changed" | "removed" | "wanted";
}

export class Mirror {
  readonly #worklogs: JiraWorklogs;
  readonly #tell: (news: MirrorNews) => void;
  /** What Jira does not have yet, by entry. */
  readonly #owed = new Map<string, { readonly entry: CopiedEntry; readonly wish: Wish }>();
  /** Entries whose copies were deleted from here: undoing that brings them back. */
  readonly #deleted = new Set<string>();
  /** One thing at a time, in the order in which they were done: a copy is written before it is changed. */
  readonly #turns = new Turns();

  constructor(worklogs: JiraWorklogs, tell: (news: MirrorNews) => void) {
    this.#worklogs = worklogs;
    this.#tell = tell;
  }

  /** Asks nothing of Jira for an entry that is not to be copied. */
  async hear({ entry, kind }: Deed): Promise<void> {
    if (!entry.isMirrored) return;
    const wish = this.#wishOf(entry, kind);
    await this.#turns.take(() => this.#settle(entry, wish, kind === "logged"));
  }

  /** Tries once more what Jira did not take. */
  async tryAgain(entryId: string): Promise<void> {
    const owed = this.#owed.get(entryId);
    if (owed !== undefined) await this.#turns.take(() => this.#settle(owed.entry, owed.wish, false));
  }

  /** Leaves it as it is. */
  leave(entryId: string): void {
    this.#owed.delete(entryId);
    this.#tell({ kind: "left", entryId });
  }

  async removeLeftover({ issue, worklogId }: Leftover): Promise<Outcome<undefined>> {
    const removed = await this.#turns.take(() => this.#worklogs.remove(issue, worklogId));
    if (removed.isDone) this.#tell({ kind: "leftover-gone", worklogId });
    return removed;
  }

  /**
   * Compares, and makes up for changes that did not come to Jira. That Jira cannot be asked is told by nothing: nothing was done.
   *
   * @param entries mine on the item, as the ledger tells them @param today the author's
   */
  async look(itemId: string, entries: readonly CopiedEntry[], today: string): Promise<void> {
    const issue = jiraIssueId(itemId);
    if (issue === undefined) return;
    await this.#turns.take(async () => {
      const told = await this.#worklogs.list(issue);
      if (!told.isDone) return;
      const { behind, missing, leftovers } = compared(entries, told.answer, today);
      this.#tell({ kind: "looked", missing, leftovers: leftovers.map((copy) => ({ ...copy, issue })) });
      for (const entry of behind) await this.#settle(entry, "follow", false);
    });
  }

  #wishOf({ id }: CopiedEntry, kind: Deed["kind"]): Wish {
    switch (kind) {
      case "logged":
      case "wanted":
        return "copy";
      case "removed":
        return "remove";
      case "changed":
        // What was to be copied and could not be still is; and what was deleted together with its entry comes back with it.
        return this.#deleted.has(id) || this.#owed.get(id)?.wish === "copy" ? "copy" : "follow";
    }
  }

  async #settle(entry: CopiedEntry, wish: Wish, isNew: boolean): Promise<void> {
    const issue = jiraIssueId(entry.itemId);
    if (issue === undefined) return;
    this.#owed.set(entry.id, { entry, wish });
    const outcome = await this.#bring(issue, entry, wish, isNew);
    if (!outcome.isDone) return this.#tell({ kind: "failed", entry, wish, failure: outcome.failure });
    this.#owed.delete(entry.id);
    this.#tell({ kind: "settled", entryId: entry.id, isMissing: outcome.answer });
  }

  /** Whether an entry that is there has no copy then. Of a new entry there can be none yet, so nobody has to look. */
  async #bring(issue: string, entry: CopiedEntry, wish: Wish, isNew: boolean): Promise<Outcome<boolean>> {
    const told: Outcome<readonly Copy[]> = isNew ? { isDone: true, answer: [] } : await this.#worklogs.list(issue);
    if (!told.isDone) return told;
    const copies = told.answer.filter((copy) => copy.entry === entry.id);
    for (const step of stepsTo(wish, entry, copies)) {
      const done = await this.#take(issue, entry, step);
      if (!done.isDone) return done;
    }
    if (wish === "copy") this.#deleted.delete(entry.id);
    if (wish === "remove" && copies.length > 0) this.#deleted.add(entry.id);
    return { isDone: true, answer: wish === "follow" && copies.length === 0 };
  }

  #take(issue: string, entry: CopiedEntry, step: Step): Promise<Outcome<undefined>> {
    switch (step.kind) {
      case "create":
        return this.#worklogs.create(issue, entry);
      case "change":
        return this.#worklogs.change(issue, step.worklogId, entry);
      case "remove":
        return this.#worklogs.remove(issue, step.worklogId);
    }
  }
}
