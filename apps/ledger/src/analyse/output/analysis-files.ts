/** The CSV files of one run: opened before the work, so that a bad path shows at once, and kept only when it succeeds. */
import type { MeasuredItem, ReportZone, StageMap } from "@stageledger/core";
import type { Analysis } from "../run-analysis.ts";
import { cfdColumns, cfdRows } from "./cfd-csv.ts";
import { CsvFile } from "./csv-file.ts";
import { ITEM_COLUMNS, itemRow } from "./items-csv.ts";
import { STATUS_COLUMNS, StatusTable } from "./statuses-csv.ts";

export interface FilePaths {
  readonly items: string | undefined;
  readonly statusesOut: string | undefined;
  readonly cfd: string | undefined;
  readonly zone: ReportZone;
}

export class AnalysisFiles {
  readonly #items: CsvFile | undefined;
  readonly #statuses: CsvFile | undefined;
  readonly #cfdPath: string | undefined;
  readonly #statusTable = new StatusTable();
  readonly #zone: ReportZone;

  /** @throws StageledgerError OUTPUT_UNWRITABLE */
  constructor(paths: FilePaths) {
    this.#items = paths.items === undefined ? undefined : new CsvFile(paths.items, ITEM_COLUMNS);
    this.#statuses = paths.statusesOut === undefined ? undefined : new CsvFile(paths.statusesOut, STATUS_COLUMNS);
    this.#cfdPath = paths.cfd;
    this.#zone = paths.zone;
  }

  add(item: MeasuredItem, map: StageMap): void {
    this.#items?.add(itemRow(item, map, this.#zone));
    if (this.#statuses !== undefined) this.#statusTable.add(item);
  }

  /** Call once, after the last item. @throws StageledgerError OUTPUT_UNWRITABLE */
  write({ map, statuses, builder, settings }: Analysis): void {
    this.#items?.close();
    for (const row of this.#statusTable.rows(statuses)) this.#statuses?.add(row);
    this.#statuses?.close();
    if (this.#cfdPath === undefined) return;
    const cfd = new CsvFile(this.#cfdPath, cfdColumns(map));
    for (const row of cfdRows(builder, settings.window)) cfd.add(row);
    cfd.close();
  }

  /** After a failure: nothing half-written stays behind. */
  abandon(): void {
    this.#items?.abandon();
    this.#statuses?.abandon();
  }
}
