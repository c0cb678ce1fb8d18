/** What all that a person does in the panel has in common: one thing at a time, sent once, told to the state. */
import { ROUTES } from "@stageledger/core/contract/routes";
import type { Failure, Outcome } from "../ledger/failure.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { JiraWorklogs } from "../mirror/jira-worklogs.ts";
import { Mirror } from "../mirror/mirror.ts";
import { type EntryTime, entryTime } from "./entry-time.ts";
import { dateIn, ownDate } from "./local-day.ts";
import { findDeed } from "./mirror-deed.ts";
import type { PanelEvent } from "./panel-reducer.ts";
import { draftIn, type FormName, type PanelState, type Read, type ReadyPanel, type Work } from "./panel-state.ts";
import { readTime } from "./time-text.ts";

export interface PanelSurroundings {
  readonly ledger: Ledger;
  readonly itemId: string;
  /** Of the person; undefined = as the machine has it. */
  readonly zone: string | undefined;
  /** Undefined where Jira names nobody: then nothing is copied. */
  readonly accountId: string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly getState: () => PanelState;
  readonly dispatch: (event: PanelEvent) => void;
}

export type Task = (state: ReadyPanel) => Promise<PanelEvent>;

/** What the panel shows is not so any more: it looks again. */
const STALE_CODES: ReadonlySet<string> = new Set([
  "ENTRY_COPY_TOO_LATE",
  "ENTRY_REVISION_CONFLICT",
  "ENTRY_UNKNOWN",
  "ENTRY_DELETED",
  "TIMER_OTHER",
  "TIMER_UNKNOWN",
  "ROADBLOCK_UNKNOWN",
]);

export class PanelDesk {
  readonly ledger: Ledger;
  /** For what is done on the item. */
  readonly params: { readonly item: string };
  readonly mirror: Mirror | undefined;
  readonly #surroundings: PanelSurroundings;
  #isBusy = false;
  /** An answer was lost in this panel. From then on one that comes may be that of a call before. */
  #lostAnAnswer = false;

  constructor(surroundings: PanelSurroundings) {
    this.#surroundings = surroundings;
    this.ledger = surroundings.ledger;
    this.params = { item: surroundings.itemId };
    const { accountId, zone } = surroundings;
    this.mirror =
      accountId === undefined
        ? undefined
        : new Mirror(new JiraWorklogs(accountId, zone), (news) => this.tell({ type: "mirror-told", news }));
  }

  /** What the ledger has done is shown first, and then brought to Jira, where its author wants it there. */
  tell(event: PanelEvent): void {
    this.#surroundings.dispatch(event);
    if (event.type === "failed" && !event.failure.isCertain) this.#lostAnAnswer = true;
    const deed = findDeed(event, this.#lostAnAnswer);
    if (deed !== undefined) void this.mirror?.hear(deed);
    if (event.type === "read" || event.type === "read-again") this.#lookAtCopies(event.read);
  }

  #lookAtCopies({ item: { itemId, entries }, today, mirrorsToJira }: Read): void {
    const isNeeded = mirrorsToJira === true || entries.some(({ isMirrored }) => isMirrored);
    if (isNeeded) void this.mirror?.look(itemId, entries, today);
  }

  async read(): Promise<Outcome<Read>> {
    const { ledger, params } = this;
    const [item, timer, roadblocks, settings] = await Promise.all([
      ledger.call(ROUTES.listItemEntries, { params }),
      ledger.call(ROUTES.getTimer),
      ledger.call(ROUTES.listRoadblocks, { params }),
      ledger.call(ROUTES.getMySettings),
    ]);
    if (!item.isDone) return item;
    if (!timer.isDone) return timer;
    if (!roadblocks.isDone) return roadblocks;
    const today = this.#today(item.answer.today);
    const mirrorsToJira = settings.isDone ? settings.answer.mirrorsToJira && this.mirror !== undefined : undefined;
    return {
      isDone: true,
      answer: {
        item: item.answer,
        timer: timer.answer,
        roadblocks: roadblocks.answer.roadblocks,
        today,
        mirrorsToJira,
      },
    };
  }

  /** Whatever is pressed while something is under way is not heard: it would be done twice. */
  async work(what: Work, task: Task): Promise<void> {
    const state = this.#surroundings.getState();
    if (this.#isBusy || state.phase !== "ready") return;
    this.#isBusy = true;
    this.tell({ type: "began", work: what });
    const event = await task(state);
    this.#isBusy = false;
    this.tell(event);
    const isStale = event.type === "failed" ? STALE_CODES.has(event.failure.code) : state.isUnsure;
    if (!isStale) return;
    const again = await this.read();
    if (again.isDone) this.tell({ type: "read-again", read: again.answer });
  }

  /**
   * Sends what stands in a form, where it can be sent; else the form says why it cannot.
   *
   * @param minutes where the person has said which of two readings it is
   */
  async submit(
    form: FormName,
    minutes: number | undefined,
    send: (time: EntryTime, state: ReadyPanel) => Promise<PanelEvent>,
  ): Promise<void> {
    const state = this.#surroundings.getState();
    const draft = state.phase === "ready" ? draftIn(state, form) : undefined;
    if (state.phase !== "ready" || draft === undefined) return;
    const reading = readTime(draft.text);
    const meant = minutes ?? (reading.kind === "minutes" ? reading.minutes : undefined);
    if (meant === undefined) return this.tell({ type: "drafted", form, change: { remark: "missing" } });
    const today = this.#today(state.today);
    const isRelative = draft.day === "today" || draft.day === "yesterday";
    if (isRelative && today > state.today) return this.tell({ type: "day-turned", form, today });
    return this.work(form, (ready) => send(entryTime(draft, meant, ready), ready));
  }

  #today(ledgerDate: string): string {
    const { zone, now } = this.#surroundings;
    return ownDate(ledgerDate, dateIn(zone, now()));
  }
}

/** What came of a call, as the state is told it. */
export function eventOf<A>(outcome: Outcome<A>, done: (answer: A) => PanelEvent): PanelEvent {
  return outcome.isDone ? done(outcome.answer) : failed(outcome.failure);
}

export function failed(failure: Failure): PanelEvent {
  return { type: "failed", failure };
}
