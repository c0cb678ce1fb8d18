/** All that the panel knows and shows. One value, changed in one place: each change sends the whole tree to Jira. */
import type { EntryAnswer, itemEntries } from "@stageledger/core/contract/entries";
import type { RoadblockAnswer } from "@stageledger/core/contract/roadblocks";
import type { TimerAnswer, timerState } from "@stageledger/core/contract/timer";
import type { z } from "zod";
import type { Failure } from "../ledger/failure.ts";
import { type MirrorState, mirrorReducer, NO_MIRROR } from "../mirror/mirror-state.ts";
import { EMPTY_DRAFT, type EntryDraft } from "./entry-draft.ts";

type ItemEntries = z.output<typeof itemEntries>;
export type TimerState = z.output<typeof timerState>;

export type PanelState =
  | { readonly phase: "reading" }
  | { readonly phase: "failed"; readonly failure: Failure }
  | ReadyPanel;

/** What the ledger told when the panel was opened, or looked again. */
export interface Read {
  readonly item: ItemEntries;
  readonly timer: TimerState;
  readonly roadblocks: readonly RoadblockAnswer[];
  /** The author's own. */
  readonly today: string;
  /** Whether they want what they log copied to Jira; undefined = not known. */
  readonly mirrorsToJira: boolean | undefined;
}

export interface ReadyPanel extends Omit<Read, "mirrorsToJira"> {
  readonly phase: "ready";
  readonly mirror: MirrorState;
  readonly draft: EntryDraft;
  readonly showsDetails: boolean;
  readonly showsAllEntries: boolean;
  readonly open: Opened | undefined;
  /** What is under way: one thing at a time. */
  readonly busy: Work | undefined;
  readonly notice: Notice | undefined;
  /** Something was perhaps done whose answer was lost: the next look shows. */
  readonly isUnsure: boolean;
}

/** What is unfolded: one thing at a time, so that the panel stays small. */
export type Opened =
  | { readonly kind: "edit"; readonly entry: EntryAnswer; readonly draft: EntryDraft }
  | { readonly kind: "stop"; readonly timer: TimerAnswer; readonly startsHere: boolean; readonly draft: EntryDraft }
  | { readonly kind: "let-go"; readonly timer: TimerAnswer }
  | { readonly kind: "roadblock"; readonly words: string }
  | { readonly kind: "purpose"; readonly text: string }
  | { readonly kind: "mirror" };

export type FormName = "log" | "edit" | "stop";

/** Each names the control that shows that it works. */
export type Work =
  | FormName
  | "remove"
  | "undo"
  | "start"
  | "pause"
  | "look"
  | "open-stop"
  | "start-instead"
  | "let-go"
  | `raise ${string}`
  | `resolve ${string}`
  | "purpose"
  | "mirror"
  | "copy"
  | `copy ${string}`
  | `leftover ${string}`;

export type Notice =
  | { readonly kind: "logged" | "changed" | "removed"; readonly entry: EntryAnswer; readonly revision: number }
  | { readonly kind: "undone" }
  | { readonly kind: "timer-let-go"; readonly timer: TimerAnswer }
  | { readonly kind: "raised" | "resolved"; readonly roadblock: RoadblockAnswer }
  | { readonly kind: "failure"; readonly failure: Failure };

export const READING: PanelState = { phase: "reading" };

/** @param showsDetails from the start: where there is room */
export function readyPanel({ mirrorsToJira: isOn, ...read }: Read, showsDetails: boolean): ReadyPanel {
  return {
    ...read,
    phase: "ready",
    mirror: mirrorReducer(NO_MIRROR, { kind: "setting", isOn }),
    draft: EMPTY_DRAFT,
    showsDetails,
    showsAllEntries: false,
    open: undefined,
    busy: undefined,
    notice: undefined,
    isUnsure: false,
  };
}

export function draftIn({ draft, open }: ReadyPanel, form: FormName): EntryDraft | undefined {
  if (form === "log") return draft;
  return open?.kind === form ? open.draft : undefined;
}
