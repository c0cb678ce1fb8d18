/** Whether a loaded log can be analysed at all, and what to doubt about its statuses. */
import { StageledgerError, type Status } from "@stageledger/core";
import type { LoadedLog } from "./loaded-log.ts";

/** @throws StageledgerError INPUT_EMPTY, INPUT_NO_CHANGELOG, STATUSES_DO_NOT_FIT */
export function refuseUnusable({ tally, catalogue }: LoadedLog): void {
  if (tally.issues === 0) {
    throw new StageledgerError(
      "INPUT_EMPTY",
      tally.skippedValues > 0 ? "Not one issue could be read." : "The input holds no issues.",
      {
        next: "Give Jira REST issues, or an event log with --csv; `stageledger analyse --help` shows both.",
      },
    );
  }
  if (tally.hasNoHistoryAtAll) {
    throw new StageledgerError(
      "INPUT_NO_CHANGELOG",
      "No issue in the export has a changelog, so nothing tells when work moved.",
      {
        next: "Export with expand=changelog (GET /rest/api/3/search/jql?expand=changelog&fields=…), or let stageledger read the site with --site.",
      },
    );
  }
  const { used, listed } = catalogue.coverage();
  if (catalogue.hasList && listed * 2 < used) {
    throw new StageledgerError(
      "STATUSES_DO_NOT_FIT",
      `The statuses file knows only ${listed} of the ${used} statuses in the log.`,
      {
        next: "Take GET /rest/api/3/status from the site that the issues come from.",
      },
    );
  }
}

/** Notes guessed, conflicting and renamed statuses (E6, E7). */
export function noteStatuses({ findings, catalogue }: LoadedLog, statuses: ReadonlyMap<string, Status>): void {
  for (const id of catalogue.conflicts()) findings.addOnce("status-category-conflict", id);
  for (const { id, categoryFrom, deleted, formerNames } of statuses.values()) {
    if (categoryFrom !== "source" && (deleted || !catalogue.hasList))
      findings.addOnce(deleted ? "deleted-status-guessed" : "status-category-guessed", id);
    if (formerNames.length > 0) findings.addOnce("renamed-status", id);
  }
}
