/** What a page of its own needs of all that Jira tells about where it was opened. */
import { z } from "zod";
import { isZone } from "./read-place.ts";

export interface Page {
  readonly locale: string;
  /** Of the person; undefined = as the machine has it. */
  readonly zone: string | undefined;
  /** Of the person, to tell their worklogs from others'; it is sent nowhere. */
  readonly accountId: string | undefined;
}

const contextSchema = z.object({
  locale: z.string().catch("en"),
  timezone: z.string().optional().catch(undefined),
  accountId: z.string().optional().catch(undefined),
});

export function readPage(context: unknown): Page {
  const { locale, timezone, accountId } = contextSchema
    .catch({ locale: "en", timezone: undefined, accountId: undefined })
    .parse(context);
  return { locale, zone: isZone(timezone) ? timezone : undefined, accountId };
}
