/** What a person can do in the panel: each asks the ledger once, and tells the state what came of it. */
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import type { ROADBLOCK_KINDS, RoadblockAnswer } from "@stageledger/core/contract/roadblocks";
import { ROUTES } from "@stageledger/core/contract/routes";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import { activity } from "@stageledger/core/contract/values";
import type { z } from "zod";
import type { Failure, Outcome } from "../ledger/failure.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { dateOf, type EntryDraft, stageOf } from "./entry-draft.ts";
import { dateIn, ownDate } from "./local-day.ts";
import type { PanelEvent } from "./panel-reducer.ts";
import { draftIn, type FormName, type PanelState, type Read, type ReadyPanel, type Work } from "./panel-state.ts";
import { stopDraft } from "./stop-draft.ts";
import { readTime } from "./time-text.ts";

export interface PanelSurroundings {
  readonly ledger: Ledger;
  readonly itemId: string;
  readonly hasRoom: boolean;
  /** Of the person; undefined = as the machine has it. */
  readonly zone: string | undefined;
  readonly now: () => number;
  readonly getState: () => PanelState;
  readonly dispatch: (event: PanelEvent) => void;
}

export type PanelActions = ReturnType<typeof panelActions>;

/** What it says of the world has changed under the panel: it looks again. */
const STALE_CODES: ReadonlySet<string> = new Set([
  "ENTRY_REVISION_CONFLICT",
  "ENTRY_UNKNOWN",
  "ENTRY_DELETED",
  "TIMER_UNKNOWN",
  "ROADBLOCK_UNKNOWN",
]);

const TIMER_GONE: Failure = { code: "TIMER_UNKNOWN", isCertain: true };

export function panelActions({ ledger, itemId, hasRoom, zone, now, getState, dispatch }: PanelSurroundings) {
  const params = { item: itemId };
  let isBusy = false;

  async function read(): Promise<Outcome<Read>> {
    const [item, timer, roadblocks] = await Promise.all([
      ledger.call(ROUTES.listItemEntries, { params }),
      ledger.call(ROUTES.getTimer),
      ledger.call(ROUTES.listRoadblocks, { params }),
    ]);
    if (!item.isDone) return item;
    if (!timer.isDone) return timer;
    if (!roadblocks.isDone) return roadblocks;
    const today = ownDate(item.answer.today, dateIn(zone, now()));
    return {
      isDone: true,
      answer: { item: item.answer, timer: timer.answer, roadblocks: roadblocks.answer.roadblocks, today },
    };
  }

  /** Whatever is pressed while something is under way is not heard: it would be done twice. */
  async function work(what: Work, task: (state: ReadyPanel) => Promise<PanelEvent>): Promise<void> {
    const state = getState();
    if (isBusy || state.phase !== "ready") return;
    isBusy = true;
    dispatch({ type: "began", work: what });
    const event = await task(state);
    isBusy = false;
    dispatch(event);
    const isStale = event.type === "failed" ? STALE_CODES.has(event.failure.code) : state.isUnsure;
    if (!isStale) return;
    const again = await read();
    if (again.isDone) dispatch({ type: "read-again", read: again.answer });
  }

  /** Sends a form's draft, if it can be sent. @param minutes where the person has said which of two readings it is */
  function submit(
    form: FormName,
    minutes: number | undefined,
    send: (time: Time, state: ReadyPanel) => Promise<PanelEvent>,
  ): Promise<void> | void {
    const state = getState();
    const draft = state.phase === "ready" ? draftIn(state, form) : undefined;
    if (isBusy || state.phase !== "ready" || draft === undefined) return;
    const reading = readTime(draft.text);
    const meant = minutes ?? (reading.kind === "minutes" ? reading.minutes : undefined);
    if (meant === undefined) return dispatch({ type: "drafted", form, change: { remark: "missing" } });
    const today = ownDate(state.today, dateIn(zone, now()));
    const isRelative = draft.day === "today" || draft.day === "yesterday";
    if (isRelative && today > state.today) return dispatch({ type: "day-turned", form, today });
    return work(form, (ready) => send(timeOf(draft, meant, ready), ready));
  }

  async function startTimer(replace: boolean): Promise<PanelEvent> {
    const outcome = await ledger.call(ROUTES.startTimer, { params, body: { replace } });
    if (outcome.isDone) {
      const { now: at, timer, replaced } = outcome.answer;
      return { type: "timer-told", timer: { now: at, timer }, ...(replaced === null ? {} : { letGo: replaced }) };
    }
    if (outcome.failure.code !== "TIMER_RUNNING") return failed(outcome);
    return lookedAt(true);
  }

  /** Counts first, so that what is proposed is what there is. */
  async function lookedAt(startsHere: boolean): Promise<PanelEvent> {
    const outcome = await ledger.call(ROUTES.getTimer);
    if (!outcome.isDone) return failed(outcome);
    const { timer } = outcome.answer;
    if (timer === null) return { type: "failed", failure: TIMER_GONE };
    return { type: "stop-opened", timer: outcome.answer, open: stopping(timer, startsHere) };
  }

  function stopping(timer: TimerAnswer, startsHere: boolean) {
    const state = getState();
    const { today } = state.phase === "ready" ? state : { today: timer.proposedDate };
    return { kind: "stop", timer, startsHere, draft: stopDraft(timer, today) } as const;
  }

  /** Undefined when the timer is still that one. */
  async function differenceFrom(seen: TimerAnswer): Promise<PanelEvent | undefined> {
    const outcome = await ledger.call(ROUTES.getTimer);
    if (!outcome.isDone) return failed(outcome);
    const { timer } = outcome.answer;
    const isSame = timer?.itemId === seen.itemId && timer.startedAt === seen.startedAt;
    return isSame ? undefined : { type: "failed", failure: TIMER_GONE };
  }

  return {
    async open(): Promise<void> {
      const outcome = await read();
      if (outcome.isDone) dispatch({ type: "read", read: outcome.answer, showsDetails: hasRoom });
      else dispatch({ type: "not-read", failure: outcome.failure });
    },

    async openAgain(): Promise<void> {
      dispatch({ type: "reading" });
      await this.open();
    },

    draft: (form: FormName, change: Partial<EntryDraft>) => dispatch({ type: "drafted", form, change }),
    toggleDetails: () => dispatch({ type: "details-toggled" }),
    showAllEntries: () => dispatch({ type: "all-entries-shown" }),
    unfold: (open: ReadyPanel["open"]) => dispatch({ type: "opened", open }),

    log: (minutes?: number) =>
      submit("log", minutes, async (time, { draft }) => {
        const outcome = await ledger.call(ROUTES.logEntry, { params, body: time });
        return outcome.isDone ? { type: "logged", entry: outcome.answer, sent: draft.text } : failed(outcome);
      }),

    edit: (minutes?: number) =>
      submit("edit", minutes, async (time, { open }) => {
        if (open?.kind !== "edit") return { type: "opened", open };
        const { entry } = open;
        const change = changeOf(entry, time);
        if (Object.keys(change).length === 0) return { type: "edited", entry };
        const call = { params: { entry: entry.id }, body: { revision: entry.revision, ...change } };
        const outcome = await ledger.call(ROUTES.editEntry, call);
        return outcome.isDone ? { type: "edited", entry: outcome.answer } : failed(outcome);
      }),

    remove: (entry: EntryAnswer) =>
      work("remove", async () => {
        const call = { params: { entry: entry.id }, query: { revision: String(entry.revision) } };
        const outcome = await ledger.call(ROUTES.deleteEntry, call);
        return outcome.isDone ? { type: "removed", entry, revision: outcome.answer.revision } : failed(outcome);
      }),

    undo: (entry: EntryAnswer, revision: number) =>
      work("undo", async () => {
        const outcome = await ledger.call(ROUTES.undoEntry, { params: { entry: entry.id }, body: { revision } });
        return outcome.isDone ? { type: "undone", of: entry, entry: outcome.answer.entry } : failed(outcome);
      }),

    startTimer: () => work("start", () => startTimer(false)),
    startInstead: () => work("start-instead", () => startTimer(true)),

    pauseTimer: () =>
      work("pause", async () => {
        const outcome = await ledger.call(ROUTES.pauseTimer);
        return outcome.isDone ? { type: "timer-told", timer: outcome.answer } : failed(outcome);
      }),

    countAgain: () =>
      work("look", async () => {
        const outcome = await ledger.call(ROUTES.getTimer);
        return outcome.isDone ? { type: "timer-told", timer: outcome.answer } : failed(outcome);
      }),

    openStop: () => work("open-stop", () => lookedAt(false)),

    logTimer: (minutes?: number) =>
      submit("stop", minutes, async (time, { open, isUnsure }) => {
        if (open?.kind !== "stop") return { type: "opened", open };
        // The ledger logs whichever timer there is: it has to be still the one that was looked at. After a lost answer it may
        // be gone because it was logged, and asking for the same again tells.
        const other = isUnsure ? undefined : await differenceFrom(open.timer);
        if (other !== undefined) return other;
        const outcome = await ledger.call(ROUTES.logTimer, { body: time });
        if (!outcome.isDone) return failed(outcome);
        const stopped = { now: now(), timer: null };
        if (!open.startsHere) return { type: "timer-logged", entry: outcome.answer, timer: stopped };
        dispatch({ type: "timer-logged", entry: outcome.answer, timer: stopped });
        return startTimer(false);
      }),

    letTimerGo: (timer: TimerAnswer) =>
      work("let-go", async () => {
        const outcome = await ledger.call(ROUTES.discardTimer);
        return outcome.isDone ? { type: "timer-told", timer: outcome.answer, letGo: timer } : failed(outcome);
      }),

    raise: (kind: (typeof ROADBLOCK_KINDS)[number], words: string) =>
      work(`raise ${kind}`, async () => {
        const said = words.trim();
        const body = { kind, ...(said === "" ? {} : { words: said }) };
        const outcome = await ledger.call(ROUTES.raiseRoadblock, { params, body });
        return outcome.isDone ? { type: "raised", roadblock: outcome.answer } : failed(outcome);
      }),

    resolve: (roadblock: RoadblockAnswer) =>
      work(`resolve ${roadblock.id}`, async () => {
        const outcome = await ledger.call(ROUTES.resolveRoadblock, { params: { roadblock: roadblock.id } });
        return outcome.isDone ? { type: "resolved", roadblock: outcome.answer } : failed(outcome);
      }),

    readPurpose: () =>
      work("purpose", async () => {
        const outcome = await ledger.call(ROUTES.getPurpose);
        return outcome.isDone ? { type: "purpose-told", text: outcome.answer.text } : failed(outcome);
      }),
  };
}

type Activity = z.output<typeof activity>;

interface Time {
  readonly minutes: number;
  readonly date: string;
  readonly activity?: Activity;
  readonly stage?: string;
}

function timeOf(draft: EntryDraft, minutes: number, { item, today }: ReadyPanel): Time {
  const known = activity.safeParse(draft.activity).data;
  const stage = stageOf(draft, item.proposedStage);
  return {
    minutes,
    date: dateOf(draft.day, today),
    ...(known === undefined ? {} : { activity: known }),
    ...(stage === undefined ? {} : { stage }),
  };
}

/** What is otherwise than in the entry. */
function changeOf(entry: EntryAnswer, time: Time) {
  return {
    ...(time.minutes === entry.minutes ? {} : { minutes: time.minutes }),
    ...(time.date === entry.date ? {} : { date: time.date }),
    ...(time.activity === undefined || time.activity === entry.activity ? {} : { activity: time.activity }),
    ...((time.stage ?? null) === entry.stage ? {} : { stage: time.stage ?? null }),
  };
}

function failed(outcome: { readonly isDone: false; readonly failure: Failure }): PanelEvent {
  return { type: "failed", failure: outcome.failure };
}
