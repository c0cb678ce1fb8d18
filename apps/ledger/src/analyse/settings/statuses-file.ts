/** Reads the list of statuses that GET /rest/api/3/status gives. */
import { readFile } from "node:fs/promises";
import { StageledgerError, type StatusCategory } from "@stageledger/core";
import { readStatus } from "../../jira/read-issue.ts";

/** @throws StageledgerError STATUSES_UNREADABLE */
export async function readStatusesFile(
  path: string,
): Promise<{ readonly id: string; readonly name: string; readonly category: StatusCategory | undefined }[]> {
  let raw: unknown;
  try {
    // Trimming takes off a byte order mark.
    raw = JSON.parse((await readFile(path, "utf8")).trim());
  } catch (cause) {
    throw unreadable(path, "cannot be read as JSON", cause);
  }
  if (!Array.isArray(raw)) throw unreadable(path, "should hold an array of statuses");
  try {
    return raw.map(readStatus);
  } catch (cause) {
    throw unreadable(
      path,
      cause instanceof StageledgerError ? `does not fit: ${cause.message.replace(/\.$/u, "")}` : "does not fit",
      cause,
    );
  }
}

function unreadable(path: string, why: string, cause?: unknown): StageledgerError {
  return new StageledgerError("STATUSES_UNREADABLE", `The statuses file ${path} ${why}.`, {
    next: "Save the answer of GET <site>/rest/api/3/status, unchanged.",
    cause,
  });
}
