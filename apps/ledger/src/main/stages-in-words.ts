/** Proposed stages as a person reads them: one a line, from left to right, with what is in each. At most 80 columns. Pure. */
import type { ProjectColumns } from "@stageledger/asana-sync";
import type { StageMap, Status } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import type { StageProposal } from "@stageledger/sync";
import { wrap } from "../analyse/output/wrap.ts";

const WIDTH = 80;
const LONGEST_NAME = 24;
const KIND_WIDTH = "withdrawn".length;

/** @param latest the stages before; undefined where there are none @param statuses of all sources */
export function stagesInWords(
  { stages, commitment }: StageProposal,
  latest: StageMap | undefined,
  statuses: ReadonlyMap<string, Status>,
): string {
  const before = new Set(latest?.stages.map(({ name }) => name));
  const mapped = new Set(latest?.stages.flatMap((stage) => stage.statuses));
  const isNew = (known: ReadonlySet<string>, one: string): boolean => latest !== undefined && !known.has(one);
  const width = Math.min(LONGEST_NAME, Math.max(...stages.map(({ name }) => name.length)));
  const indent = " ".repeat(2 + width + 2 + KIND_WIDTH + 2);
  const lines = stages.flatMap(({ name, kind, statuses: ids }) => {
    const sign = isNew(before, name) ? "+" : " ";
    const shown = new Map(ids.map((id) => [nameIn(statuses, id), isNew(mapped, id)]));
    const text = [...shown].map(([status, isAdded]) => `${isAdded ? "+" : ""}${status}`).join(", ");
    const head = `${sign} ${name.padEnd(width)}  ${kind.padEnd(KIND_WIDTH)}  `;
    const body = wrap(text === "" ? "nothing yet" : text, WIDTH, indent).join("\n");
    return name.length > width ? [head.trimEnd(), body] : [head + body.slice(indent.length)];
  });
  const legend = latest === undefined ? "" : " (+ is new)";
  return [`Stages from left to right${legend}:`, "", ...lines, "", `The clock starts at ${commitment}.`, ""].join("\n");
}

/** Which projects are read, and what they count as. */
export function projectsInWords(
  workspace: string,
  projects: readonly (ProjectColumns & { readonly project: string })[],
): string {
  const lines = projects.map(({ name, project, field }) => {
    const counts = project === name ? "" : `, counts as ${project}`;
    return `  ${name}${counts}${field === undefined ? "" : `, stages from the field ${field.name}`}`;
  });
  return [`${workspace}: ${counted(projects.length, "project")}`, "", ...lines, ""].join("\n");
}

/** What to look at before saying yes. @param unknown statuses that the stages file names and nobody has */
export function doubtsInWords(
  { stages }: StageProposal,
  projects: readonly ProjectColumns[],
  unknown: readonly string[],
): readonly string[] {
  const mapped = new Set(stages.flatMap(({ statuses }) => statuses));
  const homeless = projects.flatMap(({ name: project, columns }) =>
    columns.filter(({ statusId }) => !mapped.has(statusId)).map(({ name }) => `${name} (${project})`),
  );
  const doubts = [
    ...(homeless.length === 0 ? [] : [`In no stage: ${homeless.join(", ")}. Time there is shown as "Unmapped".`]),
    ...(unknown.length === 0
      ? []
      : [`The stages file also names what neither Asana nor the ledger has: ${unknown.join(", ")}.`]),
  ];
  return doubts.map((doubt) => `${wrap(doubt, WIDTH, "").join("\n")}\n`);
}

function nameIn(statuses: ReadonlyMap<string, Status>, id: string): string {
  return statuses.get(id)?.name ?? id;
}
