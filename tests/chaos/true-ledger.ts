/** What the ledger has to say of a simulated week, from the deeds alone. The sides tell it, and share no code with the product. */
export interface TrueEntry {
  /** As the source calls it. */
  readonly name: string;
  readonly project: string;
  readonly stage: string;
  /** `2026-09-07` */
  readonly date: string;
  readonly minutes: number;
  readonly activity: string;
  readonly by: string;
}

/** `[status, since]`; {@link GONE} where it was not in the project. */
export type Stay = readonly [status: string, since: number];

export interface TrueItem {
  readonly stays: readonly Stay[];
  /** It was deleted once, or looked like it: when a deletion was noticed, nobody can promise. */
  readonly wasAway: boolean;
  /** Instants of stays that no record of the source tells of: whoever looks finds the item there, later or never. */
  readonly untold: ReadonlySet<number>;
  /** What became of the item: deleted, or in no chosen project any more. */
  readonly end: "here" | "out" | "deleted";
}

export interface TrueLedger {
  /** By the ledger's id of the entry. */
  readonly entries: ReadonlyMap<string, TrueEntry>;
  /** By the ledger's id of the item. */
  readonly items: ReadonlyMap<string, TrueItem>;
}

export const GONE = "gone";

export function joined(ledgers: readonly TrueLedger[]): TrueLedger {
  return {
    entries: new Map(ledgers.flatMap(({ entries }) => [...entries])),
    items: new Map(ledgers.flatMap(({ items }) => [...items])),
  };
}
