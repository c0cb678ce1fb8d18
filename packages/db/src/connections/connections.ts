/** Connections of a tenant to its sources, and the projects of theirs that it chose. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { RandomBytes } from "../secrets/master-key.ts";
import type { TenantSecrets } from "../secrets/tenant-secrets.ts";
import { nameSourceProject } from "../source-projects.ts";
import { removeHook } from "./hooks.ts";

export interface Connection {
  readonly connectionId: string;
  readonly kind: "asana" | "jira";
  /** Id of the workspace or site. */
  readonly workspace: string;
  readonly isOn: boolean;
  /** Code of what keeps it from working; undefined while nothing does. */
  readonly problemCode: string | undefined;
}

export interface ConnectedProject {
  readonly connectionId: string;
  /** As the source knows it, without the source's prefix. */
  readonly sourceProject: string;
  /** The ledger's project that it is part of. */
  readonly project: string;
  /** A field whose options are the stages, instead of columns. */
  readonly stageField: string | undefined;
  /** Where the source's list of events was read up to. */
  readonly cursor: string | undefined;
  /** When all of its items were last looked at; epoch milliseconds. */
  readonly sweptAt: number | undefined;
  /** When all of its entries were last listed; epoch milliseconds. */
  readonly listedAt: number | undefined;
}

/** Credentials are sealed by the tenant's key. Inside a transaction of role recorder. */
export async function addConnection(
  trx: Transaction<Schema>,
  tenantId: string,
  connection: Pick<Connection, "connectionId" | "kind" | "workspace">,
  credentials: string,
  secrets: TenantSecrets,
  random: RandomBytes,
  now: number,
): Promise<void> {
  const { connectionId, kind, workspace } = connection;
  await trx
    .insertInto("control.connection")
    .values({
      tenant_id: tenantId,
      connection_id: connectionId,
      kind,
      workspace,
      sealed_credentials: secrets.seal(credentials, purposeOf(connectionId), random),
      state: "on",
      problem_code: null,
      read_clock_ms: now,
      created_at_ms: now,
    })
    .execute();
}

/** Those that are on come first, then by age. */
export async function listConnections(trx: Transaction<Schema>, tenantId: string): Promise<readonly Connection[]> {
  const rows = await trx
    .selectFrom("control.connection")
    .select(["connection_id", "kind", "workspace", "state", "problem_code"])
    .where("tenant_id", "=", tenantId)
    .orderBy("state", "desc")
    .orderBy("created_at_ms")
    .orderBy("connection_id")
    .execute();
  return rows.map(({ connection_id, kind, workspace, state, problem_code }) => ({
    connectionId: connection_id,
    kind,
    workspace,
    isOn: state === "on",
    problemCode: problem_code ?? undefined,
  }));
}

/** The one to that workspace or site. While the transaction lasts, it is not removed. */
export async function holdConnectionTo(
  trx: Transaction<Schema>,
  tenantId: string,
  { kind, workspace }: Pick<Connection, "kind" | "workspace">,
): Promise<Pick<Connection, "connectionId" | "problemCode"> | undefined> {
  const row = await trx
    .selectFrom("control.connection")
    .select(["connection_id", "problem_code"])
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", kind)
    .where("workspace", "=", workspace)
    .forKeyShare()
    .executeTakeFirst();
  return row && { connectionId: row.connection_id, problemCode: row.problem_code ?? undefined };
}

/** @throws StageledgerError MASTER_KEY_WRONG */
export async function openCredentials(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  secrets: TenantSecrets,
): Promise<string> {
  const row = await trx
    .selectFrom("control.connection")
    .select("sealed_credentials")
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .executeTakeFirstOrThrow();
  return secrets.unseal(row.sealed_credentials, purposeOf(connectionId));
}

/** Renewed ones, or others. */
export async function replaceCredentials(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  credentials: string,
  secrets: TenantSecrets,
  random: RandomBytes,
): Promise<void> {
  await trx
    .updateTable("control.connection")
    .set({ sealed_credentials: secrets.seal(credentials, purposeOf(connectionId), random) })
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .execute();
}

/** @param problemCode undefined when it works again */
export async function setConnectionProblem(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  problemCode: string | undefined,
): Promise<void> {
  await trx
    .updateTable("control.connection")
    .set({ problem_code: problemCode ?? null })
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .execute();
}

/** Forgets the connection: credentials, webhooks, cursors. What it brought stays in the ledger. */
export async function removeConnection(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
): Promise<void> {
  // First of all: a door that is just taking a bell holds it until the bell is kept, and finds none later.
  await trx
    .selectFrom("control.connection")
    .select("connection_id")
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .forUpdate()
    .execute();
  const hooks = await trx
    .selectFrom("control.hook")
    .select("hook_id")
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .execute();
  for (const { hook_id } of hooks) await removeHook(trx, tenantId, hook_id);
  // After the hooks: a door that was just taking a bell has kept it by then, and none is kept later.
  await trx.deleteFrom("inbox.bell").where("tenant_id", "=", tenantId).where("connection", "=", connectionId).execute();
  await trx
    .deleteFrom("control.connection")
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .execute();
}

/** Chooses a project, or says anew what it is called in the ledger. @param source such as `asana:` */
export async function chooseProject(
  trx: Transaction<Schema>,
  tenantId: string,
  source: string,
  {
    connectionId,
    sourceProject,
    project,
    stageField,
  }: Pick<ConnectedProject, "connectionId" | "sourceProject" | "project" | "stageField">,
): Promise<void> {
  await trx
    .insertInto("control.connected_project")
    .values({
      tenant_id: tenantId,
      connection_id: connectionId,
      source_project: sourceProject,
      stage_field: stageField ?? null,
      cursor: null,
      swept_at_ms: null,
      listed_at_ms: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["tenant_id", "connection_id", "source_project"])
        .doUpdateSet({ stage_field: stageField ?? null, swept_at_ms: null, listed_at_ms: null }),
    )
    .execute();
  await nameSourceProject(trx, tenantId, source + sourceProject, project);
}

/** In order of their ids. @param source such as `asana:` */
export async function listConnectedProjects(
  trx: Transaction<Schema>,
  tenantId: string,
  source: string,
  connectionId: string,
): Promise<readonly ConnectedProject[]> {
  const rows = await trx
    .selectFrom("control.connected_project as chosen")
    .innerJoin("flow.project_source as named", (join) =>
      join
        .onRef("named.tenant_id", "=", "chosen.tenant_id")
        .on(({ eb, ref, val }) => eb("named.source_project", "=", eb(val(source), "||", ref("chosen.source_project")))),
    )
    .select(["chosen.source_project", "stage_field", "cursor", "swept_at_ms", "listed_at_ms", "named.project"])
    .where("chosen.tenant_id", "=", tenantId)
    .where("chosen.connection_id", "=", connectionId)
    .orderBy("chosen.source_project")
    .execute();
  return rows.map((row) => ({
    connectionId,
    sourceProject: row.source_project,
    project: row.project,
    stageField: row.stage_field ?? undefined,
    cursor: row.cursor ?? undefined,
    sweptAt: row.swept_at_ms ?? undefined,
    listedAt: row.listed_at_ms ?? undefined,
  }));
}

export interface ReadProject {
  readonly connectionId: string;
  readonly kind: Connection["kind"];
  /** With the source's prefix, such as `jira:10001`. */
  readonly sourceProject: string;
  /** The ledger's project that it is part of. */
  readonly project: string;
}

/** Those of all connections. A connection's kind is its source's prefix. */
export async function listReadProjects(trx: Transaction<Schema>, tenantId: string): Promise<readonly ReadProject[]> {
  const { rows } = await sql<{
    connection_id: string;
    kind: Connection["kind"];
    source_project: string;
    project: string;
  }>`
    select connection.connection_id, connection.kind, named.source_project, named.project
    from control.connection connection
    join control.connected_project chosen using (tenant_id, connection_id)
    join flow.project_source named on named.tenant_id = connection.tenant_id
      and named.source_project = connection.kind || ':' || chosen.source_project
    where connection.tenant_id = ${tenantId}::uuid
    order by named.source_project collate "C"`.execute(trx);
  return rows.map(({ connection_id, kind, source_project, project }) => ({
    connectionId: connection_id,
    kind,
    sourceProject: source_project,
    project,
  }));
}

/** How far a project was read. What is not given stays. */
export async function keepProgress(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceProject: string,
  progress: { readonly cursor?: string; readonly sweptAt?: number; readonly listedAt?: number },
): Promise<void> {
  const { cursor, sweptAt, listedAt } = progress;
  await trx
    .updateTable("control.connected_project")
    .set({
      ...(cursor === undefined ? {} : { cursor }),
      ...(sweptAt === undefined ? {} : { swept_at_ms: sweptAt }),
      ...(listedAt === undefined ? {} : { listed_at_ms: listedAt }),
    })
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .where("source_project", "=", sourceProject)
    .execute();
}

function purposeOf(connectionId: string): string {
  return `credentials of ${connectionId}`;
}
