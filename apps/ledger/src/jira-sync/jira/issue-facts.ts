/** From an issue and its histories to neutral facts. Pure. */
import type { ItemPart } from "@stageledger/core";
import type { StatusSighting, TenantSecrets } from "@stageledger/db";
import { JiraSightings } from "../../jira/jira-sightings.ts";
import { withSource } from "../../jira/ledger-ids.ts";
import { readIssue } from "../../jira/read-issue.ts";
import { withAbsences } from "./absences.ts";
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import type { StrippedHistory, StrippedIssue } from "./gateway.ts";
import { type KeptIssue, keptIssue } from "./kept-issue.ts";
import { type ProjectStays, projectStays } from "./project-stays.ts";
import { inOrder } from "./untold-change.ts";

export interface IssueFacts {
  readonly kept: KeptIssue;
  /** Where it is now; undefined when that project is none of the ledger's. */
  readonly home: ChosenProject | undefined;
  readonly stays: ProjectStays;
  /** With the ledger's ids and project; of an issue that is in none, without a snapshot. */
  readonly part: ItemPart;
  readonly statuses: readonly StatusSighting[];
  /** Whether its histories end where it is. */
  readonly isWhole: boolean;
}

/** What an issue is read by. */
export interface SiteView {
  readonly projects: ChosenProjects;
  readonly flagFields: readonly string[];
  readonly secrets: Pick<TenantSecrets, "checksum">;
}

/**
 * @param shownAt when it was shown so, where that is sure to be the newest; else what it says itself counts. Epoch milliseconds
 * @throws StageledgerError JIRA_WRONG_SHAPE, INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE
 */
export function issueFacts(
  { projects, flagFields, secrets }: SiteView,
  issue: StrippedIssue,
  histories: readonly StrippedHistory[],
  shownAt: number | undefined,
): IssueFacts {
  const kept = keptIssue(issue, flagFields, secrets);
  const home = projects.get(kept.projectId);
  const sightings = new JiraSightings();
  const raw = { ...issue, changelog: { histories } };
  const told = withSource(readIssue(raw, { catalogue: sightings, flagFields: new Set(flagFields) }));
  const stays = projectStays(histories, kept.projectId);
  const part = withAbsences(told, stays.moves, projects, kept.statusId);
  const { snapshot } = part;
  const updatedAt = Math.max(shownAt ?? kept.updatedAt, kept.updatedAt);
  return {
    kept,
    home,
    stays,
    part: {
      ...part,
      snapshot:
        home === undefined || snapshot === undefined ? undefined : { ...snapshot, updatedAt, project: home.project },
    },
    statuses: sightings.take(),
    isWhole:
      (inOrder(told.changes).at(-1)?.to ?? kept.statusId) === kept.statusId &&
      (stays.moves.at(-1)?.to ?? kept.projectId) === kept.projectId,
  };
}
