/**
 * The files of one run: opened before the work, so that a bad path shows at once, and put in their
 * places together when everything is written.
 */
import type { MeasuredItem, ReportZone, StageMap } from "@stageledger/core";
import type { Analysis } from "../run-analysis.ts";
import { cfdColumns, cfdRows } from "./cfd-csv.ts";
import { CsvFile } from "./csv-file.ts";
import { ITEM_COLUMNS, itemRow } from "./items-csv.ts";
import { OutputFile } from "./output-file.ts";
import { stagesYaml } from "./stages-yaml.ts";
import { STATUS_COLUMNS, StatusTable } from "./statuses-csv.ts";

export interface FilePaths {
  readonly items: string | undefined;
  readonly statusesOut: string | undefined;
  readonly cfd: string | undefined;
  readonly stagesOut: string | undefined;
  /** Where the answer goes; undefined = not into a file. */
  readonly output: string | undefined;
  readonly zone: ReportZone;
}

export class AnalysisFiles {
  readonly #items: CsvFile | undefined;
  readonly #statuses: CsvFile | undefined;
  readonly #cfd: CsvFile | undefined;
  readonly #stages: OutputFile | undefined;
  readonly #answer: OutputFile | undefined;
  readonly #opened: (CsvFile | OutputFile)[] = [];
  readonly #statusTable = new StatusTable();
  readonly #zone: ReportZone;

  /** @throws StageledgerError OUTPUT_UNWRITABLE; none of the files is there then */
  constructor(paths: FilePaths) {
    this.#zone = paths.zone;
    try {
      this.#items = this.#open(paths.items, (path) => new CsvFile(path));
      this.#statuses = this.#open(paths.statusesOut, (path) => new CsvFile(path));
      this.#cfd = this.#open(paths.cfd, (path) => new CsvFile(path));
      this.#stages = this.#open(paths.stagesOut, (path) => new OutputFile(path));
      this.#answer = this.#open(paths.output, (path) => new OutputFile(path));
    } catch (error) {
      this.abandon();
      throw error;
    }
    this.#items?.add([...ITEM_COLUMNS]);
    this.#statuses?.add([...STATUS_COLUMNS]);
  }

  /** Takes each item; undefined when no file lists items, so that nobody need put them in order. */
  get taker(): ((item: MeasuredItem, map: StageMap) => void) | undefined {
    if (this.#items === undefined && this.#statuses === undefined) return undefined;
    return (item, map) => {
      this.#items?.add(itemRow(item, map, this.#zone));
      if (this.#statuses !== undefined) this.#statusTable.add(item);
    };
  }

  /** Call once, after the last item, with the rendered answer. @throws StageledgerError OUTPUT_UNWRITABLE */
  write({ map, statuses, builder, settings }: Analysis, answer: string): void {
    for (const row of this.#statusTable.rows(statuses)) this.#statuses?.add(row);
    if (this.#cfd !== undefined) {
      this.#cfd.add(cfdColumns(map));
      for (const row of cfdRows(builder, settings.window)) this.#cfd.add(row);
    }
    this.#stages?.write(stagesYaml(map, statuses));
    this.#answer?.write(answer);
    for (const file of this.#opened) file.keep();
  }

  /** After a failure: nothing half-written stays behind. */
  abandon(): void {
    for (const file of this.#opened) file.abandon();
  }

  #open<F extends CsvFile | OutputFile>(path: string | undefined, open: (path: string) => F): F | undefined {
    if (path === undefined) return undefined;
    const file = open(path);
    this.#opened.push(file);
    return file;
  }
}
