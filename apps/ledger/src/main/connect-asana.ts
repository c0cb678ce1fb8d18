/** `stageledger connect asana`: from a token to a workspace that is read, with a person's yes before anything is recorded. */
import type { KnownConnection } from "@stageledger/asana-sync";
import { recordStageMap } from "@stageledger/db";
import type { LedgerOptions } from "../access/with-ledger.ts";
import { harmless } from "../analyse/output/harmless.ts";
import { progressOn } from "../analyse/progress.ts";
import { type AsanaSync, firstLook, givenCredentials, noToken } from "./asana-credentials.ts";
import { backFillInWords } from "./back-fill-in-words.ts";
import {
  askForWorkspace,
  chooseProjects,
  type OpenedWorkspace,
  type ProjectOptions,
  readProjects,
} from "./choose-asana-projects.ts";
import type { CliContext } from "./cli-context.ts";
import { confirmStages, type StageOptions } from "./confirm-stages.ts";
import { showBackFill } from "./show-back-fill.ts";
import { type Sync, withSync } from "./with-sync.ts";

export interface ConnectOptions extends LedgerOptions, ProjectOptions, StageOptions {
  readonly workspace?: string;
  readonly oauth?: boolean;
  readonly redirectPort: number;
}

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
    const stages = await confirmStages(asanaSync, context, options, sync, { workspace, projects, signal });
    if (stages === undefined) return;
    const connectionId = await asanaSync.connectWorkspace(sync.context, sync.tenantId, {
      workspace: workspace.gid,
      credentials,
      projects: projects.map(({ gid, project, field }) => ({ sourceProject: gid, project, stageField: field?.gid })),
    });
    if (stages.isNew) await recordStageMap(sync.context.database, sync.tenantId, stages.map);
    const version = stages.isNew ? `version ${stages.map.version} of the stages` : "the stages as they were";
    context.stdout.write(harmless(`\nConnected: ${workspace.name}, with ${version}.\n`));
    const job = { tenantId: sync.tenantId, connectionId };
    const progress = progressOn(context.stderr, () => performance.now());
    const filled = await showBackFill(progress, "tasks", (told) => asanaSync.backFill(sync.context, job, signal, told));
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
