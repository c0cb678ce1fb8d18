/** On which project in Jira the page was opened, of all that Jira tells about it. */
import { jiraId } from "@stageledger/core/contract/jira-events";
import { z } from "zod";
import { readPage } from "../read-page.ts";

export interface ProjectPlace {
  /** The project's id in the ledger. */
  readonly sourceProject: string;
  readonly locale: string;
}

const contextSchema = z.object({
  extension: z.object({ project: z.object({ id: z.coerce.string().pipe(jiraId) }) }),
});

/** Undefined where there is no project. */
export function findProjectPlace(context: unknown): ProjectPlace | undefined {
  const read = contextSchema.safeParse(context).data;
  if (read === undefined) return undefined;
  return { sourceProject: `jira:${read.extension.project.id}`, locale: readPage(context).locale };
}
