/** All that the page knows comes through this door: over HTTP in the browser, over Jira's bridge inside Jira. */
import type { PageMyRoute } from "@stageledger/core/contract/page-my-routes";
import type { PagePortfolio, PageProjects } from "@stageledger/core/contract/page-projects";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReportTable } from "@stageledger/core/contract/page-routes";
import type { z } from "zod";

/** What is asked of a report; null leaves it to the ledger. */
export interface Question {
  /** A day, such as 2026-09-07, in the report zone. */
  readonly asOf: string | null;
  readonly weeks: number | null;
  readonly map: number | null;
  readonly time: "calendar" | "business";
}

/** Why there is no answer. */
export type Failure =
  | { readonly kind: "signed-out" }
  | { readonly kind: "offline" }
  /** It answered in another language than this page speaks: one of both is older. */
  | { readonly kind: "unreadable" }
  | {
      readonly kind: "refused";
      readonly code: string;
      readonly detail: string;
      readonly next: string | null;
      readonly requestId: string | null;
    };

export type Told<T> =
  | { readonly kind: "told"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Of a report, to be saved: the whole document, or one table. */
type ReportFile = { readonly kind: "json" } | { readonly kind: "csv"; readonly table: ReportTable };

export interface CallInput<C extends PageMyRoute> {
  readonly params?: z.input<C["params"]>;
  readonly query?: z.input<C["query"]>;
  readonly body?: z.input<C["body"]>;
}

/** What is only the reader's own. No method throws but for an abort of its signal. */
export interface MyLedger {
  readonly read: <C extends PageMyRoute>(
    contract: C,
    input: CallInput<C>,
    signal: AbortSignal,
  ) => Promise<Told<z.output<C["answer"]>>>;
  /** Whatever changes something. The same again right after a lost answer is done once. */
  readonly write: <C extends PageMyRoute>(contract: C, input: CallInput<C>) => Promise<Told<z.output<C["answer"]>>>;
}

/** No method throws but for an abort of its signal. */
export interface Ledger {
  /** It tells of one project only, wherever the page is. */
  readonly isOfOneProject: boolean;
  /** The reader's own time, and where they sign out; null inside Jira, which has pages of its own for both. */
  readonly own: { readonly mine: MyLedger; readonly signOutAddress: string } | null;
  readonly listProjects: (signal: AbortSignal) => Promise<Told<PageProjects>>;
  readonly getPortfolio: (
    question: Pick<Question, "asOf" | "weeks">,
    signal: AbortSignal,
  ) => Promise<Told<PagePortfolio>>;
  readonly getReport: (project: string, question: Question, signal: AbortSignal) => Promise<Told<PageReport>>;
  /** Null where files cannot be had by an address. */
  readonly fileAddress: (project: string, question: Question, file: ReportFile) => string | null;
  /** Where an item can be opened; null where nobody knows. */
  readonly itemAddress: (key: string, kind: "jira" | "asana") => string | null;
}
