/**
 * The members of Jira's answers that are used, and no others: what is not named here is dropped as soon as it arrives. Issues and
 * histories are thinned by ../../jira/site/kept-fields.ts.
 */
import { parseInstant } from "@stageledger/core";
import { MIRROR_PROPERTY } from "@stageledger/core/contract/mirror";
import { z } from "zod";

const id = z.string().min(1);
const numberedId = z.union([id, z.int()]).transform(String);
/** Jira writes its offset without a colon. */
const instant = z.string().transform((text, context) => {
  const read = parseInstant(text);
  if (read !== undefined) return read;
  context.addIssue("No possible date and time.");
  return z.NEVER;
});

export const projectSchema = z.object({ id, key: z.string().min(1), name: z.string() });

/** GET /rest/api/3/project/search */
export const projectPageSchema = z.object({
  values: z.array(projectSchema),
  isLast: z.boolean().nullish(),
  total: z.int().nullish(),
});

/** GET /rest/api/3/status. A category that we do not know is none. */
export const statusesSchema = z.array(
  z.object({
    id,
    name: z.string(),
    statusCategory: z.object({ key: z.enum(["new", "indeterminate", "done"]).optional().catch(undefined) }).nullish(),
  }),
);

/** GET /rest/api/3/worklog/updated and /deleted */
export const changedWorklogsSchema = z.object({
  values: z.array(z.object({ worklogId: numberedId })),
  until: z.int().nullish(),
  lastPage: z.boolean(),
});

export const worklogSchema = z
  .object({
    id: numberedId,
    issueId: numberedId,
    /** Only the pseudonym is derived from it; it goes no further than that. */
    author: z.object({ accountId: z.string().min(1).nullish() }).nullish(),
    started: instant,
    created: instant.nullish(),
    updated: instant.nullish(),
    timeSpentSeconds: z.int().nullish(),
    properties: z.array(z.object({ key: z.string() })).nullish(),
  })
  .transform(({ id, issueId, author, started, created, updated, timeSpentSeconds, properties }) => ({
    id,
    issueId,
    account: author?.accountId ?? undefined,
    startedAt: started,
    updatedAt: updated ?? created ?? started,
    seconds: timeSpentSeconds ?? 0,
    isMirror: (properties ?? []).some(({ key }) => key === MIRROR_PROPERTY),
  }));

/** GET /rest/api/3/issue/{issue}/worklog */
export const worklogPageSchema = z.object({ worklogs: z.array(worklogSchema), total: z.int().nullish() });
