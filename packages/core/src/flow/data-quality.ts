import { compareNatural } from "../natural-order.ts";

/** Doubts about the data that a reader should know; each has a rule or an edge behind it. */
export type FindingKind =
  | "never-started" // F4
  | "backward-move" // E1
  | "reopened" // E2
  | "back-to-backlog" // E3
  | "skipped-stage" // E4
  | "unmapped-status" // E5; keys are status ids
  | "deleted-status-guessed" // E6; keys are status ids
  | "status-category-guessed" // no list of statuses given; keys are status ids
  | "status-category-conflict" // the export shows one status with two categories; keys are status ids
  | "renamed-status" // E7; keys are status ids
  | "resolution-looks-withdrawn" // E12
  | "created-mid-workflow" // E15
  | "no-history" // E15
  | "change-before-creation" // E16
  | "clock-fault" // E16
  | "history-gap" // a change leaves a status that the item was not in
  | "status-mismatch" // the last change does not lead to the status that the source shows
  | "history-truncated" // the source gave fewer histories than it has
  | "survivor-bias" // E11
  | "batch-closing" // E20
  | "duplicate-item" // the same item came twice and was merged
  | "skipped-line"; // unreadable input, left out on request

/** A first-class finding: how many, and the first 20 keys in natural order. */
export interface Finding {
  readonly kind: FindingKind;
  readonly count: number;
  readonly keys: readonly string[];
}

/** Which findings touch the numbers of a rule. A finding that is absent from a report touches nothing. */
const FINDINGS_BY_RULE: Readonly<Record<string, readonly FindingKind[]>> = {
  F5: [
    "never-started",
    "reopened",
    "back-to-backlog",
    "created-mid-workflow",
    "survivor-bias",
    "change-before-creation",
    "clock-fault",
    "history-gap",
    "history-truncated",
  ],
  F7: ["reopened", "change-before-creation", "no-history"],
  F8: ["reopened", "status-mismatch", "no-history"],
  F9: ["backward-move", "back-to-backlog", "created-mid-workflow"],
  F11: ["reopened", "backward-move", "unmapped-status", "clock-fault", "history-gap", "history-truncated"],
  F15: ["reopened", "backward-move"],
  F18: ["never-started", "reopened", "survivor-bias"],
  F21: ["batch-closing"],
  F22: ["unmapped-status"],
  F24: ["history-truncated"],
  F25: ["no-history", "history-truncated"],
  F26: ["never-started", "reopened", "history-gap"],
  F27: ["unmapped-status", "status-mismatch"],
  F28: ["reopened", "never-started"],
  E1: ["backward-move", "reopened", "unmapped-status"],
  E2: ["reopened"],
  E4: ["skipped-stage", "unmapped-status", "history-truncated"],
  B2: [
    "unmapped-status",
    "status-mismatch",
    "history-gap",
    "history-truncated",
    "batch-closing",
    "status-category-guessed",
    "deleted-status-guessed",
  ],
  B4: ["status-mismatch"],
};

/** Findings that touch a rule's numbers; rules of one family share a list. */
export function findingsTouching(rule: string, present: ReadonlySet<FindingKind>): readonly FindingKind[] {
  return (FINDINGS_BY_RULE[rule] ?? []).filter((kind) => present.has(kind));
}

const KEYS_SHOWN = 20;

/** The first keys in natural order, however they come, and how many there were. */
export class KeySample {
  #count = 0;
  readonly #keys: string[] = [];

  add(key: string): void {
    this.#count += 1;
    const last = this.#keys.at(-1);
    const isLast = last === undefined || compareNatural(key, last) >= 0;
    if (isLast) {
      if (this.#keys.length < KEYS_SHOWN) this.#keys.push(key);
      return;
    }
    this.#keys.splice(
      this.#keys.findIndex((kept) => compareNatural(key, kept) < 0),
      0,
      key,
    );
    if (this.#keys.length > KEYS_SHOWN) this.#keys.pop();
  }

  /** Adds what another sample has seen. */
  merge(other: KeySample): void {
    const unseen = other.#count - other.#keys.length;
    for (const key of other.#keys) this.add(key);
    this.#count += unseen;
  }

  get count(): number {
    return this.#count;
  }

  get keys(): readonly string[] {
    return this.#keys;
  }
}

/** Counts findings by kind. */
export class Findings {
  readonly #sampleByKind = new Map<FindingKind, KeySample>();
  readonly #countByKind = new Map<FindingKind, number>();
  readonly #once = new Set<string>();

  add(kind: FindingKind, key: string): void {
    this.#sampleOf(kind).add(key);
  }

  /** Adds a sample that was gathered apart; its items are in no other of the same kind. */
  addAll(kind: FindingKind, sample: KeySample): void {
    this.#sampleOf(kind).merge(sample);
  }

  /** For keys that many items share, such as status ids: each counts once. */
  addOnce(kind: FindingKind, key: string): void {
    const seen = `${kind} ${key}`;
    if (this.#once.has(seen)) return;
    this.#once.add(seen);
    this.add(kind, key);
  }

  /** A finding about the whole, without keys. */
  note(kind: FindingKind, count: number): void {
    this.#countByKind.set(kind, count);
  }

  kinds(): ReadonlySet<FindingKind> {
    return new Set([...this.#sampleByKind.keys(), ...this.#countByKind.keys()]);
  }

  /** By kind, in alphabetical order. */
  list(): Finding[] {
    return [...this.kinds()].sort().map((kind) => {
      const sample = this.#sampleByKind.get(kind);
      return { kind, count: sample?.count ?? this.#countByKind.get(kind) ?? 0, keys: sample?.keys ?? [] };
    });
  }

  #sampleOf(kind: FindingKind): KeySample {
    let sample = this.#sampleByKind.get(kind);
    if (sample === undefined) {
      sample = new KeySample();
      this.#sampleByKind.set(kind, sample);
    }
    return sample;
  }
}
