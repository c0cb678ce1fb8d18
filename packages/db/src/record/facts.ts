/** What a door or an import hands to the ledger: neutral facts, from which every person was dropped but the pseudonym. */
import type { EntryRevision, ItemPart, StatusCategory } from "@stageledger/core";

export interface Facts {
  /** Ids of items and statuses begin with their source (`jira:10088`); `project` is the ledger's project. */
  readonly items: readonly ItemPart[];
  readonly statuses: readonly StatusSighting[];
  /** Revisions of entries of any number of people. Ids and pseudonyms are UUIDs. */
  readonly entries: readonly RecordedRevision[];
}

/** What a source said about a status. */
export interface StatusSighting {
  readonly statusId: string;
  /** In a list of statuses; as that of an item now; in a history, perhaps one that set a resolution on entering (E6). */
  readonly origin: "list" | "current" | "history" | "history-resolved";
  readonly name: string;
  readonly category: StatusCategory | undefined;
  readonly lastSeenAt: number;
}

export interface RecordedRevision extends EntryRevision {
  /** The import that brought it, so that it can be undone; undefined when a person or a vendor did. */
  readonly importId: string | undefined;
}

/** How many of the facts were new. What was known already changes nothing. */
export interface RecordOutcome {
  readonly newItems: number;
  readonly changedItems: number;
  readonly newFacts: number;
  readonly newRevisions: number;
  readonly newPostings: number;
  /** Revisions of entries from before the retention edge: ignored, or a source would bring back what was deleted. */
  readonly tooOld: number;
}
