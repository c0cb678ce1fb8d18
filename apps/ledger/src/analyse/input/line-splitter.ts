import type { TakeText } from "./json-splitter.ts";

const NEWLINE = 0x0a;

/** Cuts a byte stream into lines; empty ones are passed over. */
export class LineSplitter {
  readonly #take: TakeText;
  #parts: Buffer[] = [];
  #line = 0;

  constructor(take: TakeText) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const rest = chunk.subarray(from, at);
      this.#emit(this.#parts.length === 0 ? rest : Buffer.concat([...this.#parts, rest]));
      this.#parts = [];
      from = at + 1;
    }
    if (from < chunk.length) this.#parts.push(Buffer.from(chunk.subarray(from)));
  }

  end(): void {
    if (this.#parts.length > 0) this.#emit(Buffer.concat(this.#parts));
  }

  #emit(bytes: Buffer): void {
    this.#line += 1;
    // Trimming takes off a byte order mark too.
    const text = bytes.toString("utf8").trim();
    if (text !== "") this.#take(text, this.#line);
  }
}
