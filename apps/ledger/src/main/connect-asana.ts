/** `stageledger connect asana`: from a token to a workspace that is read, with a person's yes before anything is recorded. */
import type { KnownConnection, ProjectChoice, ProjectColumns, StageProposal } from "@stageledger/asana-sync";
import { StageledgerError, StageMap, type Status } from "@stageledger/core";
import type { LedgerOptions } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { OutputFile } from "../analyse/output/output-file.ts";
import { stagesYaml } from "../analyse/output/stages-yaml.ts";
import { progressOn } from "../analyse/progress.ts";
import { readStagesFile } from "../analyse/settings/stages-file.ts";
import { firstLook, givenCredentials, noToken } from "./asana-credentials.ts";
import { agrees, ask, canAsk, placesIn } from "./ask.ts";
import { backFillInWords, showBackFill } from "./back-fill-in-words.ts";
import type { CliContext } from "./cli-context.ts";
import { mapOfFile } from "./map-of-file.ts";
import { homelessInWords, projectsInWords, stagesInWords } from "./stages-in-words.ts";
import { type Sync, withSync } from "./with-sync.ts";

export interface ConnectOptions extends LedgerOptions {
  readonly workspace?: string;
  readonly project?: readonly string[];
  readonly all?: boolean;
  readonly asProject?: string;
  readonly leaveOut?: readonly string[];
  /** False: sections. */
  readonly stageField?: string | false;
  readonly stagesOut?: string;
  readonly stages?: string;
  readonly oauth?: boolean;
  readonly redirectPort: number;
  readonly yes?: boolean;
}

/** The app is loaded when it is needed: most commands do not, and it takes a while. */
type AsanaSync = typeof import("@stageledger/asana-sync");

type Gateway = ReturnType<Sync["context"]["openGateway"]>;

export async function connectAsana(context: CliContext, options: ConnectOptions, signal: AbortSignal): Promise<void> {
  const asanaSync = await import("@stageledger/asana-sync");
  const credentials = await givenCredentials(asanaSync, context, options, signal);
  // A token that does not work begins no ledger.
  if (credentials !== undefined) await firstLook(asanaSync, context, credentials, signal);
  await withSync(context, options, signal, async (sync) => {
    const known = await asanaSync.listKnownConnections(sync.context, sync.tenantId);
    const { gateway, workspace, connected } = await openWorkspace(asanaSync, sync, context, options, known, {
      credentials,
      signal,
    });
    const choices = await chooseProjects(asanaSync, context, options, { gateway, workspace, connected, signal });
    const projects = await readProjects(asanaSync, gateway, choices, connected, options);
    const settled = await settleStages(asanaSync, context, options, sync, { workspace, projects, signal });
    if (settled === undefined) return;
    const connectionId = await asanaSync.connectWorkspace(sync.context, sync.tenantId, {
      workspace: workspace.gid,
      credentials,
      projects: projects.map(({ gid, project, field }) => ({ sourceProject: gid, project, stageField: field?.gid })),
    });
    if (settled.map !== undefined) await asanaSync.keepStageMap(sync.context, sync.tenantId, settled.map);
    const stages =
      settled.map === undefined ? "the stages as they were" : `version ${settled.map.version} of the stages`;
    context.stdout.write(harmless(`\nConnected: ${workspace.name}, with ${stages}.\n`));
    const job = { tenantId: sync.tenantId, connectionId };
    const progress = progressOn(context.stderr, () => performance.now());
    const filled = await showBackFill(asanaSync.backFill, sync.context, job, signal, progress, true);
    context.stdout.write(
      harmless(`${backFillInWords(filled)}\n${sync.context.publicUrl === undefined ? NEXT_BY_ASKING : NEXT}`),
    );
  });
}

const NEXT = `The server keeps it up to date: npm start. See the report: stageledger report
`;
const NEXT_BY_ASKING = `The server keeps it up to date: npm start. It asks every 15 minutes; where
PUBLIC_URL is set, Asana tells it at once. See the report: stageledger report
`;

interface OpenedWorkspace {
  readonly gateway: Gateway;
  readonly workspace: { readonly gid: string; readonly name: string };
  /** Its connection, when it has one. */
  readonly connected: KnownConnection | undefined;
}

/** By the token that was given; without one by that of the connection that is meant. */
async function openWorkspace(
  asanaSync: AsanaSync,
  sync: Sync,
  context: CliContext,
  options: ConnectOptions,
  known: readonly KnownConnection[],
  { credentials, signal }: { readonly credentials: string | undefined; readonly signal: AbortSignal },
): Promise<OpenedWorkspace> {
  const of = (gid: string): KnownConnection | undefined => known.find((one) => one.connection.workspace === gid);
  if (credentials === undefined) {
    if (known.length === 0) throw noToken(asanaSync);
    const connected = asanaSync.oneConnection(known, options.workspace);
    const gateway = await asanaSync.openKnownGateway(sync.context, sync.tenantId, connected.connection.connectionId);
    const workspaces = await gateway.listWorkspaces();
    return { gateway, workspace: asanaSync.chooseWorkspace(connected.connection.workspace, workspaces), connected };
  }
  const gateway = sync.context.openGateway("connecting", credentials, async () => undefined);
  const workspaces = await gateway.listWorkspaces();
  const asked = options.workspace ?? (await askForWorkspace(context, workspaces, signal));
  const workspace = asanaSync.chooseWorkspace(asked, workspaces);
  return { gateway, workspace, connected: of(workspace.gid) };
}

async function askForWorkspace(
  context: CliContext,
  workspaces: readonly { readonly gid: string; readonly name: string }[],
  signal: AbortSignal,
): Promise<string | undefined> {
  if (workspaces.length < 2 || !canAsk(context)) return undefined;
  const [place] = await askForPlaces(context, "Workspaces:", workspaces, "Which one? ", signal);
  return workspaces[place ?? 0]?.gid;
}

async function chooseProjects(
  { chooseProjects: choose, inOfferedOrder }: AsanaSync,
  context: CliContext,
  { project = [], all = false, asProject, leaveOut = [] }: ConnectOptions,
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
    const names = open.slice(0, 20).map(({ name }) => `"${name}"`);
    throw new StageledgerError("CONNECTION_PROJECT_UNKNOWN", "No project was named.", {
      next:
        open.length === 0
          ? `The token opens no project of ${workspace} that is not archived.`
          : `Name them with --project, or take all with --all: ${names.join(", ")}${open.length > 20 ? ", …" : ""}.`,
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

type ReadProject = ProjectColumns & { readonly project: string };

async function readProjects(
  { readColumns }: AsanaSync,
  gateway: Gateway,
  choices: readonly ProjectChoice[],
  connected: KnownConnection | undefined,
  { project: named = [], all, stageField }: ConnectOptions,
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

/** Undefined when the stages were written to a file, or refused: then nothing is recorded. */
async function settleStages(
  asanaSync: AsanaSync,
  context: CliContext,
  options: ConnectOptions,
  { context: syncContext, tenantId }: Sync,
  {
    workspace,
    projects,
    signal,
  }: Pick<OpenedWorkspace, "workspace"> & {
    readonly projects: readonly ReadProject[];
    readonly signal: AbortSignal;
  },
): Promise<{ readonly map: StageMap | undefined } | undefined> {
  const known = await asanaSync.loadKnownStages(syncContext, tenantId);
  const statuses: ReadonlyMap<string, Status> = new Map([...known.statuses, ...asanaSync.statusesOf(projects)]);
  const given = options.stages === undefined ? undefined : mapOfFile(await readStagesFile(options.stages), statuses);
  const proposal: StageProposal =
    given?.proposal ?? asanaSync.proposeStages(known.latest, projects, (id) => statuses.get(id)?.name);
  const map = asanaSync.nextStageMap(known, proposal, given?.effectiveFrom);
  if (options.stagesOut !== undefined) {
    writeStages(
      options.stagesOut,
      map ?? known.latest ?? new StageMap({ ...proposal, version: 1, origin: "given" }),
      statuses,
    );
    context.stdout.write(
      harmless(
        `Written: ${options.stagesOut}. Nothing was recorded.\nEdit it, then run the same with --stages ${options.stagesOut} instead of --stages-out.\n`,
      ),
    );
    return undefined;
  }
  const homeless = homelessInWords(proposal, projects);
  const unknown = given?.unknown ?? [];
  context.stdout.write(
    harmless(
      [
        projectsInWords(workspace.name, projects),
        stagesInWords(proposal, known.latest, statuses),
        ...(homeless === undefined ? [] : [`${homeless}\n`]),
        ...(unknown.length === 0
          ? []
          : [`The stages file also names what neither Asana nor the ledger has: ${unknown.join(", ")}.\n`]),
      ].join("\n"),
    ),
  );
  if (map === undefined || options.yes === true) return { map };
  if (canAsk(context)) {
    if (await agrees(context, "Connect with these stages?", signal)) return { map };
    context.stdout.write(`Nothing was recorded. To change them: add --stages-out stages.yaml, edit that file,
and give it back with --stages stages.yaml.
`);
    return undefined;
  }
  if (given !== undefined) return { map };
  throw new StageledgerError("SETTING_INVALID", "Nobody has said yes to these stages, so nothing was recorded.", {
    next: "Add --yes to take them, or --stages-out <file> to edit them first.",
  });
}

function writeStages(path: string, map: StageMap, statuses: ReadonlyMap<string, Status>): void {
  const file = new OutputFile(path);
  file.write(stagesYaml(map, statuses));
  file.keep();
}
