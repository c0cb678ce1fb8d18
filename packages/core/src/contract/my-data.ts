/** What a person may do with all that is theirs. */
import { z } from "zod";

export const exportQuery = z.strictObject({ format: z.enum(["csv", "json"]).default("csv") });

export const myExport = z.strictObject({
  /** Such as `my-time-2026-09-08.csv`. */
  fileName: z.string(),
  entries: z.int().min(0),
  /** The whole file. */
  text: z.string(),
});

/** Said by hand: what is erased cannot be brought back. */
export const erasureRequest = z.strictObject({ confirm: z.literal("erase") });

/** How many entries are gone, deleted ones among them. */
export const erasure = z.strictObject({ entries: z.int().min(0) });

export const mySettings = z.strictObject({
  /** Whether what I log on an issue is copied to Jira as my own worklog, by my own browser. Off unless its author turns it on. */
  mirrorsToJira: z.boolean(),
});
