/** A file that appears under its name only when it is whole. */
import { closeSync, openSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { StageledgerError } from "@stageledger/core";

export class OutputFile {
  readonly #path: string;
  /** Undefined for a device or a pipe, which is written to as it is: a file must not take its place. */
  readonly #partial: string | undefined;
  readonly #file: number;
  #isOpen = true;

  /** @throws StageledgerError OUTPUT_UNWRITABLE */
  constructor(path: string) {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory() === true) throw unwritable(path);
    this.#path = existing === undefined ? path : realpathSync(path);
    this.#partial = isReplaceable(existing) ? `${this.#path}.partial` : undefined;
    try {
      this.#file = openSync(this.#partial ?? this.#path, "w");
    } catch (cause) {
      throw unwritable(path, cause);
    }
  }

  /** @throws StageledgerError OUTPUT_UNWRITABLE */
  write(text: string): void {
    try {
      writeFileSync(this.#file, text);
    } catch (cause) {
      throw unwritable(this.#path, cause);
    }
  }

  /** Puts the file in its place. @throws StageledgerError OUTPUT_UNWRITABLE */
  keep(): void {
    this.#close();
    try {
      if (this.#partial !== undefined) renameSync(this.#partial, this.#path);
    } catch (cause) {
      this.#remove();
      throw unwritable(this.#path, cause);
    }
  }

  /** Leaves nothing half-written behind; what is kept already stays. */
  abandon(): void {
    if (!this.#isOpen) return;
    this.#close();
    this.#remove();
  }

  #close(): void {
    this.#isOpen = false;
    closeSync(this.#file);
  }

  #remove(): void {
    if (this.#partial !== undefined) rmSync(this.#partial, { force: true });
  }
}

function isReplaceable(existing: Stats | undefined): boolean {
  return existing === undefined || existing.isFile();
}

function unwritable(path: string, cause?: unknown): StageledgerError {
  return new StageledgerError("OUTPUT_UNWRITABLE", `${path} cannot be written.`, {
    next: "Check that its folder exists, that it names a file, that you may write there and that the disk has room.",
    cause,
  });
}
