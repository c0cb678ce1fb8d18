/** What has to be done for connections, and when. Read over all tenants, so it names no more than ids. */
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import type { Schema } from "../schema.ts";

export interface DueJob {
  readonly tenantId: string;
  readonly connectionId: string;
  /** Such as `reconcile`. */
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

const PREFIX = "connection";

/** Inside a transaction of role recorder. */
export async function setDue(trx: Transaction<Schema>, { tenantId, connectionId, kind, dueAt }: DueJob): Promise<void> {
  await trx
    .insertInto("control.due")
    .values({ tenant_id: tenantId, job: jobName(kind, connectionId), due_at_ms: dueAt })
    .onConflict((conflict) => conflict.columns(["tenant_id", "job"]).doUpdateSet({ due_at_ms: dueAt }))
    .execute();
}

export async function removeDue(
  trx: Transaction<Schema>,
  { tenantId, connectionId, kind }: Omit<DueJob, "dueAt">,
): Promise<void> {
  await trx
    .deleteFrom("control.due")
    .where("tenant_id", "=", tenantId)
    .where("job", "=", jobName(kind, connectionId))
    .execute();
}

/** Of all tenants, whether due or not. */
export async function listDueJobs({ kysely }: Database): Promise<readonly DueJob[]> {
  const rows = await kysely.transaction().execute(async (trx) => {
    await sql`set local role stageledger_recorder`.execute(trx);
    return trx
      .selectFrom("control.due")
      .select(["tenant_id", "job", "due_at_ms"])
      .where("job", "like", `${PREFIX} %`)
      .orderBy("due_at_ms")
      .execute();
  });
  return rows.map(toDueJob);
}

/** Of one tenant, whether due or not. Inside a transaction of role recorder. */
export async function listDueJobsOf(trx: Transaction<Schema>, tenantId: string): Promise<readonly DueJob[]> {
  const rows = await trx
    .selectFrom("control.due")
    .select(["tenant_id", "job", "due_at_ms"])
    .where("tenant_id", "=", tenantId)
    .where("job", "like", `${PREFIX} %`)
    .orderBy("due_at_ms")
    .execute();
  return rows.map(toDueJob);
}

function toDueJob({ tenant_id: tenantId, job, due_at_ms: dueAt }: Schema["control.due"]): DueJob {
  const [, kind = "", connectionId = ""] = job.split(" ");
  return { tenantId, connectionId, kind, dueAt };
}

function jobName(kind: string, connectionId: string): string {
  return `${PREFIX} ${kind} ${connectionId}`;
}
