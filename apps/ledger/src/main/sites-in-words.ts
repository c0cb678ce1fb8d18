/** Connected Jira sites, as `stageledger connections` shows them. Pure. */

import { counted } from "@stageledger/core/contract/figure-text";
import { wrap } from "../analyse/output/wrap.ts";
import type { DescribedSite } from "../jira-sync/connect/describe-sites.ts";

const WIDTH = 80;
const INDENT = "  ";

export function siteInWords(site: DescribedSite, ago: (instant: number | undefined) => string): string {
  const { installationId, state, problemCode, projects, wantedKeys, takesAllProjects, takesWorklogs } = site;
  const { comparedAt, bellsWaiting, bellsParked, itemsInDoubt } = site;
  const isAsked = comparedAt !== undefined || projects.length > 0;
  const states = { new: "not read yet", works: "works", problem: `problem [${problemCode}]` };
  const names = [...new Set(projects.map(({ project }) => project))];
  const lines = [
    `compared ${ago(comparedAt)}; ${takesAllProjects ? "new projects are taken in" : "the chosen projects only"}`,
    takesWorklogs ? "worklogs of Jira's own count" : "worklogs of Jira's own do not count",
    ...(wantedKeys.length === 0
      ? []
      : [`${isAsked ? "not found in Jira" : "looked up once the app has come"}: ${wantedKeys.join(", ")}`]),
    ...(itemsInDoubt === 0 ? [] : [`${counted(itemsInDoubt, "issue")} cannot be read any more: stageledger doctor`]),
    ...(bellsWaiting === 0 ? [] : [`${counted(bellsWaiting, "bell")} to be read`]),
    ...(bellsParked === 0 ? [] : [`${counted(bellsParked, "bell")} parked: stageledger inbox list`]),
  ];
  return [
    `Jira ${installationId}: ${states[state]}`,
    ...(names.length === 0 ? [] : wrap(`${counted(projects.length, "project")}: ${names.join(", ")}`, WIDTH, INDENT)),
    ...lines.flatMap((line) => wrap(line, WIDTH, INDENT)),
    "",
  ].join("\n");
}

export function siteAsJson({ connectionId, installationId, problemCode, comparedAt, dueAt, ...rest }: DescribedSite) {
  return {
    connection: connectionId,
    source: "jira",
    workspace: installationId,
    ...rest,
    problemCode: problemCode ?? null,
    comparedAt: instantText(comparedAt),
    dueAt: instantText(dueAt),
  };
}

function instantText(instant: number | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString();
}
