/** A place where the ledger is not what its facts make of it. It names items, entries and labels, and never a person. */
export interface Difference {
  readonly kind: "timeline" | "revision" | "entry" | "balance" | "stage" | "cell" | "atom";
  /** An item's or entry's id, a project, or the labels of a cell or atom. */
  readonly what: string;
  /** What recounting gives. */
  readonly expected: string;
  readonly found: string;
}
