/** From the words of a person to the projects that are read. Pure. */
import { StageledgerError } from "@stageledger/core";
import type { AsanaProject, Named } from "../asana/schemas.ts";

export interface ProjectChoice {
  readonly gid: string;
  /** What Asana calls it now. */
  readonly name: string;
  /** The ledger's project that it counts as. */
  readonly project: string;
}

export interface ProjectWords {
  /** Each a gid or a name, with `=PAY` behind it where it counts as another project of the ledger. */
  readonly named: readonly string[];
  /** All that are not archived. */
  readonly isAll: boolean;
  /** Gids or names of those to be left out from now on. */
  readonly leftOut: readonly string[];
  /** What all that are named count as. */
  readonly countAs: string | undefined;
}

const MOST_NAMES_SHOWN = 20;

/**
 * The projects that were chosen before, with those that are named, without those that are left out. What a project counts as
 * stays as it was chosen, also when it is renamed in Asana.
 *
 * @param before what was chosen, by gid
 * @throws StageledgerError CONNECTION_PROJECT_UNKNOWN, SETTING_INVALID for a name that several projects have
 */
export function chooseProjects(
  words: ProjectWords,
  offered: readonly AsanaProject[],
  before: ReadonlyMap<string, { readonly project: string }>,
): readonly ProjectChoice[] {
  const countAsByGid = new Map<string, string | undefined>();
  for (const { gid } of offered) if (before.has(gid)) countAsByGid.set(gid, undefined);
  if (words.isAll) {
    for (const { gid, archived } of offered) if (archived !== true) countAsByGid.set(gid, words.countAs);
  }
  for (const word of words.named) {
    const { project, countAs } = findProject(word, offered);
    countAsByGid.set(project.gid, countAs ?? words.countAs);
  }
  for (const word of words.leftOut) countAsByGid.delete(oneOf(word, offered).gid);
  return offered.flatMap(({ gid, name }) => {
    if (!countAsByGid.has(gid)) return [];
    const project = countAsByGid.get(gid) ?? before.get(gid)?.project ?? ledgerName({ gid, name }, offered);
    return [{ gid, name, project }];
  });
}

/** In the order of their names, archived ones last. */
export function inOfferedOrder(projects: readonly AsanaProject[]): readonly AsanaProject[] {
  const place = ({ archived }: AsanaProject): number => (archived === true ? 1 : 0);
  return projects.toSorted(
    (a, b) => place(a) - place(b) || compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.gid, b.gid),
  );
}

/** @throws StageledgerError SETTING_INVALID when there are several and none is named, ASANA_NOT_FOUND */
export function chooseWorkspace(word: string | undefined, offered: readonly Named[]): Named {
  const [only, ...others] = offered;
  if (word === undefined && only !== undefined && others.length === 0) return only;
  const listed = offered.slice(0, MOST_NAMES_SHOWN).map(quoted).join(", ");
  if (only === undefined) {
    throw new StageledgerError("ASANA_NOT_FOUND", "Whose token it is has no workspace in Asana.", {
      next: "Use the token of a member of the workspace.",
    });
  }
  if (word === undefined) {
    throw new StageledgerError("SETTING_INVALID", "The token opens several workspaces.", {
      next: `Say which one with --workspace: ${listed}.`,
    });
  }
  const found = offered.filter((one) => isCalled(one, word));
  if (found.length === 1 && found[0] !== undefined) return found[0];
  throw new StageledgerError("ASANA_NOT_FOUND", `The token opens no workspace "${word}", or several of that name.`, {
    next: `It opens: ${listed}. Give the number with --workspace.`,
  });
}

/** The text before the last "=" is a project where the whole text is none: names may hold one. */
function findProject(
  word: string,
  offered: readonly AsanaProject[],
): { readonly project: AsanaProject; readonly countAs: string | undefined } {
  const at = word.lastIndexOf("=");
  const isWhole = at === -1 || offered.some((one) => isCalled(one, word));
  const countAs = isWhole ? "" : word.slice(at + 1).trim();
  return {
    project: oneOf(isWhole ? word : word.slice(0, at).trim(), offered),
    countAs: countAs === "" ? undefined : countAs,
  };
}

function oneOf(word: string, offered: readonly AsanaProject[]): AsanaProject {
  const found = offered.filter((one) => isCalled(one, word));
  const [only, ...others] = found;
  if (only === undefined) {
    const names = offered.slice(0, MOST_NAMES_SHOWN).map(quoted).join(", ");
    const rest = offered.length > MOST_NAMES_SHOWN ? `, and ${offered.length - MOST_NAMES_SHOWN} more` : "";
    throw new StageledgerError("CONNECTION_PROJECT_UNKNOWN", `The workspace has no project "${word}".`, {
      next: offered.length === 0 ? "The token opens none." : `It has: ${names}${rest}.`,
    });
  }
  if (others.length === 0) return only;
  throw new StageledgerError("SETTING_INVALID", `The workspace has ${found.length} projects "${word}".`, {
    next: `Give the number of the one that you mean: ${found.map(({ gid }) => gid).join(", ")}.`,
  });
}

function isCalled({ gid, name }: Named, word: string): boolean {
  return gid === word || name.trim().toLowerCase() === word.trim().toLowerCase();
}

function quoted({ gid, name }: Named): string {
  return `"${name}" (${gid})`;
}

/** Two that are called the same are two projects unless somebody says otherwise. */
function ledgerName({ gid, name }: Named, offered: readonly AsanaProject[]): string {
  const isShared = offered.some((other) => other.gid !== gid && isCalled(other, name));
  return isShared || name.trim() === "" ? `${name.trim()} (${gid})`.trim() : name.trim();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
