/** What Asana answers about a connection when it is asked. */
import { EVERY_PROJECT, mapInForce, StageledgerError } from "@stageledger/core";
import { type ConnectedProject, inTransaction, listHooks, loadStageMaps } from "@stageledger/db";
import type { AsanaGateway } from "../asana/gateway.ts";
import type { AsanaProject } from "../asana/schemas.ts";
import type { SyncContext } from "../context.ts";
import { readColumns } from "./columns.ts";
import type { KnownConnection } from "./connect-workspace.ts";
import type { Sayer } from "./connection-finding.ts";
import { openKnownGateway } from "./open-known-gateway.ts";

const CONNECT = "stageledger connect asana";

/** One call for the token, and a few for each project and webhook. False when the token could not be tried. */
export async function lookAtAsana(
  context: SyncContext,
  tenantId: string,
  { connection, projects }: KnownConnection,
  signal: AbortSignal,
  say: Sayer,
): Promise<boolean> {
  const { connectionId, workspace } = connection;
  try {
    const gateway = await openKnownGateway(context, tenantId, connectionId);
    const workspaces = await gateway.listWorkspaces();
    if (!workspaces.some(({ gid }) => gid === workspace)) {
      say.fault(
        "Whose token it is, is no member of the workspace any more.",
        `Connect with the token of somebody who is: ${CONNECT}`,
        "ASANA_FORBIDDEN",
      );
      return true;
    }
    const mapped = await mappedStatuses(context, tenantId);
    const hooks = await inTransaction(context.database, { role: "recorder", tenantId }, (trx) =>
      listHooks(trx, tenantId, connectionId),
    );
    for (const project of projects) {
      await lookAtProject(gateway, project, mapped, say);
      const hook = hooks.find((one) => one.sourceProject === project.sourceProject && one.state === "active");
      if (hook?.remoteId === undefined) continue;
      const remote = await gateway.findWebhook(hook.remoteId);
      if (remote === undefined || remote.active === false) {
        say.look(
          `${project.project}: its webhook is gone in Asana.`,
          "A running server makes it anew within two hours: npm start",
        );
      } else if ((remote.delivery_retry_count ?? 0) > 0) {
        say.look(
          `${project.project}: its webhook does not get through to this server.`,
          "Check from outside that PUBLIC_URL leads to the running server. Changes are found by asking meanwhile.",
        );
      }
    }
    return true;
  } catch (error) {
    if (signal.aborted) {
      say.look(
        "Asana did not answer in time.",
        "https://status.asana.com shows outages. Try again, or with --offline.",
      );
      return false;
    }
    if (!(error instanceof StageledgerError)) throw error;
    say.fault(error.message, error.next, error.code);
    return true;
  }
}

async function lookAtProject(
  gateway: AsanaGateway,
  { sourceProject, project, stageField }: ConnectedProject,
  mapped: (project: string) => ReadonlySet<string>,
  say: Sayer,
): Promise<void> {
  const found = await findReadable(gateway, sourceProject);
  if (found === undefined) {
    say.fault(
      `${project}: whose token it is may not read the project any more, or it was deleted.`,
      `Share it with them again in Asana, or leave it out: ${CONNECT} --leave-out ${sourceProject}`,
      "ASANA_FORBIDDEN",
    );
    return;
  }
  if (found.archived === true) {
    say.look(
      `${project}: the project is archived in Asana.`,
      `Leave it out if it is over: ${CONNECT} --leave-out ${sourceProject}`,
    );
  }
  const wanted =
    stageField === undefined ? { kind: "sections" as const } : { kind: "recorded" as const, gid: stageField };
  const { columns } = await readColumns(gateway, found, wanted);
  const homeless = columns.filter(({ statusId }) => !mapped(project).has(statusId)).map(({ name }) => name);
  if (homeless.length > 0) {
    say.look(
      `${project}: no stage has ${homeless.join(", ")}; time there is shown as "Unmapped".`,
      `Give them one: ${CONNECT} --stages-out stages.yaml, edit it, then ${CONNECT} --stages stages.yaml`,
    );
  }
}

async function findReadable(gateway: AsanaGateway, project: string): Promise<AsanaProject | undefined> {
  try {
    return await gateway.findProject(project);
  } catch (error) {
    if (error instanceof StageledgerError && error.code === "ASANA_FORBIDDEN") return undefined;
    throw error;
  }
}

/** Statuses that have a stage now, by project of the ledger. */
async function mappedStatuses(
  { database, pacing }: SyncContext,
  tenantId: string,
): Promise<(project: string) => ReadonlySet<string>> {
  const maps = await inTransaction(database, { role: "recorder", tenantId }, (trx) => loadStageMaps(trx, tenantId));
  return (project) => {
    const versions = maps.get(project) ?? maps.get(EVERY_PROJECT) ?? [];
    return new Set(mapInForce(versions, pacing.now())?.stages.flatMap(({ statuses }) => statuses) ?? []);
  };
}
