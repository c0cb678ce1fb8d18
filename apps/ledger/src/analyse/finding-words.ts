/** What each kind of data-quality finding means to a reader, and what was done about it. */
import type { Finding, FindingKind } from "@stageledger/core";
import { count } from "@stageledger/core/contract/figure-text";

export interface FindingWords {
  /** Follows the count: "9 re-opened". */
  readonly short: string;
  /** The same after "1", where it differs. */
  readonly shortOfOne?: string;
  /** One sentence: what was seen and how the report treats it. */
  readonly long: string;
  /** What the keys are. */
  readonly keysAre: "items" | "status ids" | "lines";
}

const WORDS: Readonly<Record<FindingKind, FindingWords>> = {
  "never-started": {
    short: "finished without a start",
    long: "Finished in the moment they started: counted in throughput, left out of cycle time.",
    keysAre: "items",
  },
  "backward-move": {
    short: "moved back",
    long: "Moved back to an earlier stage: the clock kept running and every stay was kept.",
    keysAre: "items",
  },
  reopened: {
    short: "re-opened",
    long: "Left a done stage again: the last finish that still holds is the one that counts.",
    keysAre: "items",
  },
  "back-to-backlog": {
    short: "sent back before the start",
    long: "Went back to before the commitment: their start was kept.",
    keysAre: "items",
  },
  "skipped-stage": {
    short: "skipped a stage",
    long: "Passed over a stage: drawn as passed, with no time in it.",
    keysAre: "items",
  },
  "unmapped-status": {
    short: "unmapped statuses",
    shortOfOne: "unmapped status",
    long: "Statuses that no stage names: their time is shown as Unmapped. Name them in a stages file; analyse and import jira take it with --stages.",
    keysAre: "status ids",
  },
  "deleted-status-guessed": {
    short: "deleted statuses, guessed",
    shortOfOne: "deleted status, guessed",
    long: "Statuses that exist only in the history: their place was guessed by name or resolution. Please confirm it.",
    keysAre: "status ids",
  },
  "status-category-guessed": {
    short: "status categories guessed",
    shortOfOne: "status category guessed",
    long: "No list of statuses was given: these statuses were placed by their names. A statuses file settles it.",
    keysAre: "status ids",
  },
  "status-category-conflict": {
    short: "statuses with two categories",
    shortOfOne: "status with two categories",
    long: "The export shows these statuses with different categories.",
    keysAre: "status ids",
  },
  "renamed-status": {
    short: "renamed statuses",
    shortOfOne: "renamed status",
    long: "Statuses whose name changed: the id keeps its stage.",
    keysAre: "status ids",
  },
  "resolution-looks-withdrawn": {
    short: "finished, but look withdrawn",
    shortOfOne: "finished, but looks withdrawn",
    long: "Done with a resolution that reads like “not done”: counted as finished until that resolution is listed.",
    keysAre: "items",
  },
  "created-mid-workflow": {
    short: "created past the start",
    long: "Created in a stage behind the commitment: the creation counts as the start.",
    keysAre: "items",
  },
  "no-history": {
    short: "without history",
    long: "Came without a history: read as one stay from creation to now.",
    keysAre: "items",
  },
  "change-before-creation": {
    short: "changed before creation",
    long: "Have a change older than their creation: the stay was set to zero.",
    keysAre: "items",
  },
  "clock-fault": {
    short: "clock faults",
    shortOfOne: "clock fault",
    long: "Have a stay that ends before it begins: counted as zero, never as negative.",
    keysAre: "items",
  },
  "history-gap": {
    short: "gaps in the history",
    shortOfOne: "gap in the history",
    long: "Have a change out of a status that they were not in: something between is missing.",
    keysAre: "items",
  },
  "status-mismatch": {
    short: "status does not fit the history",
    long: "Their last change does not lead to the status that the source shows.",
    keysAre: "items",
  },
  "history-truncated": {
    short: "histories cut short",
    shortOfOne: "history cut short",
    long: "The source handed over fewer changes than it has: times of these items are doubtful.",
    keysAre: "items",
  },
  "survivor-bias": {
    short: "survivor bias",
    long: "Many finished items have no start, so cycle times describe only the others.",
    keysAre: "items",
  },
  "batch-closing": {
    short: "closed in batches",
    long: "Half of the finishes or more fall on very few days: read the forecast with care.",
    keysAre: "items",
  },
  "duplicate-item": {
    short: "came twice",
    long: "Came more than once and were merged.",
    keysAre: "items",
  },
  "skipped-line": {
    short: "unreadable, left out",
    long: "Could not be read and were left out, as asked.",
    keysAre: "lines",
  },
};

export function findingWords(kind: FindingKind): FindingWords {
  return WORDS[kind];
}

/** "9 re-opened", "1 unmapped status". */
export function findingText({ kind, count: many }: Pick<Finding, "kind" | "count">): string {
  const { short, shortOfOne } = WORDS[kind];
  return `${count(many)} ${many === 1 ? (shortOfOne ?? short) : short}`;
}
