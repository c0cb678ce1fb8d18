/**
 * What the app in Jira tells the ledger of an event: that something changed, and nothing of what it says. The app strips each
 * event to this before it leaves Jira, and the ledger strips what comes to it unstripped. Pure.
 */
import { z } from "zod";

/** Jira's ids of issues, worklogs and projects are decimal numbers, as text. */
export const jiraId = z.string().regex(/^\d{1,19}$/u);

const action = z.enum(["created", "updated", "deleted"]);
/** When it happened, where the event tells; epoch milliseconds. */
const at = z.int().min(0).optional();

const MOST_ACCOUNT_CHARACTERS = 128;

/** An event that rings: the truth behind it is read from Jira. */
const changeEvent = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("issue"), action, issue: jiraId, at }),
  z.strictObject({ what: z.literal("worklog"), action, worklog: jiraId, issue: jiraId.optional(), at }),
]);
export type JiraChangeEvent = z.infer<typeof changeEvent>;

/** A person whose account Atlassian deleted, by the only thing that the ledger can find them by. It is not kept. */
const deletedUser = z.strictObject({
  what: z.literal("user"),
  action: z.literal("deleted"),
  account: z.string().min(1).max(MOST_ACCOUNT_CHARACTERS),
});

export const jiraEvent = z.union([changeEvent, deletedUser]);
export type JiraEvent = z.infer<typeof jiraEvent>;

const id = z.union([z.string(), z.number()]).transform(String).pipe(jiraId);
const rawIssue = z.object({ issue: z.object({ id }) });
const rawWorklog = z.object({ worklog: z.object({ id, issueId: id.optional().catch(undefined) }) });
const rawUser = z.object({
  accountId: z.string().min(1).optional(),
  user: z.object({ accountId: z.string().min(1) }).optional(),
});
const rawName = z.object({
  eventType: z.string().optional(),
  webhookEvent: z.string().optional(),
  timestamp: z.int().min(0).optional().catch(undefined),
});

const FORGE_NAME = /^avi:jira:(?<action>created|updated|deleted):(?<what>issue|worklog|user)$/u;
const WEBHOOK_NAME = /^(?:jira:)?(?<what>issue|worklog|user)_(?<action>created|updated|deleted)$/u;

/**
 * An event as Forge or a webhook has it, stripped. Undefined for what says nothing about issues, worklogs or deleted people (a
 * comment, a board), and for what cannot be read.
 */
export function strippedEvent(raw: unknown): JiraEvent | undefined {
  const named = rawName.safeParse(raw);
  if (!named.success) return undefined;
  const { eventType, webhookEvent, timestamp } = named.data;
  const name = (FORGE_NAME.exec(eventType ?? "") ?? WEBHOOK_NAME.exec(webhookEvent ?? ""))?.groups;
  if (name === undefined) return undefined;
  const told = jiraEvent.safeParse({
    what: name.what,
    action: name.action,
    ...subjectOf(name.what, raw),
    ...(timestamp === undefined || name.what === "user" ? {} : { at: timestamp }),
  });
  return told.success ? told.data : undefined;
}

/** Of an issue or worklog they say nothing that the ledger keeps. */
const IDLE_ACTIONS = new Set(["assigned", "commented", "mentioned", "viewed"]);
const ANY_FORGE_NAME = /^avi:jira:(?<action>[a-z]+):(?<what>issue|worklog|user)$/u;
const strippedName = z.object({ what: z.enum(["issue", "worklog", "user"]) });

/**
 * Whether an event that cannot be stripped is of a kind that we live by, so that somebody should look at it: its form must have
 * changed. Others (a comment, a board, somebody who is new) are none of ours. Pure.
 */
export function shouldBeUnderstood(raw: unknown): boolean {
  if (strippedName.safeParse(raw).success) return true;
  const { eventType, webhookEvent } = rawName.safeParse(raw).data ?? {};
  const name = (ANY_FORGE_NAME.exec(eventType ?? "") ?? WEBHOOK_NAME.exec(webhookEvent ?? ""))?.groups;
  if (name?.what === "user") return name.action === "deleted";
  return name !== undefined && !IDLE_ACTIONS.has(name.action ?? "");
}

function subjectOf(what: string | undefined, raw: unknown): object {
  if (what === "issue") return { issue: rawIssue.safeParse(raw).data?.issue.id };
  if (what === "worklog") {
    const { id: worklog, issueId } = rawWorklog.safeParse(raw).data?.worklog ?? {};
    return issueId === undefined ? { worklog } : { worklog, issue: issueId };
  }
  const user = rawUser.safeParse(raw).data;
  return { account: user?.accountId ?? user?.user?.accountId };
}
