/** Neutral facts about one work item, as a vendor's transformer hands them to the core. No person is in them. */

/** An item moved from one status to another (a fact, in the past tense). */
export interface StageChange {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The source's own order (Jira: history id). Orders changes of one instant (E16) and, with `index`, is the fact's identity. */
  readonly sequence: number;
  /** Place of the change among those of the same history. */
  readonly index: number;
  /** Status id that the item left; undefined when the source does not say. */
  readonly from: string | undefined;
  readonly to: string;
}

/** A flag, a blocking link or a roadblock began or ended (F24). */
export interface BlockChange {
  readonly at: number;
  readonly sequence: number;
  readonly index: number;
  readonly reason: "flag" | "link" | "roadblock";
  /** What blocks, when several can at once: the blocking issue's key for a link, the id of a roadblock, "" for the flag. */
  readonly source: string;
  readonly begins: boolean;
}

/** Everything the flow rules need to know about one item. Arrays may come in any order, with duplicates. */
export interface ItemFacts {
  /** Stable id (E14). */
  readonly id: string;
  /** Key for people, e.g. PAY-88. */
  readonly key: string;
  readonly project: string;
  readonly createdAt: number;
  /** Status id the source shows now; undefined when it shows none (event logs). */
  readonly currentStatus: string | undefined;
  /** Resolution the source shows now, by name (E12). */
  readonly resolution: string | undefined;
  /** Sub-tasks are no items by default (E10). */
  readonly isSubtask: boolean;
  readonly parentId: string | undefined;
  /** Counts in its own project only: of a work item in several projects, one counts in totals (E8). Absent: it counts. */
  readonly isRepeated?: boolean;
  readonly changes: readonly StageChange[];
  readonly blocks: readonly BlockChange[];
  /** Instants of resolution and project changes: they reset the stall clock (F25). */
  readonly otherActivity: readonly number[];
  /** The source said how many histories exist and gave fewer. */
  readonly isTruncated: boolean;
  /** False when the source gave no changelog at all: one stay from creation to now (E15). */
  readonly hasHistory: boolean;
}
