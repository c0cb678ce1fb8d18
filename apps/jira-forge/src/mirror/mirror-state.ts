/** What a page knows of the copies in Jira. Pure. */
import type { mySettings } from "@stageledger/core/contract/my-data";
import type { z } from "zod";
import type { Failure } from "../ledger/failure.ts";
import type { CopiedEntry, Copy } from "./copies.ts";
import type { Wish } from "./plan-copies.ts";

/** What the ledger keeps of it. */
export type MirrorSettings = z.output<typeof mySettings>;

export interface MirrorState {
  /** Whether what I log is copied; undefined = not known, and then nothing is. */
  readonly isOn: boolean | undefined;
  /** Ids of entries that are marked as copied and have no copy in Jira. */
  readonly missing: readonly string[];
  /** What Jira did not take; the ledger has it all the same. */
  readonly failed: readonly FailedCopy[];
  readonly leftovers: readonly Leftover[];
}

export interface FailedCopy {
  readonly entry: CopiedEntry;
  readonly wish: Wish;
  readonly failure: Failure;
}

/** A copy whose entry was deleted here. */
export interface Leftover extends Copy {
  /** Jira's id. */
  readonly issue: string;
}

export type MirrorNews =
  | { readonly kind: "setting"; readonly isOn: boolean | undefined }
  | { readonly kind: "looked"; readonly missing: readonly string[]; readonly leftovers: readonly Leftover[] }
  | { readonly kind: "settled"; readonly entryId: string; readonly isMissing: boolean }
  | ({ readonly kind: "failed" } & FailedCopy)
  | { readonly kind: "left"; readonly entryId: string }
  | { readonly kind: "leftover-gone"; readonly worklogId: string };

export const NO_MIRROR: MirrorState = { isOn: undefined, missing: [], failed: [], leftovers: [] };

/** The same state where nothing is new: then nothing is drawn. */
export function mirrorReducer(state: MirrorState, news: MirrorNews): MirrorState {
  const { missing, failed, leftovers } = state;
  switch (news.kind) {
    case "setting":
      return state.isOn === news.isOn ? state : { ...state, isOn: news.isOn };
    case "looked":
      if (isSame(missing, news.missing) && leftovers.length === 0 && news.leftovers.length === 0) return state;
      return { ...state, missing: news.missing, leftovers: news.leftovers };
    case "settled": {
      const { entryId, isMissing } = news;
      const isKnown = missing.includes(entryId) === isMissing && failed.every(({ entry }) => entry.id !== entryId);
      return isKnown ? state : { ...state, ...forgotten(state, entryId), missing: marked(missing, entryId, isMissing) };
    }
    case "failed": {
      const { entry, wish, failure } = news;
      const others = failed.filter((one) => one.entry.id !== entry.id);
      return {
        ...state,
        failed: [...others, { entry, wish, failure }],
        missing: wish === "copy" ? marked(missing, entry.id, true) : missing,
      };
    }
    case "left":
      return { ...state, ...forgotten(state, news.entryId) };
    case "leftover-gone":
      return { ...state, leftovers: leftovers.filter(({ worklogId }) => worklogId !== news.worklogId) };
  }
}

function forgotten({ failed }: MirrorState, entryId: string): Pick<MirrorState, "failed"> {
  return { failed: failed.filter(({ entry }) => entry.id !== entryId) };
}

function marked(ids: readonly string[], id: string, isIn: boolean): readonly string[] {
  const others = ids.filter((one) => one !== id);
  return isIn ? [...others, id] : others;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

/** What is said with a new entry. */
export function mirroring({ isOn }: MirrorState): { readonly isMirrored?: true } {
  return isOn === true ? { isMirrored: true } : {};
}
