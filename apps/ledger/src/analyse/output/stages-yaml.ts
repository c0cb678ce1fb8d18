/** The map that an analysis used, as a stages file to edit: what was guessed is marked, so that it is asked only once (E6). */
import type { Stage, StageMap, Status } from "@stageledger/core";
import { stringify } from "yaml";

export function stagesYaml(map: StageMap, statuses: ReadonlyMap<string, Status>): string {
  const rows = map.stages.flatMap((stage) => [
    ...stage.statuses.flatMap((id) => noteOn(statuses.get(id))),
    rowOf(stage),
  ]);
  const mapped = new Set(map.stages.flatMap((stage) => stage.statuses));
  const unmapped = [...statuses.values()].filter((status) => status.inUse && !mapped.has(status.id));
  return [
    "# Stages from left to right; `stageledger analyse --help stages` explains the form.",
    ...(map.origin === "given" ? [`version: ${map.version}`] : []),
    ...(map.effectiveFrom === undefined
      ? []
      : [`effective_from: ${inline(new Date(map.effectiveFrom).toISOString())}`]),
    `commitment: ${inline(map.nameOf(map.commitment))}`,
    "stages:",
    ...rows,
    ...(map.stages.some(({ kind }) => kind === "done")
      ? []
      : ["  # Nothing is done yet: add a stage of kind done before you use this file."]),
    ...(map.blockedStatuses.size === 0 ? [] : [`blocked: ${inline([...map.blockedStatuses])}`]),
    ...(unmapped.length === 0
      ? []
      : ["# In no stage:", ...unmapped.map((status) => `#   ${inline(status.id)}  ${inline(status.name)}`)]),
    "",
  ].join("\n");
}

function rowOf({ name, kind, statuses, limit }: Stage): string {
  const row = { name, kind, statuses, ...(limit === undefined ? {} : { limit }) };
  return `  - ${inline(row)}`;
}

/** What to check about a status: its name when the id does not tell, and where its category comes from. */
function noteOn(status: Status | undefined): string[] {
  if (status === undefined) return [];
  const parts = [
    ...(status.name === status.id ? [] : [`${status.id} is ${inline(status.name)}`]),
    ...(status.formerNames.length === 0 ? [] : [`was ${status.formerNames.map(inline).join(", ")}`]),
    ...(status.deleted ? ["deleted in Jira"] : []),
    ...(status.categoryFrom === "source" ? [] : [`${status.category} is a guess: please check`]),
  ];
  return parts.length === 0 ? [] : [`  # ${parts.join("; ")}`];
}

/** One line of YAML; names come from outside and may hold anything. */
function inline(value: unknown): string {
  return stringify(value, {
    collectionStyle: "flow",
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  }).trim();
}
