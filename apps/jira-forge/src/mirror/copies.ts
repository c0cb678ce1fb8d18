/** Copies of one's own entries among the worklogs of an issue. Pure. */
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { MIRROR_PROPERTY, type Mirrored, mirrored } from "@stageledger/core/contract/mirror";
import { z } from "zod";
import { noonIn } from "./noon.ts";

/** What a copy tells of an entry, and whose wish it was. */
export type CopiedEntry = Pick<EntryAnswer, "id" | "itemId" | "date" | "minutes" | "isMirrored">;

export interface Copy extends Mirrored {
  readonly worklogId: string;
}

export const worklogPage = z.object({
  total: z.int(),
  worklogs: z.array(
    z.object({
      id: z.string(),
      author: z.object({ accountId: z.string().optional() }).optional(),
      properties: z.array(z.object({ key: z.string(), value: z.unknown() })).optional(),
    }),
  ),
});

/** Those that I wrote myself, the oldest first: a colleague's worklog may say whatever they like. */
export function ownCopies({ worklogs }: z.output<typeof worklogPage>, accountId: string): readonly Copy[] {
  return worklogs.flatMap(({ id, author, properties = [] }) => {
    if (author?.accountId !== accountId) return [];
    const said = mirrored.safeParse(properties.find(({ key }) => key === MIRROR_PROPERTY)?.value).data;
    return said === undefined ? [] : [{ worklogId: id, ...said }];
  });
}

const MINUTE_SECONDS = 60;

/** As Jira takes it. Neither activity nor stage nor a word of text is in it. @param zone of the author */
export function worklogOf({ id, minutes, date }: CopiedEntry, zone: string | undefined): object {
  const value: Mirrored = { entry: id, minutes, date };
  return {
    timeSpentSeconds: minutes * MINUTE_SECONDS,
    started: noonIn(date, zone),
    properties: [{ key: MIRROR_PROPERTY, value }],
  };
}
