/** Ids of Asana as the ledger keeps them: with their source in front, since another source may use the same numbers. */

export const ASANA = "asana:";

/**
 * Asana's "completed", which no section holds: a stage of its own for teams that tick tasks off instead of moving them (F1).
 */
export const COMPLETED = `${ASANA}completed`;

/** The status of a sub-task that is in no project: no stage holds it, since its hours belong to the item above it (E10). */
export const SUBTASK = `${ASANA}subtask`;

/** The status of an item in a section that nothing names: it was deleted, or no story tells of it. It is Unmapped (E5). */
export const UNTOLD = `${ASANA}untold`;

/** A task is an item of each project that it is in: it has a stage in each (E9). */
export function itemIdOf(task: string, project: string): string {
  return `${ASANA}${task}:${project}`;
}

/** The status that a section, or an option of a field, stands for. */
export function statusIdOf(gid: string): string {
  return ASANA + gid;
}

/** The status of an item whose stage field is empty. */
export function emptyFieldStatus(field: string): string {
  return `${ASANA}${field}.empty`;
}

/** How Asana numbers its stories, as the ledger orders changes of one instant (E16). */
export function sequenceOf(gid: string): number {
  const digits = /^\d+$/u.test(gid) ? BigInt(gid) : BigInt(`0x${Buffer.from(gid).toString("hex")}`);
  return Number(BigInt.asUintN(SAFE_INTEGER_BITS, digits));
}

const SAFE_INTEGER_BITS = 53;
