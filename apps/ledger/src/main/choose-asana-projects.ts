/** Which workspace and projects are meant: by the words of the command, or by asking whoever sits at the terminal. */
import type { KnownConnection, ProjectChoice, ProjectColumns, SyncContext } from "@stageledger/asana-sync";
import { StageledgerError } from "@stageledger/core";
import { harmless } from "../analyse/output/harmless.ts";
import type { AsanaSync } from "./asana-credentials.ts";
import { ask, canAsk, placesIn } from "./ask.ts";
import type { CliContext } from "./cli-context.ts";

export type Gateway = ReturnType<SyncContext["openGateway"]>;

export interface OpenedWorkspace {
  readonly gateway: Gateway;
  readonly workspace: { readonly gid: string; readonly name: string };
  /** Its connection, when it has one. */
  readonly connected: KnownConnection | undefined;
}

/** What the command says of projects. */
export interface ProjectOptions {
  readonly project?: readonly string[];
  readonly all?: boolean;
  readonly asProject?: string;
  readonly leaveOut?: readonly string[];
  /** False: sections. */
  readonly stageField?: string | false;
}

export type ReadProject = ProjectColumns & { readonly project: string };

const MOST_NAMES_SHOWN = 20;

/** Undefined when there is nothing to ask, or nobody. */
export async function askForWorkspace(
  context: CliContext,
  workspaces: readonly { readonly gid: string; readonly name: string }[],
  signal: AbortSignal,
): Promise<string | undefined> {
  if (workspaces.length < 2 || !canAsk(context)) return undefined;
  const [place] = await askForPlaces(context, "Workspaces:", workspaces, "Which one? ", signal);
  return workspaces[place ?? 0]?.gid;
}

/** @throws StageledgerError CONNECTION_PROJECT_UNKNOWN, SETTING_INVALID, ASANA_… */
export async function chooseProjects(
  { chooseProjects: choose, inOfferedOrder }: AsanaSync,
  context: CliContext,
  { project = [], all = false, asProject, leaveOut = [] }: ProjectOptions,
  { gateway, workspace, connected, signal }: OpenedWorkspace & { readonly signal: AbortSignal },
): Promise<readonly ProjectChoice[]> {
  const offered = inOfferedOrder(await gateway.listProjects(workspace.gid));
  const before = new Map(connected?.projects.map((one) => [one.sourceProject, one]));
  const isNamed = project.length > 0 || all || before.size > 0;
  const named = isNamed ? project : await askForProjects(context, workspace.name, offered, signal);
  const choices = choose({ named, isAll: all, leftOut: leaveOut, countAs: asProject }, offered, before);
  if (choices.length > 0) return choices;
  throw new StageledgerError("CONNECTION_PROJECT_UNKNOWN", "No project is left to be read.", {
    next: "Name one with --project, or end the connection: stageledger disconnect asana",
  });
}

async function askForProjects(
  context: CliContext,
  workspace: string,
  offered: readonly { readonly gid: string; readonly name: string; readonly archived?: boolean | null | undefined }[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const open = offered.filter(({ archived }) => archived !== true);
  if (!canAsk(context) || open.length === 0) {
    const names = open.slice(0, MOST_NAMES_SHOWN).map(({ name }) => `"${name}"`);
    throw new StageledgerError("CONNECTION_PROJECT_UNKNOWN", "No project was named.", {
      next:
        open.length === 0
          ? `The token opens no project of ${workspace} that is not archived.`
          : `Name them with --project, or take all with --all: ${names.join(", ")}${open.length > MOST_NAMES_SHOWN ? ", …" : ""}.`,
    });
  }
  const places = await askForPlaces(
    context,
    `Projects of ${workspace}:`,
    open,
    'Which ones? Numbers such as 1,3 or 2-4, or "all": ',
    signal,
  );
  return places.flatMap((place) => open[place]?.gid ?? []);
}

async function askForPlaces(
  context: CliContext,
  heading: string,
  rows: readonly { readonly name: string }[],
  question: string,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const digits = String(rows.length).length;
  const lines = rows.map(({ name }, place) => `  ${String(place + 1).padStart(digits)}  ${name}`);
  context.stderr.write(harmless(`${heading}\n${lines.join("\n")}\n`));
  for (;;) {
    const places = placesIn(await ask(context, question, signal), rows.length);
    if (places !== undefined) return places;
    context.stderr.write(`Answer with numbers from 1 to ${rows.length}.\n`);
  }
}

/** The columns of each, as they are now. @throws StageledgerError CONNECTION_PROJECT_UNKNOWN, SETTING_INVALID, ASANA_… */
export async function readProjects(
  { readColumns }: AsanaSync,
  gateway: Gateway,
  choices: readonly ProjectChoice[],
  connected: KnownConnection | undefined,
  { project: named = [], all, stageField }: ProjectOptions,
): Promise<readonly ReadProject[]> {
  const before = new Map(connected?.projects.map((one) => [one.sourceProject, one]));
  const projects: ReadProject[] = [];
  for (const { gid, name, project } of choices) {
    const recorded = before.get(gid);
    // A project that is read already keeps its field, unless somebody speaks of it, or of none in particular.
    const isMeant = recorded === undefined || all === true || named.length === 0;
    const wanted =
      typeof stageField === "string" && isMeant
        ? { kind: "named" as const, word: stageField }
        : recorded?.stageField !== undefined && !(stageField === false && isMeant)
          ? { kind: "recorded" as const, gid: recorded.stageField }
          : { kind: "sections" as const };
    projects.push({ ...(await readColumns(gateway, { gid, name }, wanted)), project });
  }
  if (typeof stageField === "string" && projects.every(({ field }) => field === undefined)) {
    throw new StageledgerError("SETTING_INVALID", `No chosen project has a field "${stageField}" with options.`, {
      next: "Check the field's name in Asana (Customise, Fields), or leave out --stage-field.",
    });
  }
  return projects;
}
