/** Something in the way of an item. It has no author: everybody who sees the item sees its roadblocks. */
import { z } from "zod";
import { instant, uuid, words } from "./values.ts";

export const ROADBLOCK_KINDS = [
  "waiting-for-people",
  "waiting-for-decision",
  "unclear",
  "dependency",
  "environment",
  "other",
] as const;

export const raiseRoadblockRequest = z.strictObject({
  kind: z.enum(ROADBLOCK_KINDS),
  /** What is in the way; never who. */
  words: words.optional(),
});

export const roadblockParams = z.strictObject({ roadblock: uuid });

export const roadblock = z.strictObject({
  id: uuid,
  kind: z.string(),
  words: z.string().nullable(),
  /** Where the item was when it was raised. */
  stage: z.string(),
  raisedAt: instant,
  resolvedAt: instant.nullable(),
});

export type RoadblockAnswer = z.input<typeof roadblock>;

/** Open ones first, then those that were resolved, the newest of each first. */
export const roadblockList = z.strictObject({ roadblocks: z.array(roadblock) });
