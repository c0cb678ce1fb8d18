/** What all that a person does in My time has in common: one thing at a time, sent once, told to the state. */
import { ROUTES } from "@stageledger/core/contract/routes";
import { readTitles } from "../../jira/issue-titles.ts";
import type { Failure, Outcome } from "../../ledger/failure.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { JiraWorklogs } from "../../mirror/jira-worklogs.ts";
import { Mirror } from "../../mirror/mirror.ts";
import { dateIn, ownDate } from "../local-day.ts";
import { OneAtATime } from "../one-at-a-time.ts";
import type { MyTimeEvent } from "./my-time-reducer.ts";
import type { MyTimeState, ReadyMyTime, Work } from "./my-time-state.ts";
import type { Draft } from "./week-changes.ts";
import { weekDeeds } from "./week-deeds.ts";
import type { MyWeek } from "./week-grid.ts";

export interface MyTimeSurroundings {
  readonly ledger: Ledger;
  /** For changes of the week alone: one whose answer was lost is asked for again after other things were done, and is done once. */
  readonly weekLedger: Ledger;
  /** Of the person; undefined = as the machine has it. */
  readonly zone: string | undefined;
  /** Undefined where Jira names nobody: then nothing is copied. */
  readonly accountId: string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly getState: () => MyTimeState;
  readonly dispatch: (event: MyTimeEvent) => void;
}

export class MyTimeDesk {
  readonly ledger: Ledger;
  readonly weekLedger: Ledger;
  readonly mirror: Mirror | undefined;
  readonly #surroundings: MyTimeSurroundings;
  /** By field: what was typed since the state was told. Telling it each key would send the whole grid to Jira each time. */
  readonly #typed = new Map<string, Draft>();
  readonly #works = new OneAtATime();

  constructor(surroundings: MyTimeSurroundings) {
    this.#surroundings = surroundings;
    this.ledger = surroundings.ledger;
    this.weekLedger = surroundings.weekLedger;
    const { accountId, zone } = surroundings;
    this.mirror =
      accountId === undefined
        ? undefined
        : new Mirror(new JiraWorklogs(accountId, zone), (news) => this.tell({ type: "mirror-told", news }));
  }

  get state(): MyTimeState {
    return this.#surroundings.getState();
  }

  /** What the ledger has done is shown first, and then brought to Jira, where its author wants it there. */
  tell(event: MyTimeEvent): void {
    const { state: before } = this;
    this.#surroundings.dispatch(event);
    if (before.phase !== "ready" || (event.type !== "saved" && event.type !== "undone")) return;
    const deeds = weekDeeds(event.sent.body.changes, before.week.entries, event.week.entries);
    for (const deed of deeds) void this.mirror?.hear(deed);
  }

  /** Undefined where the ledger does not say. */
  async readMirrorSetting(): Promise<boolean | undefined> {
    const outcome = await this.ledger.call(ROUTES.getMySettings);
    return outcome.isDone ? outcome.answer.mirrorsToJira && this.mirror !== undefined : undefined;
  }

  type(fieldId: string, draft: Draft): void {
    this.#typed.set(fieldId, draft);
  }

  /** Whoever leaves a field, or does anything else, has typed all that they mean. */
  tellTyped(): void {
    if (this.#typed.size === 0) return;
    const drafts = new Map(this.#typed);
    this.#typed.clear();
    this.tell({ type: "typed", drafts });
  }

  /** The state when the page has been read, and what was typed has been told; undefined until then. */
  ready(): ReadyMyTime | undefined {
    this.tellTyped();
    const { state } = this;
    return state.phase === "ready" ? state : undefined;
  }

  /** Not heard while something else is under way. */
  async work(what: Work, task: (state: ReadyMyTime) => Promise<MyTimeEvent>): Promise<void> {
    const state = this.ready();
    if (state === undefined) return;
    const event = await this.#works.begin(() => {
      this.tell({ type: "began", work: what });
      return task(state);
    });
    if (event !== undefined) this.tell(event);
  }

  /** @param day of the week; undefined = today's */
  readWeek(day?: string): Promise<Outcome<MyWeek>> {
    return this.ledger.call(ROUTES.getMyWeek, { query: day === undefined ? {} : { day } });
  }

  /**
   * The week on the page, as it is now; what was typed stays.
   *
   * @param failure why the ledger is asked again
   */
  async renewWeek(failure?: Failure): Promise<void> {
    const { state } = this;
    if (state.phase !== "ready") return;
    const outcome = await this.readWeek(state.week.firstDay);
    if (outcome.isDone) this.tell({ type: "renewed", week: outcome.answer, ...(failure && { failure }) });
  }

  today({ today }: MyWeek): string {
    const { zone, now } = this.#surroundings;
    return ownDate(today, dateIn(zone, now()));
  }

  /** For showing only: where Jira tells none, the keys are enough. */
  async readTitles(): Promise<void> {
    const { state } = this;
    if (state.phase !== "ready") return;
    const ids = new Set([...state.week.entries, ...state.added].map(({ itemId }) => itemId));
    const titles = await readTitles([...ids].filter((id) => !state.titles.has(id)));
    if (titles.size > 0) this.tell({ type: "titles-told", titles });
  }
}

/** What came of a call, as the state is told it. */
export function eventOf<A>(outcome: Outcome<A>, done: (answer: A) => MyTimeEvent): MyTimeEvent {
  return outcome.isDone ? done(outcome.answer) : failed(outcome.failure);
}

export function failed(failure: Failure): MyTimeEvent {
  return { type: "failed", failure };
}
