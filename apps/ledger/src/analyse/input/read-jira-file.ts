/** Fills a log from a file of Jira issues. */
import { StageledgerError, type StatusCatalogue } from "@stageledger/core";
import { readIssue } from "../../jira/read-issue.ts";
import type { PackedLog } from "../log/packed-log.ts";
import type { ByteSource } from "./byte-source.ts";
import { readJsonValues } from "./json-values.ts";
import type { ReadTally } from "./read-tally.ts";

/** @throws StageledgerError with the file's name and the line, unless `tally` may skip it */
export async function readJiraFile(
  source: ByteSource,
  path: string,
  log: PackedLog,
  catalogue: StatusCatalogue,
  tally: ReadTally,
): Promise<void> {
  const refuse = (error: StageledgerError, line: number, losesTheRest: boolean): void =>
    tally.skipped(path, line, error, losesTheRest);
  const context = { catalogue, flagFields: new Set<string>() };
  const take = (value: unknown, line: number): void => {
    try {
      const part = readIssue(value, context);
      tally.sawIssue(part, log.add(part));
    } catch (error) {
      if (!(error instanceof StageledgerError)) throw error;
      refuse(error, line, false);
    }
  };
  await readJsonValues(source.chunks, take, refuse);
}
