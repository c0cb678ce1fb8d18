/** All that the admin page knows and shows. One value, changed in one place: each change sends the whole tree to Jira. */
import type { siteState } from "@stageledger/core/contract/site-state";
import type { z } from "zod";
import type { Failure } from "../../ledger/failure.ts";
import type { Stages, StagesDraft } from "./stage-draft.ts";

export type Site = z.output<typeof siteState>;
export type Connection = Site["connections"][number];

export type AdminState =
  | { readonly phase: "reading" }
  | { readonly phase: "failed"; readonly failure: Failure }
  | ReadyAdmin;

/** What the ledger told when the page was opened, or looked again. */
export interface Read {
  readonly site: Site;
  readonly stages: Stages;
}

export interface ReadyAdmin extends Read {
  readonly phase: "ready";
  readonly names: ProjectNames;
  /** While somebody changes the stages. */
  readonly editing: StageEditing | undefined;
  /** The version that was before the one that this page has saved: it can be had back. */
  readonly versionBefore: Stages | undefined;
  readonly open: Opened | undefined;
  /** What is under way: one thing at a time. */
  readonly busy: Work | undefined;
  readonly notice: Notice | undefined;
}

export interface StageEditing {
  readonly draft: StagesDraft;
  /** What the fields held before the app filled them with something else. */
  readonly setAside: { readonly draft: StagesDraft; readonly why: "proposed" | "put-back" } | undefined;
  /** What the stages were before somebody else saved a version. */
  readonly overtaken: Stages | undefined;
  /** Somebody wanted to save, and could not. */
  readonly showsFaults: boolean;
  /** What the last press on an arrow made of the order. */
  readonly moved: { readonly key: number; readonly hasMoved: boolean } | undefined;
}

/** Jira's own names of its projects, by source; they are only shown. */
export type ProjectNames =
  | { readonly kind: "reading" | "unread" }
  | { readonly kind: "read"; readonly bySource: ReadonlyMap<string, string> };

/** What is unfolded besides the stages. */
export type Opened =
  | { readonly kind: "zone"; readonly zone: string; readonly asks: boolean }
  | {
      readonly kind: "source";
      readonly source: string;
      /** The project that it belongs to now. */
      readonly from: string;
      /** One of the ledger's; undefined = one of another name. */
      readonly project: string | undefined;
      readonly newName: string;
      readonly asks: boolean;
      readonly isRemarked: boolean;
    };

/** Where the page says what came of a press. The stages have two: where they are proposed, and where they are saved. */
export type StagePlace = "proposal" | "stages";
export type SitePlace = "connections" | "projects" | "zone" | "worklogs";

/** Each names the control that shows that it works. */
export type Work = "look" | "propose" | "save-stages" | "source" | "zone" | "worklogs";

export type Notice = StageNotice | SiteNotice;

export type StageNotice =
  | { readonly at: "proposal"; readonly kind: "proposed"; readonly statuses: number }
  | { readonly at: "proposal"; readonly kind: "nothing-proposed" }
  | { readonly at: "proposal"; readonly kind: "taken-back" }
  | { readonly at: "proposal"; readonly kind: "put-back"; readonly version: number }
  | { readonly at: "stages"; readonly kind: "dropped"; readonly changes: number; readonly draft: StagesDraft }
  | { readonly at: "stages"; readonly kind: "saved" | "same"; readonly version: number }
  | { readonly at: StagePlace; readonly kind: "failure"; readonly failure: Failure };

export type SiteNotice =
  | { readonly at: "connections"; readonly kind: "looked" }
  | { readonly at: "projects"; readonly kind: "joined" | "renamed"; readonly source: string; readonly to: string }
  | { readonly at: "zone"; readonly kind: "zone"; readonly zone: string }
  | { readonly at: "worklogs"; readonly kind: "worklogs"; readonly isOn: boolean }
  | { readonly at: SitePlace; readonly kind: "failure"; readonly failure: Failure };

export const READING: AdminState = { phase: "reading" };

export function readyAdmin(read: Read): ReadyAdmin {
  return {
    ...read,
    phase: "ready",
    names: { kind: "reading" },
    editing: undefined,
    versionBefore: undefined,
    open: undefined,
    busy: undefined,
    notice: undefined,
  };
}
