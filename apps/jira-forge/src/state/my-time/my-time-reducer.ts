/** What each thing that happens makes of the state of My time. Pure. */
import { durationText } from "@stageledger/core/contract/duration";
import type { FoundIssue } from "../../jira/find-issues.ts";
import type { Failure } from "../../ledger/failure.ts";
import { type MirrorNews, mirrorReducer, NO_MIRROR } from "../../mirror/mirror-state.ts";
import type { Copied } from "./last-week.ts";
import {
  type Exported,
  type FailureNotice,
  fieldOfAdded,
  type MyTimeState,
  type Notice,
  type ReadyMyTime,
  readyMyTime,
  refilled,
  type Section,
  type Sending,
  type Work,
} from "./my-time-state.ts";
import { oppositeChanges } from "./opposite-changes.ts";
import { conflictsOf, renewWeek } from "./renew-week.ts";
import type { Draft } from "./week-changes.ts";
import type { AddedItem, Field, MyWeek } from "./week-grid.ts";

export type MyTimeEvent =
  | { readonly type: "reading" }
  | {
      readonly type: "read";
      readonly week: MyWeek;
      readonly today: string;
      /** Whether they want what they log copied to Jira; undefined = not known. */
      readonly mirrorsToJira: boolean | undefined;
    }
  | { readonly type: "not-read"; readonly failure: Failure }
  | { readonly type: "erased"; readonly entries: number }
  | ReadyEvent;

interface Failed {
  readonly failure: Failure;
  readonly unsure?: Sending;
  readonly field?: Field;
}

type ReadyEvent =
  | WeekEvent
  | OtherEvent
  | { readonly type: "began"; readonly work: Work }
  | { readonly type: "told"; readonly notice: Notice | undefined }
  | { readonly type: "mirror-told"; readonly news: MirrorNews }
  | ({ readonly type: "failed" } & Failed);

type WeekEvent =
  | { readonly type: "typed"; readonly drafts: ReadonlyMap<string, Draft> }
  | { readonly type: "reading-taken"; readonly fields: readonly TakenReading[] }
  | { readonly type: "taken-back" }
  | { readonly type: "saved"; readonly week: MyWeek; readonly sent: Sending }
  | { readonly type: "undone"; readonly week: MyWeek; readonly sent: Sending }
  | { readonly type: "surely-refused" }
  /** @param failure why the ledger was asked again */
  | { readonly type: "renewed"; readonly week: MyWeek; readonly failure?: Failure }
  | { readonly type: "week-wanted"; readonly day: string | undefined }
  | { readonly type: "week-opened"; readonly week: MyWeek; readonly today: string }
  | { readonly type: "copied"; readonly copied: Copied }
  | { readonly type: "search-typed"; readonly text: string }
  | { readonly type: "found"; readonly issues: readonly FoundIssue[] }
  | { readonly type: "row-added"; readonly item: AddedItem }
  | { readonly type: "all-rows-wanted" }
  | { readonly type: "titles-told"; readonly titles: ReadonlyMap<string, string> };

type OtherEvent =
  | { readonly type: "section-opened"; readonly section: Section }
  | { readonly type: "unassigned-told"; readonly unassigned: ReadyMyTime["unassigned"] }
  | { readonly type: "project-chosen"; readonly entry: string; readonly project: string }
  | { readonly type: "placed"; readonly entry: string; readonly minutes: number; readonly project: string }
  | { readonly type: "links-told"; readonly links: ReadyMyTime["links"] }
  | { readonly type: "links-changed"; readonly others: number; readonly change: "linked" | "unlinked" }
  | { readonly type: "code-issued"; readonly code: NonNullable<ReadyMyTime["code"]> }
  | { readonly type: "code-typed"; readonly text: string }
  | { readonly type: "unlink-asked"; readonly isAsked: boolean }
  | { readonly type: "exported"; readonly exported: Exported | undefined }
  | { readonly type: "erasure-typed"; readonly text: string };

interface TakenReading {
  readonly id: string;
  readonly minutes: number;
  readonly of: string | undefined;
}

export function myTimeReducer(state: MyTimeState, event: MyTimeEvent): MyTimeState {
  switch (event.type) {
    case "reading":
      return { phase: "reading" };
    case "read":
      return readyMyTime(
        event.week,
        event.today,
        mirrorReducer(NO_MIRROR, { kind: "setting", isOn: event.mirrorsToJira }),
      );
    case "not-read":
      return { phase: "failed", failure: event.failure };
    case "erased":
      return { phase: "erased", entries: event.entries };
    default:
      // An answer that comes when the page has begun to read anew is told by what is read.
      return state.phase === "ready" ? readyReducer(state, event) : state;
  }
}

function readyReducer(state: ReadyMyTime, event: ReadyEvent): ReadyMyTime {
  switch (event.type) {
    case "began":
      return { ...state, busy: event.work, notice: undefined };
    case "told":
      return done(state, event.notice);
    case "mirror-told": {
      const mirror = mirrorReducer(state.mirror, event.news);
      return mirror === state.mirror ? state : { ...state, mirror };
    }
    case "failed":
      return {
        ...done(state, failureOf(event)),
        unsure: event.unsure ?? state.unsure,
      };
    case "section-opened":
    case "unassigned-told":
    case "project-chosen":
    case "placed":
    case "links-told":
    case "links-changed":
    case "code-issued":
    case "code-typed":
    case "unlink-asked":
    case "exported":
    case "erasure-typed":
      return otherReducer(state, event);
    default:
      return weekReducer(state, event);
  }
}

function weekReducer(state: ReadyMyTime, event: WeekEvent): ReadyMyTime {
  switch (event.type) {
    case "typed":
      return { ...state, drafts: new Map([...state.drafts, ...event.drafts]) };
    case "reading-taken":
      return readingTaken(state, event.fields);
    case "taken-back":
      return done(withoutDrafts(state), { kind: "taken-back" });
    case "saved": {
      const { changes } = event.sent.body;
      const undo = oppositeChanges(changes, state.week, event.week);
      return told(renewWeek(state, event.week, event.sent), { kind: "saved", changes, undo });
    }
    case "undone":
      return told(renewWeek(state, event.week, event.sent), { kind: "undone" });
    case "surely-refused":
      return { ...state, unsure: undefined };
    case "renewed": {
      const after = renewWeek(state, event.week);
      const { failure } = event;
      if (failure === undefined) return after;
      return { ...after, notice: { ...failureOf({ failure }), conflicts: conflictsOf(state, after) } };
    }
    case "week-wanted":
      return { ...state, wanted: event.day };
    case "week-opened":
      return {
        ...done(withoutDrafts(state), undefined),
        week: event.week,
        today: event.today,
        focus: undefined,
        showsAllRows: false,
        unsure: undefined,
        wanted: undefined,
      };
    case "copied":
      return copied(state, event.copied);
    case "search-typed":
      return { ...state, search: { ...state.search, text: event.text } };
    case "found":
      return {
        ...done(state, event.issues.length === 0 ? { kind: "nothing-found" } : undefined),
        search: { ...state.search, found: event.issues },
      };
    case "row-added":
      return rowAdded(state, event.item);
    case "all-rows-wanted":
      return { ...state, showsAllRows: true };
    case "titles-told":
      return { ...state, titles: new Map([...state.titles, ...event.titles]) };
  }
}

function otherReducer(state: ReadyMyTime, event: OtherEvent): ReadyMyTime {
  switch (event.type) {
    case "section-opened":
      return { ...state, section: event.section, notice: undefined, asksToUnlink: false };
    case "unassigned-told":
      return { ...state, unassigned: event.unassigned };
    case "project-chosen":
      return { ...state, places: new Map([...state.places, [event.entry, event.project]]) };
    case "placed":
      return placed(state, event);
    case "links-told":
      return { ...state, links: event.links };
    case "links-changed":
      return {
        ...done(state, { kind: event.change }),
        links: { phase: "read", value: { others: event.others } },
        asksToUnlink: false,
        redeeming: refilled(state.redeeming, ""),
      };
    case "code-issued":
      return { ...done(state, undefined), code: event.code };
    case "code-typed":
      return { ...state, redeeming: { ...state.redeeming, text: event.text } };
    case "unlink-asked":
      return { ...state, asksToUnlink: event.isAsked, notice: undefined };
    case "exported":
      return { ...done(state, undefined), exported: event.exported };
    case "erasure-typed":
      return { ...state, erasing: { ...state.erasing, text: event.text } };
  }
}

function failureOf({ failure, field, unsure }: Failed): FailureNotice {
  return {
    kind: "failure",
    failure,
    field,
    conflicts: [],
    undo: unsure?.isUndo === true ? unsure.body.changes : undefined,
  };
}

function done(state: ReadyMyTime, notice: Notice | undefined): ReadyMyTime {
  return { ...state, busy: undefined, notice };
}

/** The ledger has answered to what was sent. */
function told(state: ReadyMyTime, notice: Notice): ReadyMyTime {
  return { ...done(state, notice), unsure: undefined };
}

/** A field into which the app writes is another one than before: whatever was typed there would stay. */
function withoutDrafts(state: ReadyMyTime): ReadyMyTime {
  return { ...state, drafts: new Map(), fillings: filledOnce(state, [...state.drafts.keys()]) };
}

function filledOnce({ fillings }: ReadyMyTime, ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...fillings, ...ids.map((id) => [id, (fillings.get(id) ?? 0) + 1] as const)]);
}

/** Where it was one field, the focus goes back into it: Enter saves. */
function readingTaken(state: ReadyMyTime, fields: readonly TakenReading[]): ReadyMyTime {
  const drafts = new Map(state.drafts);
  for (const { id, minutes, of } of fields) drafts.set(id, { ...drafts.get(id), of, text: durationText(minutes) });
  const ids = fields.map(({ id }) => id);
  return { ...done(state, undefined), drafts, fillings: filledOnce(state, ids), focus: ids[0] };
}

function copied(state: ReadyMyTime, { drafts, added, taken, ahead }: Copied): ReadyMyTime {
  return {
    ...done(state, { kind: "copied", filled: drafts.size, taken, ahead }),
    drafts: new Map([...state.drafts, ...drafts]),
    fillings: filledOnce(state, [...drafts.keys()]),
    added: drafts.size === 0 ? state.added : added,
  };
}

function rowAdded(state: ReadyMyTime, item: AddedItem): ReadyMyTime {
  const isThere = [...state.added, ...state.week.entries].some(({ itemId }) => itemId === item.itemId);
  const focus = fieldOfAdded(item.itemId, state);
  return {
    ...done(state, { kind: isThere ? "already-there" : "added", itemKey: item.itemKey }),
    added: isThere ? state.added : [...state.added, item],
    lookedFor: new Set([...state.lookedFor, item.itemId]),
    search: { ...refilled(state.search, ""), found: undefined },
    focus,
    // A field takes the focus when it appears: where it was there, it appears anew, with what stands in it.
    fillings: isThere ? filledOnce(state, [focus]) : state.fillings,
  };
}

function placed(state: ReadyMyTime, { entry, minutes, project }: Extract<OtherEvent, { readonly type: "placed" }>) {
  const { unassigned } = state;
  const after: ReadyMyTime = done(state, { kind: "placed", minutes, project });
  if (unassigned.phase !== "read") return after;
  const entries = unassigned.value.entries.filter(({ id }) => id !== entry);
  return { ...after, unassigned: { ...unassigned, value: { ...unassigned.value, entries } } };
}
