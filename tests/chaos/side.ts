/**
 * A source with its people, as a run plays it: what happens there rings at the product, which asks there what is true. What people
 * do is what later has to be in the ledger.
 */
import type { inTransaction, TenantSecrets } from "@stageledger/db";
import type { ChildOrder } from "./child-order.ts";
import type { Dice } from "./dice.ts";
import type { StatusesByStage } from "./stages.ts";
import type { TrueLedger } from "./true-ledger.ts";

type LedgerTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

export const SOURCES = ["asana", "jira"] as const;
export type Source = (typeof SOURCES)[number];

export interface Side {
  readonly source: Source;
  readonly connectionId: string;
  readonly statuses: StatusesByStage;
  /** What a child has to know of it. */
  readonly order: Pick<ChildOrder, "asanaUrl" | "forgeKeysUrl">;
  /** How many calls came to it so far. */
  readonly calls: number;
  /** Nothing of what it was told to bring is on its way. */
  readonly isDelivered: boolean;
  /** How often each fault happened there. */
  readonly faults: Readonly<Record<string, number>>;

  /** In a transaction of role recorder. */
  connect(trx: LedgerTransaction, tenantId: string, secrets: TenantSecrets, now: number): Promise<void>;

  /** Whatever somebody does in a busy week. */
  act(): void;
  /** Time for days to come: which stage it is of, later moves decide. A bell tells of it. */
  planAhead(): void;
  /** A move to another status. A bell tells of it. */
  move(): void;
  /** Whatever does not take something away. */
  work(): void;
  /** Somebody logs at the product itself, where it can be done from the source. */
  logDirectly(): void;
  /** Lets people go on who waited for the clock. @param isEverything whoever waits, whatever the clock says */
  goOn(isEverything?: boolean): void;
  /** Rings for what is due by the clock; resolves when all of it was answered, or failed. */
  deliverDue(): Promise<unknown>;

  /** From here on bells are lost, doubled and late, and calls fail. */
  roughen(): void;
  /** From here on all is well. */
  calm(): void;
  /** From here on every bell comes, and comes alone; answers to people may still be lost. */
  ringForEach(): Promise<void>;
  /** From here on nothing rings, whatever a look has to find. */
  fallSilent(): void;
  /** Forgets where the product's reading of it was. Whether it has something to forget. */
  forget(): boolean;
  /** From here on its lists show what was. Something with hours on it goes for good. */
  lag(): void;
  /** The next calls are refused. */
  storm(calls: number, retryAfterSeconds: number): void;
  /** What goes wrong at the source, in no order. */
  planMishaps(dice: Dice, from: number, to: number): readonly Mishap[];

  /** By the world's own records. */
  truth(secrets: TenantSecrets): TrueLedger;
  /** All that happened to each thing, as JSON, a thing a line; names and texts left out. */
  deeds(): readonly string[];
  /** What its people were answered and should not have been. */
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

export interface Mishap {
  readonly at: number;
  readonly kind: string;
  readonly begin: () => void;
  /** Undefined for one that is over at once, or by itself. */
  readonly ending?: { readonly afterMilliseconds: number; readonly end: () => void };
}
