/** The copy of an entry that its author's browser writes into Jira's work log, and how it is known for one. */
import { z } from "zod";
import { date, minutes, uuid } from "./values.ts";

/** The worklog property by which a copy is known: who reads worklogs skips those that have it, whatever stands in it. */
export const MIRROR_PROPERTY = "stageledger.entry";

/**
 * What stands in it: which entry, and how that was when the copy was last written. Everybody who can see the issue can read it, so
 * it says no more than the worklog itself does.
 */
export const mirrored = z.object({ entry: uuid, minutes, date });
export type Mirrored = z.output<typeof mirrored>;
