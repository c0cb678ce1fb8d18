import type { Job } from "./job.ts";

/** One text a job: who asks for a job that waits already asks for the same id. It holds no ":", which BullMQ refuses. */
export function jobIdOf({ kind, tenantId, connectionId }: Job): string {
  return [kind, tenantId, connectionId].map(encodeURIComponent).join(".");
}
