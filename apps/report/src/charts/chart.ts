/** One chart: what it says, how it is drawn, and the numbers that it is drawn from. */

import type { PlotOptions } from "@observablehq/plot";
import type { ReportTable } from "@stageledger/core/contract/page-routes";
import type { Table } from "../figures/data-table.tsx";

export interface Chart {
  /** In the page's address, and in the names of files. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly sentence: string;
  /** By which rule its numbers are counted. */
  readonly rule: string;
  /** Null when there is nothing to draw: the sentence says why. */
  readonly drawing: ((width: number) => PlotOptions) | null;
  /** How to read the marks, and what was left off. */
  readonly notes: readonly string[];
  readonly table: Table;
  /** The same numbers as a file. */
  readonly file: ReportTable;
}
