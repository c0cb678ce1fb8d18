/** What each thing that happens makes of the panel's state. Pure. */
import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import type { RoadblockAnswer } from "@stageledger/core/contract/roadblocks";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import type { Failure } from "../ledger/failure.ts";
import { type MirrorNews, mirrorReducer } from "../mirror/mirror-state.ts";
import { EMPTY_DRAFT, type EntryDraft, filled } from "./entry-draft.ts";
import {
  type FormName,
  type Notice,
  type Opened,
  type PanelState,
  type Read,
  type ReadyPanel,
  readyPanel,
  type TimerState,
  type Work,
} from "./panel-state.ts";

export type PanelEvent =
  | { readonly type: "reading" }
  | { readonly type: "read"; readonly read: Read; readonly showsDetails: boolean }
  | { readonly type: "not-read"; readonly failure: Failure }
  | ReadyEvent;

type ReadyEvent =
  | { readonly type: "read-again"; readonly read: Read }
  | { readonly type: "drafted"; readonly form: FormName; readonly change: Partial<EntryDraft> }
  | { readonly type: "day-turned"; readonly form: FormName; readonly today: string }
  | { readonly type: "details-toggled" }
  | { readonly type: "all-entries-shown" }
  | { readonly type: "opened"; readonly open: Opened | undefined }
  | { readonly type: "began"; readonly work: Work }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "logged"; readonly entry: EntryAnswer; readonly sent: string }
  | { readonly type: "timer-logged"; readonly entry: EntryAnswer; readonly timer: TimerState }
  | { readonly type: "edited"; readonly entry: EntryAnswer }
  | { readonly type: "removed"; readonly entry: EntryAnswer; readonly revision: number }
  | { readonly type: "undone"; readonly of: EntryAnswer; readonly entry: EntryAnswer | null }
  | { readonly type: "timer-told"; readonly timer: TimerState; readonly letGo?: TimerAnswer }
  | { readonly type: "stop-opened"; readonly timer: TimerState; readonly open: Opened }
  | { readonly type: "raised"; readonly roadblock: RoadblockAnswer }
  | { readonly type: "resolved"; readonly roadblock: RoadblockAnswer }
  | { readonly type: "purpose-told"; readonly text: string }
  | { readonly type: "mirror-set"; readonly isOn: boolean }
  | { readonly type: "mirror-told"; readonly news: MirrorNews }
  | { readonly type: "copied"; readonly entry: EntryAnswer }
  | { readonly type: "worked" };

export function panelReducer(state: PanelState, event: PanelEvent): PanelState {
  switch (event.type) {
    case "reading":
      return { phase: "reading" };
    case "read":
      return readyPanel(event.read, event.showsDetails);
    case "not-read":
      return { phase: "failed", failure: event.failure };
    default:
      // An answer that comes when the panel has begun to read anew is told by what is read.
      return state.phase === "ready" ? readyReducer(state, event) : state;
  }
}

function readyReducer(state: ReadyPanel, event: ReadyEvent): ReadyPanel {
  switch (event.type) {
    case "read-again":
      return readAgain(state, event.read);
    case "drafted":
      return withDraft(state, event.form, { remark: undefined, ...event.change });
    case "day-turned":
      return withDraft({ ...state, today: event.today }, event.form, { remark: "new-day" });
    case "details-toggled":
      return { ...state, showsDetails: !state.showsDetails };
    case "all-entries-shown":
      return { ...state, showsAllEntries: true };
    case "opened":
      return { ...state, open: event.open };
    case "began":
      return { ...state, busy: event.work, notice: undefined };
    case "failed":
      return {
        ...done(state, { kind: "failure", failure: event.failure }, state.open),
        isUnsure: state.isUnsure || !event.failure.isCertain,
      };
    case "logged":
      return logged(state, event.entry, event.sent);
    case "timer-logged":
      return { ...logged(state, event.entry), timer: event.timer };
    case "edited":
      return {
        ...done(state, { kind: "changed", entry: event.entry, revision: event.entry.revision }),
        item: withEntry(state.item, event.entry),
      };
    case "removed":
      return {
        ...done(state, { kind: "removed", entry: event.entry, revision: event.revision }),
        item: withoutEntry(state.item, event.entry.id),
      };
    case "undone":
      return undone(state, event.of, event.entry);
    case "timer-told":
      return {
        ...done(state, event.letGo === undefined ? state.notice : { kind: "timer-let-go", timer: event.letGo }),
        timer: event.timer,
      };
    case "stop-opened":
      return { ...done(state, undefined, event.open), timer: event.timer };
    case "raised":
      return {
        ...done(state, { kind: "raised", roadblock: event.roadblock }),
        roadblocks: [event.roadblock, ...state.roadblocks],
      };
    case "resolved":
      return {
        ...done(state, { kind: "resolved", roadblock: event.roadblock }),
        roadblocks: state.roadblocks.map((one) => (one.id === event.roadblock.id ? event.roadblock : one)),
      };
    case "purpose-told":
      return done(state, undefined, { kind: "purpose", text: event.text });
    case "mirror-set":
      return withMirror(done(state, undefined, state.open), { kind: "setting", isOn: event.isOn });
    case "mirror-told":
      return withMirror(state, event.news);
    case "copied":
      return { ...done(state, undefined), item: withEntry(state.item, event.entry) };
    case "worked":
      return done(state, undefined, state.open);
  }
}

function readAgain(state: ReadyPanel, read: Read): ReadyPanel {
  const { mirrorsToJira: isOn, ...shown } = read;
  const now = { ...state, ...shown, isUnsure: false, open: refreshed(state.open, read) };
  return withMirror(now, { kind: "setting", isOn });
}

/** The same state where nothing is new: then nothing is drawn. */
function withMirror(state: ReadyPanel, news: MirrorNews): ReadyPanel {
  const mirror = mirrorReducer(state.mirror, news);
  return mirror === state.mirror ? state : { ...state, mirror };
}

/** What is being changed is seen as it is now; what was typed stays. A timer that is none or another one is stopped no more. */
function refreshed(open: Opened | undefined, { item, timer: { timer } }: Read): Opened | undefined {
  if (open?.kind === "stop" || open?.kind === "let-go") {
    const { itemId, startedAt } = open.timer;
    return timer?.itemId === itemId && timer.startedAt === startedAt ? open : undefined;
  }
  if (open?.kind !== "edit") return open;
  const entry = item.entries.find(({ id }) => id === open.entry.id);
  return entry === undefined ? undefined : { ...open, entry };
}

function done(state: ReadyPanel, notice: Notice | undefined, open: Opened | undefined = undefined): ReadyPanel {
  return { ...state, busy: undefined, notice, open };
}

/** @param sent what stood in the field; what was typed since then stays */
function logged(state: ReadyPanel, entry: EntryAnswer, sent?: string): ReadyPanel {
  const { draft } = state;
  return {
    ...done(state, { kind: "logged", entry, revision: entry.revision }),
    item: withEntry(state.item, entry),
    draft: draft.text === sent ? emptied(draft) : draft,
  };
}

/** What kind of work it was is likely so the next time, too; stage and day are proposed anew. */
function emptied({ activity, filling }: EntryDraft): EntryDraft {
  return filled({ ...EMPTY_DRAFT, activity, filling }, "");
}

/** What was logged wrongly stands in the field again, to be put right. */
function undone(state: ReadyPanel, of: EntryAnswer, entry: EntryAnswer | null): ReadyPanel {
  const { draft } = state;
  const isFree = entry === null && draft.text === "" && of.itemId === state.item.itemId;
  return {
    ...done(state, { kind: "undone" }),
    item: entry === null ? withoutEntry(state.item, of.id) : withEntry(state.item, entry),
    draft: isFree ? filled(draft, durationText(of.minutes)) : draft,
  };
}

function withDraft(state: ReadyPanel, form: FormName, change: Partial<EntryDraft>): ReadyPanel {
  if (form === "log") return { ...state, draft: { ...state.draft, ...change } };
  const { open } = state;
  if (open?.kind !== "edit" && open?.kind !== "stop") return state;
  return { ...state, open: { ...open, draft: { ...open.draft, ...change } } };
}

type Item = ReadyPanel["item"];

function withEntry(item: Item, entry: EntryAnswer): Item {
  if (entry.itemId !== item.itemId) return item;
  return { ...item, entries: [...item.entries.filter(({ id }) => id !== entry.id), entry] };
}

function withoutEntry(item: Item, entryId: string): Item {
  return { ...item, entries: item.entries.filter(({ id }) => id !== entryId) };
}
