import { Findings, StatusCatalogue } from "@stageledger/core";
import { ReadTally } from "./input/read-tally.ts";
import { PackedLog } from "./log/packed-log.ts";

/** Everything that was read, before any rule looks at it. */
export interface LoadedLog {
  readonly log: PackedLog;
  readonly catalogue: StatusCatalogue;
  readonly findings: Findings;
  readonly tally: ReadTally;
}

/** @param keepGoing skip unreadable values and note them, instead of stopping at the first */
export function emptyLog(keepGoing: boolean): LoadedLog {
  const findings = new Findings();
  return {
    log: new PackedLog(),
    catalogue: new StatusCatalogue(),
    findings,
    tally: new ReadTally(findings, keepGoing),
  };
}
