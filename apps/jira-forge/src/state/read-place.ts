/** Where in Jira the panel was opened, of all that Jira tells about it. */
import { jiraId } from "@stageledger/core/contract/jira-events";
import { z } from "zod";

export interface Place {
  readonly itemId: string;
  /** False at the right of the issue, where there are some 320 pixels. */
  readonly hasRoom: boolean;
  /** Whether it was opened to type: then the focus is in the field. */
  readonly takesFocus: boolean;
  readonly locale: string;
  /** Of the person; undefined = as the machine has it. */
  readonly zone: string | undefined;
  /** Of the person, to tell their worklogs from others'; it is sent nowhere. */
  readonly accountId: string | undefined;
}

const contextSchema = z.object({
  extension: z.object({ type: z.string(), issue: z.object({ id: z.coerce.string().pipe(jiraId) }) }),
  locale: z.string().catch("en"),
  timezone: z.string().optional().catch(undefined),
  accountId: z.string().optional().catch(undefined),
});

const SMALL = "jira:issueContext";
/** Is on the page of every issue that it was once opened on: the focus would jump there whenever the page opens. */
const STAYS_OPEN = "jira:issuePanel";

/** Undefined where there is no issue. */
export function findPlace(context: unknown): Place | undefined {
  const read = contextSchema.safeParse(context).data;
  if (read === undefined) return undefined;
  const { extension, locale, timezone, accountId } = read;
  return {
    itemId: `jira:${extension.issue.id}`,
    hasRoom: extension.type !== SMALL,
    takesFocus: extension.type !== STAYS_OPEN,
    locale,
    zone: isZone(timezone) ? timezone : undefined,
    accountId,
  };
}

export function isZone(zone: string | undefined): boolean {
  try {
    return zone !== undefined && new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
