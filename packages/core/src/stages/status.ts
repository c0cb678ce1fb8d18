/** Jira's three status categories; Asana sections get theirs from the stage map. */
export type StatusCategory = "new" | "indeterminate" | "done";

/** A vendor status as the source describes it, plus what had to be guessed about it. */
export interface Status {
  readonly id: string;
  readonly name: string;
  readonly category: StatusCategory;
  /** Where the category comes from: the source, a status's name, a resolution set in the same history (E6), or nothing. */
  readonly categoryFrom: "source" | "name" | "resolution" | "unknown";
  /** Names the status had before (E7), oldest first. */
  readonly formerNames: readonly string[];
  /** True when a list of statuses was given and this id is not in it: history still names it (E6). */
  readonly deleted: boolean;
  /** An item is or was in it; false for what only a list of statuses names. */
  readonly inUse: boolean;
}
