/**
 * Cuts a byte stream into the JSON texts of single issues without holding the document: objects
 * side by side, the elements of a top-level array, and the elements of the `issues` array of a
 * search page. It only finds where a value ends; JSON.parse judges it. Libraries that parse a
 * stream token by token take ten times as long.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const NEWLINE = 0x0a;
const PAGE_MEMBER = Buffer.from("issues");

/** Receives one value's text and the line, from 1, on which it begins. */
export type TakeText = (text: string, line: number) => void;

export class JsonSplitter {
  readonly #take: TakeText;
  /** Bytes of the present value that earlier chunks brought. */
  #parts: Buffer[] = [];
  /** Open braces and brackets of the present value; 0 = between values. */
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #line = 1;
  #valueLine = 1;
  /** How much of "issues" the present name of a top-level member matches; −1 = it does not. */
  #matched = -1;
  /** The name `issues` was read: a colon and a bracket make this a page. */
  #isPageName = false;
  /** Inside a page, after its issues: skip to the end of it. */
  #isPageTail = false;
  #isInPage = false;
  /** Lines on which the open brackets outside values began: a page, or an array of values. */
  readonly #openOnLines: number[] = [];
  #junk = false;

  constructor(take: TakeText) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === NEWLINE) {
        this.#line += 1;
        if (this.#junk) {
          this.#emit(chunk, from, at);
          this.#junk = false;
        }
        continue;
      }
      if (this.#inString) {
        at = this.#readString(chunk, at, byte);
        continue;
      }
      if (this.#junk) continue;
      if (this.#depth === 0) {
        if (this.#begin(byte)) from = at;
        continue;
      }
      if (byte === QUOTE) {
        this.#inString = true;
        this.#matched = this.#depth === 1 ? 0 : -1;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (byte === OPEN_BRACKET && this.#depth === 1 && this.#isPageName) this.#enterPage();
        else this.#depth += 1;
        this.#isPageName = false;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth -= 1;
        if (this.#depth === 0) {
          if (this.#isPageTail) {
            this.#isPageTail = false;
            this.#openOnLines.pop();
          } else this.#emit(chunk, from, at + 1);
          this.#parts = [];
        }
      } else if (byte > 0x20 && byte !== COLON) this.#isPageName = false;
    }
    if ((this.#depth > 0 || this.#junk) && !this.#isPageTail) this.#parts.push(Buffer.from(chunk.subarray(from)));
  }

  /** Line on which an unfinished value, array or page begins; undefined when the input ended between values. */
  end(): number | undefined {
    if (this.#junk) this.#take(Buffer.concat(this.#parts).toString("utf8"), this.#valueLine);
    return this.#depth > 0 && !this.#isPageTail ? this.#valueLine : this.#openOnLines.at(-1);
  }

  /** A byte between values; true when it begins one. */
  #begin(byte: number): boolean {
    if (byte <= 0x20 || byte === COMMA || byte === 0xef || byte === 0xbb || byte === 0xbf) return false;
    if (byte === CLOSE_BRACKET || byte === OPEN_BRACKET) {
      // Brackets of a top-level array only hold values; those of a page lead to its tail.
      if (byte === CLOSE_BRACKET && this.#isInPage) {
        this.#isInPage = false;
        this.#isPageTail = true;
        this.#depth = 1;
      } else if (byte === OPEN_BRACKET) this.#openOnLines.push(this.#line);
      else this.#openOnLines.pop();
      return false;
    }
    this.#valueLine = this.#line;
    if (byte === OPEN_BRACE) this.#depth = 1;
    else this.#junk = true;
    return true;
  }

  /** What was read of the page so far is dropped; its issues are values of their own. */
  #enterPage(): void {
    this.#parts = [];
    this.#depth = 0;
    this.#isInPage = true;
    this.#openOnLines.push(this.#valueLine);
  }

  /** Reads on inside a string; returns the place of the last byte that was looked at. */
  #readString(chunk: Buffer, at: number, byte: number): number {
    if (this.#isEscaped) {
      this.#isEscaped = false;
      this.#matched = -1;
      return at;
    }
    if (byte === QUOTE) {
      this.#inString = false;
      this.#isPageName = this.#matched === PAGE_MEMBER.length;
      return at;
    }
    if (byte === BACKSLASH) {
      this.#isEscaped = true;
      return at;
    }
    if (this.#matched >= 0) {
      this.#matched = PAGE_MEMBER[this.#matched] === byte ? this.#matched + 1 : -1;
      return at;
    }
    return skipPlain(chunk, at);
  }

  #emit(chunk: Buffer, from: number, to: number): void {
    const part = chunk.subarray(this.#parts.length > 0 ? 0 : from, to);
    const text =
      this.#parts.length > 0 ? Buffer.concat([...this.#parts, part]).toString("utf8") : part.toString("utf8");
    this.#parts = [];
    this.#take(text, this.#valueLine);
  }
}

/** Last byte before the next quote or backslash, from `at` on. */
function skipPlain(chunk: Buffer, at: number): number {
  const quote = chunk.indexOf(QUOTE, at);
  const end = quote === -1 ? chunk.length : quote;
  const backslash = chunk.subarray(at, end).indexOf(BACKSLASH);
  return (backslash === -1 ? end : at + backslash) - 1;
}
