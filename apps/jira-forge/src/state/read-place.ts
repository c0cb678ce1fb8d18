/** Where in Jira the panel was opened, of all that Jira tells about it. */
import { jiraId } from "@stageledger/core/contract/jira-events";
import { z } from "zod";
import type { FoundIssue } from "../jira/find-issues.ts";

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
  extension: z.object({
    type: z.string(),
    issue: z
      .object({ id: z.coerce.string().pipe(jiraId), key: z.string().catch("") })
      .optional()
      .catch(undefined),
  }),
  locale: z.string().catch("en"),
  timezone: z.string().optional().catch(undefined),
  accountId: z.string().optional().catch(undefined),
});

const COMMAND = "jira:command";
const SMALL = "jira:issueContext";
/** Is on the page of every issue that it was once opened on: the focus would jump there whenever the page opens. */
const STAYS_OPEN = "jira:issuePanel";

/** Undefined where there is no issue, and for the command. */
export function findPlace(context: unknown): Place | undefined {
  const read = contextSchema.safeParse(context).data;
  if (read?.extension.issue === undefined || read.extension.type === COMMAND) return undefined;
  const { type, issue } = read.extension;
  return {
    itemId: `jira:${issue.id}`,
    hasRoom: type !== SMALL,
    takesFocus: type !== STAYS_OPEN,
    ...personIn(read),
  };
}

/** The palette's, where it is not known on which issue time is to be logged. */
export interface CommandPlace extends Omit<Place, "itemId"> {
  /** The issue that the palette was opened on. Whether Jira says so is documented nowhere. */
  readonly opened: FoundIssue | undefined;
}

export function findCommandPlace(context: unknown): CommandPlace | undefined {
  const read = contextSchema.safeParse(context).data;
  if (read?.extension.type !== COMMAND) return undefined;
  const { issue } = read.extension;
  const opened = issue && { itemId: `jira:${issue.id}`, key: issue.key, title: "" };
  return { opened, hasRoom: false, takesFocus: true, ...personIn(read) };
}

function personIn({ locale, timezone, accountId }: z.output<typeof contextSchema>) {
  return { locale, zone: isZone(timezone) ? timezone : undefined, accountId };
}

export function isZone(zone: string | undefined): boolean {
  try {
    return zone !== undefined && new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
