import { ROUTES } from "@stageledger/core/contract/routes";
import type { Failure } from "../../ledger/failure.ts";
import { daysAfter } from "../local-day.ts";
import { copyOf } from "./last-week.ts";
import { mirroredChanges } from "./mirrored-changes.ts";
import { eventOf, failed, type MyTimeDesk } from "./my-time-desk.ts";
import type { MyTimeEvent } from "./my-time-reducer.ts";
import type { ReadyMyTime, Sending, Work } from "./my-time-state.ts";
import { type Change, changesOf, type Draft, pendingOf } from "./week-changes.ts";
import type { Field, MyWeek } from "./week-grid.ts";

const WEEK_DAYS = 7;

/** What the page shows is not so any more: it looks again. */
const STALE_CODES: ReadonlySet<string> = new Set(["ENTRY_REVISION_CONFLICT", "ENTRY_UNKNOWN", "ENTRY_DELETED"]);

/** What a person does with a week of their own. */
export function weekActions(desk: MyTimeDesk) {
  const { weekLedger } = desk;

  async function send(sending: Sending): Promise<MyTimeEvent> {
    const outcome = await weekLedger.call(ROUTES.changeMyWeek, { body: sending.body });
    if (outcome.isDone) return { type: sending.isUndo ? "undone" : "saved", week: outcome.answer, sent: sending };
    const { failure } = outcome;
    return failure.isCertain ? failed(failure) : { type: "failed", failure, unsure: sending };
  }

  /** What was perhaps done before is asked for once more, as it was: so it is done once. */
  async function sendAgain(unsure: Sending): Promise<MyTimeEvent> {
    const event = await send(unsure);
    if (event.type === "failed" && event.failure.isCertain) desk.tell({ type: "surely-refused" });
    return event;
  }

  /** What was perhaps done before comes first, and what was typed since then after it. */
  async function save(before: ReadyMyTime): Promise<MyTimeEvent> {
    let state = before;
    const { unsure } = before;
    if (unsure !== undefined) {
      const again = await sendAgain(unsure);
      if (again.type === "failed" && (unsure.isUndo || !again.failure.isCertain)) return again;
      if (again.type !== "failed") desk.tell(again);
      const now = desk.ready();
      if (now === undefined) return again;
      state = now;
      if (again.type !== "failed" && pendingOf(state).length === 0) return { type: "told", notice: state.notice };
    }
    const pending = pendingOf(state);
    if (pending.length === 0) return { type: "told", notice: { kind: "nothing-to-save" } };
    if (pending.some(({ reading }) => reading.kind !== "change"))
      return { type: "told", notice: { kind: "not-saved" } };
    const sending = {
      body: { day: state.week.firstDay, changes: [...mirroredChanges(changesOf(pending), state.mirror)] },
      drafts: state.drafts,
      isUndo: false,
    };
    const event = await send(sending);
    const refused = event.type === "failed" ? pending[placeOf(event.failure)] : undefined;
    return event.type === "failed" && refused !== undefined ? { ...event, field: refused.field } : event;
  }

  /** Where the grid was looked at too long ago, it is looked at again; what was typed stays. */
  async function saveFresh(work: Work, task: (state: ReadyMyTime) => Promise<MyTimeEvent>): Promise<void> {
    let told: MyTimeEvent | undefined;
    await desk.work(work, async (state) => {
      told = await task(state);
      return told;
    });
    if (told?.type === "failed" && STALE_CODES.has(told.failure.code)) await desk.renewWeek(told.failure);
  }

  async function open(day: string): Promise<MyTimeEvent> {
    return eventOf(await desk.readWeek(day), (week: MyWeek) => ({
      type: "week-opened",
      week,
      today: desk.today(week),
    }));
  }

  /** Asks first where something typed would be lost. */
  async function go(work: Work, dayOf: (state: ReadyMyTime) => string): Promise<void> {
    const state = desk.ready();
    if (state === undefined) return;
    const day = dayOf(state);
    if (state.unsure !== undefined || pendingOf(state).length > 0) return desk.tell({ type: "week-wanted", day });
    await desk.work(work, () => open(day));
    await desk.readTitles();
  }

  return {
    /** What is typed is told when its field is left. */
    type: (field: Field, text: string, draft: Draft | undefined) =>
      desk.type(field.id, { ...draft, text, of: draft?.of ?? field.entry?.id }),
    leaveField: () => desk.tellTyped(),
    takeReading: (fields: readonly { readonly field: Field; readonly minutes: number }[]) => {
      desk.tellTyped();
      const taken = fields.map(({ field, minutes }) => ({ id: field.id, minutes, of: field.entry?.id }));
      desk.tell({ type: "reading-taken", fields: taken });
    },
    takeBack: () => {
      desk.tellTyped();
      desk.tell({ type: "taken-back" });
    },

    save: () => saveFresh("save", save),

    undo: (changes: readonly Change[]) =>
      saveFresh("undo", ({ week, unsure }) =>
        unsure?.isUndo === true
          ? sendAgain(unsure)
          : send({ body: { day: week.firstDay, changes: [...changes] }, drafts: new Map(), isUndo: true }),
      ),

    previousWeek: () => go("previous", ({ week }) => daysAfter(week.firstDay, -WEEK_DAYS)),
    nextWeek: () => go("next", ({ week }) => daysAfter(week.firstDay, WEEK_DAYS)),
    thisWeek: () => go("this-week", ({ today }) => today),
    pickDay: (day: string) => go("pick", () => day),

    stay: () => desk.tell({ type: "week-wanted", day: undefined }),

    discardAndGo: async () => {
      await desk.work("discard-and-go", ({ wanted, today }) => open(wanted ?? today));
      await desk.readTitles();
    },

    saveAndGo: async () => {
      await saveFresh("save-and-go", async (state) => {
        const event = await save(state);
        if (event.type === "failed" || state.wanted === undefined) return event;
        desk.tell(event);
        const now = desk.ready();
        if (now === undefined || pendingOf(now).length > 0) return { type: "told", notice: now?.notice };
        return open(state.wanted);
      });
      await desk.readTitles();
    },

    copyLastWeek: async () => {
      await desk.work("copy", async ({ week, today }) =>
        eventOf(await desk.readWeek(daysAfter(week.firstDay, -WEEK_DAYS)), ({ entries }) => {
          const now = desk.ready();
          return now === undefined
            ? { type: "told", notice: undefined }
            : { type: "copied", copied: copyOf(entries, now, today) };
        }),
      );
      await desk.readTitles();
    },
  };
}

/** Which of the changes was refused; -1 where it was not one of them. */
function placeOf({ at = "" }: Failure): number {
  return Number(/^body\.changes\.(?<place>\d{1,4})(?:\.|$)/u.exec(at)?.groups?.place ?? -1);
}
