/** A project of Asana is another of the ledger's from now on. */
import { type inTransaction, listItemsWithHoursOf, nameSourceProject, ringBells } from "@stageledger/db";
import { ASANA } from "../asana/ledger-ids.ts";

export interface CountedProject {
  readonly connectionId: string;
  /** With the prefix `asana:`. */
  readonly sourceProject: string;
  /** What the ledger calls it from now on. */
  readonly project: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * All tasks ring that are in it, or have hours of it: of a task that is in two projects of Asana which are one of the ledger's, one
 * place is part of the other (E8), so that its items are told anew. Inside a transaction of role recorder that holds the tenant.
 */
export async function countProjectAs(
  trx: Parameters<Parameters<typeof inTransaction>[2]>[0],
  tenantId: string,
  { connectionId, sourceProject, project, now }: CountedProject,
  newId: () => string,
): Promise<void> {
  await nameSourceProject(trx, tenantId, sourceProject, project);
  const tasks = await listItemsWithHoursOf(trx, tenantId, connectionId, sourceProject.slice(ASANA.length));
  const bells = tasks.map(({ sourceItem: gid }) => ({
    bellId: newId(),
    connectionId,
    fields: { what: "task", gid, action: "changed", at: now },
  }));
  await ringBells(trx, tenantId, bells, now);
}
