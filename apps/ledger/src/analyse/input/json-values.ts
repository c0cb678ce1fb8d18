/** Reads JSON values from a byte stream, whatever way they are laid out, and says on which line each begins. */
import { StageledgerError } from "@stageledger/core";
import { isObject } from "../../jira/json-shape.ts";
import { JsonSplitter } from "./json-splitter.ts";
import { LineSplitter } from "./line-splitter.ts";

/** Receives one issue (or whatever stands in its place) and the line on which it begins. */
export type TakeValue = (value: unknown, line: number) => void;
/** Called with each unreadable value, and whether nothing after it could be read either; may throw to stop. */
export type Refuse = (error: StageledgerError, line: number, losesTheRest: boolean) => void;

/** A first line longer than this is taken for a document without line breaks. */
const LONGEST_FIRST_LINE = 1 << 24;
const OPEN_BRACKET = "[";

/**
 * JSON lines are parsed line by line, so that one broken line spoils no other; anything else
 * (arrays, pages, indented documents) is cut by its brackets.
 *
 * @throws StageledgerError INPUT_NOT_JSON by way of `refuse`
 */
export async function readJsonValues(chunks: AsyncIterable<Buffer>, take: TakeValue, refuse: Refuse): Promise<void> {
  const takeText = (text: string, line: number): void => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // The parser's own message quotes the text, which can hold personal data.
      refuse(notJson(), line, false);
      return;
    }
    for (const issue of issuesIn(value)) take(issue, line);
  };
  const lines = new LineSplitter(takeText);
  const splitter = new JsonSplitter(takeText);

  let head: Buffer | undefined = Buffer.alloc(0);
  let isLines = false;
  const push = (chunk: Buffer): void => (isLines ? lines.push(chunk) : splitter.push(chunk));
  for await (const chunk of chunks) {
    if (head === undefined) {
      push(chunk);
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const layout = layoutOf(head, false);
    if (layout === undefined) continue;
    isLines = layout === "lines";
    push(head);
    head = undefined;
  }
  if (head !== undefined) {
    isLines = layoutOf(head, true) === "lines";
    push(head);
  }
  if (isLines) lines.end();
  else {
    const unfinished = splitter.end();
    if (unfinished !== undefined) refuse(neverEnds(), unfinished, true);
  }
}

/** Undefined while more bytes are needed to tell. */
function layoutOf(head: Buffer, isWhole: boolean): "lines" | "document" | undefined {
  const [first, second] = completeLines(head, isWhole);
  if (first === undefined) return isWhole || head.length > LONGEST_FIRST_LINE ? "document" : undefined;
  if (first.trimStart().startsWith(OPEN_BRACKET)) return "document";
  if (isJsonObject(first)) return "lines";
  if (second === undefined && !isWhole && head.length <= LONGEST_FIRST_LINE) return undefined;
  return second !== undefined && isJsonObject(second) ? "lines" : "document";
}

/** The first two complete lines that are not empty. */
function completeLines(head: Buffer, isWhole: boolean): string[] {
  const lines: string[] = [];
  let from = 0;
  while (lines.length < 2) {
    let end = head.indexOf(0x0a, from);
    if (end === -1) {
      if (!isWhole || from >= head.length) break;
      end = head.length;
    }
    const line = head.toString("utf8", from, end);
    if (line.trim() !== "") lines.push(line);
    from = end + 1;
  }
  return lines;
}

function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text.trim()));
  } catch {
    return false;
  }
}

function issuesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isObject(value) && Array.isArray(value.issues)) return value.issues;
  return [value];
}

function notJson(): StageledgerError {
  return new StageledgerError("INPUT_NOT_JSON", "The value that begins here is not JSON, or is cut off.", {
    next: "Export it again, or leave it out with --keep-going.",
  });
}

function neverEnds(): StageledgerError {
  return new StageledgerError(
    "INPUT_NOT_JSON",
    "What begins here never ends: the file is cut off, or a bracket lacks.",
    {
      next: "Export it again; --keep-going reads what comes before.",
    },
  );
}
