/**
 * Narrowing of untrusted JSON by hand, for the hot path: an analysis reads millions of values, and
 * a schema library costs several times what JSON.parse does. Every refusal names the path and what
 * was expected, never the value: values can be personal data.
 */
import { parseInstant, StageledgerError } from "@stageledger/core";

export type JsonObject = { readonly [member: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws StageledgerError INPUT_WRONG_SHAPE */
export function objectAt(value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw wrongShape(path, "an object", value);
  return value;
}

/** @throws StageledgerError INPUT_WRONG_SHAPE */
export function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongShape(path, "an array", value);
  return value;
}

/** A text, or a number as text: ids come as either. @throws StageledgerError INPUT_WRONG_SHAPE */
export function idAt(value: unknown, path: string): string {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw wrongShape(path, "an id", value);
}

export function optionalText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** @throws StageledgerError INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE */
export function instantAt(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (typeof value !== "string") throw wrongShape(path, "a date and time", value);
  const instant = parseInstant(value);
  if (instant === undefined) {
    throw new StageledgerError("INPUT_IMPOSSIBLE_DATE", `${path} is no possible date and time.`, {
      next: "Dates look like 2026-09-07T09:00:00.000+0200. Mend the line, or leave it out with --keep-going.",
    });
  }
  return instant;
}

export function wrongShape(path: string, expected: string, value: unknown): StageledgerError {
  const found =
    value === undefined ? "nothing" : value === null ? "null" : Array.isArray(value) ? "an array" : `a ${typeof value}`;
  return new StageledgerError("INPUT_WRONG_SHAPE", `${path} should be ${expected}, found ${found}.`, {
    next: "Export Jira REST issues (GET /rest/api/3/search/jql with expand=changelog), or name the columns of an event log with --csv.",
  });
}
