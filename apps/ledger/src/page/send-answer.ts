/** Sends what a member asked for: kept by their browser only, which asks each time whether it is still so. */
import type { Request, Response } from "express";
import type { BytesAnswer } from "./bytes-answer.ts";

export interface FileKind {
  readonly type: "application/json" | "text/csv";
  /** Of a file to be saved; undefined for what a page reads. */
  readonly name?: string;
}

export function sendAnswer(
  request: Request,
  response: Response,
  { body, etag }: Pick<BytesAnswer, "body" | "etag">,
  kind: FileKind,
): void {
  response.set({ etag, "x-content-type-options": "nosniff" });
  if (kind.name !== undefined) response.attachment(kind.name);
  response.type(`${kind.type}; charset=utf-8`);
  if (holds(request, etag)) response.status(304).end();
  else response.status(200).end(body);
}

/**
 * Whether the one who asks has these very bytes. What a browser's `fetch` adds for a page that names its tag by itself, cache-control
 * no-cache, is heeded already: nobody answers but we.
 */
function holds({ headers }: Request, etag: string): boolean {
  const held = headers["if-none-match"] ?? "";
  return held.split(",").some((one) => one.trim().replace(/^W\//u, "") === etag);
}
