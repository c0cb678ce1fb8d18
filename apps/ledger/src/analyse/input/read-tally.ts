/** What reading the input showed: counts for the checks, the as-of default and the findings. */
import { basename } from "node:path";
import { type Findings, type ItemPart, StageledgerError } from "@stageledger/core";

export class ReadTally {
  readonly #findings: Findings;
  readonly #keepGoing: boolean;
  #issues = 0;
  #withHistory = 0;
  #lastInstant = Number.NEGATIVE_INFINITY;
  #skipped = 0;
  readonly #brokenOff: string[] = [];

  constructor(findings: Findings, keepGoing: boolean) {
    this.#findings = findings;
    this.#keepGoing = keepGoing;
  }

  sawIssue(part: ItemPart, isRepeated: boolean): void {
    this.#issues += 1;
    if (part.hasHistory) this.#withHistory += 1;
    if (isRepeated && part.snapshot !== undefined) this.#findings.addOnce("duplicate-item", part.snapshot.key);
    this.sawPart(part);
  }

  /** A row of an event log: history by itself. */
  sawRow(part: ItemPart): void {
    this.#issues += 1;
    this.#withHistory += 1;
    this.sawPart(part);
  }

  /** A part that is no issue of its own, such as a page of histories. */
  sawPart(part: ItemPart): void {
    this.#see(part.createdAt);
    if (part.snapshot !== undefined) this.#see(part.snapshot.updatedAt);
    for (const { at } of part.changes) this.#see(at);
    for (const { at } of part.blocks) this.#see(at);
  }

  /** An unreadable value: noted under --keep-going, thrown otherwise. @throws StageledgerError naming file and line */
  skipped(path: string, line: number, error: StageledgerError, losesTheRest = false): void {
    // The name alone: reports travel, and a path can hold the name of whoever keeps the file.
    this.#skip(`${path}, line ${line}`, `${basename(path)}:${line}`, error);
    if (losesTheRest) this.#brokenOff.push(`${path}, line ${line}`);
  }

  /** The same for an issue of a live site. @throws StageledgerError naming the issue */
  skippedIssue(key: string, error: StageledgerError): void {
    this.#skip(`issue ${key}`, key, error);
  }

  #skip(place: string, shown: string, error: StageledgerError): void {
    if (!this.#keepGoing) {
      throw new StageledgerError(error.code, `${place}: ${error.message}`, {
        ...(error.next === undefined ? {} : { next: error.next }),
        cause: error,
      });
    }
    this.#skipped += 1;
    this.#findings.add("skipped-line", shown);
  }

  get issues(): number {
    return this.#issues;
  }

  get hasNoHistoryAtAll(): boolean {
    return this.#issues > 0 && this.#withHistory === 0;
  }

  get skippedValues(): number {
    return this.#skipped;
  }

  /** Files and lines after which nothing could be read. */
  get brokenOff(): readonly string[] {
    return this.#brokenOff;
  }

  /** The newest instant that the input mentions; undefined when it is empty. */
  get lastInstant(): number | undefined {
    return this.#lastInstant === Number.NEGATIVE_INFINITY ? undefined : this.#lastInstant;
  }

  #see(instant: number): void {
    if (instant > this.#lastInstant) this.#lastInstant = instant;
  }
}
