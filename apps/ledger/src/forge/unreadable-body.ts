/** What is kept of a body, or of a part of one, that came from the app and cannot be understood: nothing of what it says. Pure. */
import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ErrorCode, StageledgerError } from "@stageledger/core";
import type { BellFields } from "@stageledger/db";
import { Refusal } from "../http/refusal.ts";

export interface UnreadableBody {
  readonly errorCode: ErrorCode;
  /** `what`, `path`, `bytes` and `sha256`; without the last two where the body was not read, and its length not announced. */
  readonly fields: BellFields;
}

/** A body that is refused. @param bytes undefined where it was not read to its end: then its announced length is kept */
export function unreadableBody(
  error: StageledgerError,
  { headers }: IncomingMessage,
  bytes: Uint8Array | undefined,
): UnreadableBody {
  const path = (error instanceof Refusal ? error.details.at : undefined) ?? "body";
  const announced = Number(headers["content-length"] ?? Number.NaN);
  const size = bytes !== undefined ? sizeOf(bytes) : Number.isSafeInteger(announced) ? { bytes: announced } : {};
  return { errorCode: error.code, fields: { what: "unreadable", ...size, path } };
}

/** A body of which some events are refused. @param paths where they are; names of ours only */
export function unreadableEvents(bytes: Uint8Array, paths: readonly string[]): UnreadableBody | undefined {
  const [path] = paths;
  if (path === undefined) return undefined;
  return {
    errorCode: "BODY_UNREADABLE",
    fields: { what: "unreadable", ...sizeOf(bytes), path, events: paths.length },
  };
}

function sizeOf(bytes: Uint8Array): { readonly sha256: string; readonly bytes: number } {
  return { sha256: hash("sha256", bytes), bytes: bytes.length };
}
