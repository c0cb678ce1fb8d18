/** All that My time knows and shows. One value, changed in one place: each change sends the whole tree to Jira. */
import type { myUnassigned } from "@stageledger/core/contract/entries";
import type { linkCode } from "@stageledger/core/contract/links";
import type { myExport } from "@stageledger/core/contract/my-data";
import type { z } from "zod";
import type { FoundIssue } from "../../jira/find-issues.ts";
import type { Failure } from "../../ledger/failure.ts";
import type { MirrorState } from "../../mirror/mirror-state.ts";
import type { Change, Draft, Drafts, Pending, WeekRequest } from "./week-changes.ts";
import { type AddedItem, type Field, fieldAt, fieldsOf, type MyWeek, rowsOf } from "./week-grid.ts";

export type MyTimeState =
  | { readonly phase: "reading" }
  | { readonly phase: "failed"; readonly failure: Failure }
  /** Nothing of the person is left to show. */
  | { readonly phase: "erased"; readonly entries: number }
  | ReadyMyTime;

export interface ReadyMyTime {
  readonly phase: "ready";
  /** The author's own. */
  readonly today: string;
  readonly week: MyWeek;
  /** By field. */
  readonly drafts: Drafts;
  /** How often the app has written into a field: with another number it is another field. */
  readonly fillings: ReadonlyMap<string, number>;
  /** The field that takes the focus when it appears. */
  readonly focus: string | undefined;
  readonly added: readonly AddedItem[];
  /** Items that somebody looked for: their rows are shown, however many there are. */
  readonly lookedFor: ReadonlySet<string>;
  /** Whether all rows of the week are shown, and not only the first. */
  readonly showsAllRows: boolean;
  /** By item; as Jira shows them to the person. */
  readonly titles: ReadonlyMap<string, string>;
  readonly search: Search;
  /** The day of another week, which was asked for while there is something to save here. */
  readonly wanted: string | undefined;
  /** What was sent and perhaps done. */
  readonly unsure: Sending | undefined;
  readonly section: Section;
  readonly unassigned: Part<z.output<typeof myUnassigned>>;
  /** By entry: the project that was chosen for it. */
  readonly places: ReadonlyMap<string, string>;
  readonly links: Part<{ readonly others: number }>;
  readonly code: z.output<typeof linkCode> | undefined;
  readonly redeeming: Filled;
  readonly asksToUnlink: boolean;
  readonly exported: Exported | undefined;
  readonly erasing: Filled;
  readonly mirror: MirrorState;
  /** What is under way: one thing at a time. */
  readonly busy: Work | undefined;
  readonly notice: Notice | undefined;
}

/** A text that somebody types, over what the app wrote there; see {@link ReadyMyTime.fillings}. */
export interface Filled {
  readonly text: string;
  readonly number: number;
}

interface Search extends Filled {
  /** Undefined until somebody looked. */
  readonly found: readonly FoundIssue[] | undefined;
}

/** What is read only when somebody looks at it. */
type Part<T> =
  | { readonly phase: "reading" }
  | { readonly phase: "failed"; readonly failure: Failure }
  | { readonly phase: "read"; readonly value: T };

/** A call that changes the week, and what stood in the fields when it was made. */
export interface Sending {
  readonly body: WeekRequest;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Whether it takes back what was saved. */
  readonly isUndo: boolean;
}

export type Exported = z.output<typeof myExport>;

export const SECTIONS = ["week", "unassigned", "accounts", "data"] as const;
export type Section = (typeof SECTIONS)[number];

/** Each names the control that shows that it works. */
export type Work =
  | "save"
  | "undo"
  | "previous"
  | "next"
  | "this-week"
  | "pick"
  | "save-and-go"
  | "discard-and-go"
  | "copy"
  | "find"
  | `add ${string}`
  | `place ${string}`
  | "issue-code"
  | "redeem"
  | "unlink"
  | "export csv"
  | "export json"
  | "erase"
  | "mirror"
  | `copy ${string}`;

export type Notice =
  | { readonly kind: "saved"; readonly changes: readonly Change[]; readonly undo: readonly Change[] | undefined }
  | { readonly kind: "undone" | "nothing-to-save" | "taken-back" | "nothing-found" | "jira-unreached" | "must-confirm" }
  /** What stands in these cannot be saved as it is; nothing was sent. */
  | { readonly kind: "not-saved" }
  | { readonly kind: "copied"; readonly filled: number; readonly taken: number; readonly ahead: number }
  | { readonly kind: "added" | "already-there"; readonly itemKey: string }
  | { readonly kind: "placed"; readonly minutes: number; readonly project: string }
  | { readonly kind: "linked" | "unlinked" }
  | { readonly kind: "no-code" }
  | FailureNotice;

export interface FailureNotice {
  readonly kind: "failure";
  readonly failure: Failure;
  /** The one field that was refused, where it was one. */
  readonly field: Field | undefined;
  readonly conflicts: readonly Pending[];
  /** What was to be taken back, where it is not known whether it was: it can be pressed again. */
  readonly undo: readonly Change[] | undefined;
}

export const READING: MyTimeState = { phase: "reading" };
const EMPTY: Filled = { text: "", number: 0 };

export function readyMyTime(week: MyWeek, today: string, mirror: MirrorState): ReadyMyTime {
  return {
    phase: "ready",
    today,
    week,
    drafts: new Map(),
    fillings: new Map(),
    focus: firstField(week, today),
    added: [],
    lookedFor: new Set(),
    showsAllRows: false,
    titles: new Map(),
    search: { ...EMPTY, found: undefined },
    wanted: undefined,
    unsure: undefined,
    section: "week",
    unassigned: { phase: "reading" },
    places: new Map(),
    links: { phase: "reading" },
    code: undefined,
    redeeming: EMPTY,
    asksToUnlink: false,
    exported: undefined,
    erasing: EMPTY,
    mirror,
    busy: undefined,
    notice: undefined,
  };
}

export function refilled({ number }: Filled, text: string): Filled {
  return { text, number: number + 1 };
}

/** Today's, or else the first. */
function firstField(week: MyWeek, today: string): string | undefined {
  const fields = fieldsOf(rowsOf({ week, added: [], drafts: new Map() }));
  return (fields.find(({ date }) => date === today) ?? fields[0])?.id;
}

/** Where time on an item that was just added would be typed: today, where the week has it. */
export function fieldOfAdded(itemId: string, { week, today }: ReadyMyTime): string {
  const isThisWeek = week.firstDay <= today && today <= week.lastDay;
  return fieldAt(itemId, isThisWeek ? today : week.firstDay);
}
