/** From a document of the stages file to a stage map of status ids. Pure. */
import { parseInstant, type Stage, StageledgerError, StageMap, type Status, soundsBlocked } from "@stageledger/core";
import type { StagesDocument } from "./stages-file.ts";

/**
 * Turns a document into a map of status ids. A status may be named by its id or by its name; a name
 * that several ids bear stands for all of them. `unknown` are those that neither the log nor the
 * list of statuses has.
 *
 * @throws StageledgerError STAGES_STATUS_TWICE, STAGES_NO_COMMITMENT
 */
export function toStageMap(
  document: StagesDocument,
  statuses: ReadonlyMap<string, Status>,
): { readonly map: StageMap; readonly unknown: readonly string[] } {
  const byPresentName = idsByName(statuses.values(), ({ name }) => [name]);
  const byFormerName = idsByName(statuses.values(), ({ formerNames }) => formerNames);
  const byBareId = idsByBareId(statuses);
  const unknown: string[] = [];
  const idsOf = (given: string | number): string[] => {
    const text = String(given);
    if (statuses.has(text)) return [text];
    // A former name counts only where no status bears it now: Jira lets names wander.
    const ids = byBareId.get(text) ?? byPresentName.get(text.toLowerCase()) ?? byFormerName.get(text.toLowerCase());
    if (ids === undefined) unknown.push(text);
    return ids ?? [];
  };
  const stages = document.stages.map(({ name, kind, statuses: given, limit }): Stage => {
    const ids = [...new Set(given.flatMap(idsOf))];
    return limit === undefined ? { name, kind, statuses: ids } : { name, kind, statuses: ids, limit };
  });
  refuseTwice(document);
  const blockedIds = document.blocked.flatMap(idsOf);
  const named = [...statuses.values()]
    .filter((status) => status.category === "indeterminate" && soundsBlocked(status.name))
    .map((status) => status.id);
  const map = new StageMap({
    version: document.version ?? 1,
    ...(document.effective_from === undefined ? {} : { effectiveFrom: effectiveFrom(document.effective_from) }),
    origin: "given",
    stages,
    commitment: document.commitment,
    blockedStatuses: blockedIds.length > 0 ? blockedIds : named,
  });
  return { map, unknown };
}

/** The same status written twice is refused by what the file says, before names are looked up. */
function refuseTwice(document: StagesDocument): void {
  const stageByStatus = new Map<string, string>();
  for (const { name, statuses } of document.stages) {
    for (const status of statuses) {
      const key = String(status).toLowerCase();
      const other = stageByStatus.get(key);
      if (other !== undefined) {
        throw new StageledgerError(
          "STAGES_STATUS_TWICE",
          `Status "${status}" is named twice: in stage "${other}" and in stage "${name}".`,
          {
            next: "Name each status in one stage only.",
          },
        );
      }
      stageByStatus.set(key, name);
    }
  }
}

function effectiveFrom(text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) {
    throw new StageledgerError("STAGES_UNREADABLE", `effective_from "${text}" is no possible date.`, {
      next: "Write it like 2026-09-01 or 2026-09-01T00:00:00Z.",
    });
  }
  return instant;
}

/** The ledger puts the source in front of an id (`jira:10201`); people write it as their source shows it. */
function idsByBareId(statuses: ReadonlyMap<string, Status>): ReadonlyMap<string, string[]> {
  return Map.groupBy(
    [...statuses.keys()].filter((id) => id.includes(":")),
    (id) => id.slice(id.indexOf(":") + 1),
  );
}

function idsByName(
  statuses: Iterable<Status>,
  namesOf: (status: Status) => readonly string[],
): ReadonlyMap<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const status of statuses) {
    for (const name of namesOf(status))
      ids.set(name.toLowerCase(), [...(ids.get(name.toLowerCase()) ?? []), status.id]);
  }
  return ids;
}
