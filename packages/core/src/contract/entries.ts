/** Time entries as their author sees and changes them. */
import { z } from "zod";
import { activity, date, itemId, minutes, name, revision, uuid, week } from "./values.ts";

/**
 * Its author's browser copies it to a Jira worklog, which colleagues can read. It is said before the copy is made, so that at no
 * moment colleagues can read what counts as private. That cannot be taken back; and of an entry whose week was closed while it was
 * private it cannot be said any more.
 */
export const isMirrored = z.literal(true);

export const entryParams = z.strictObject({ entry: uuid });

export const logEntryRequest = z.strictObject({
  minutes,
  /** The author's own local date; left out = today in the tenant's zone. */
  date: date.optional(),
  activity: activity.default("other"),
  /** A stage's name; left out = the one that the item's history tells. */
  stage: name.optional(),
  isMirrored: isMirrored.optional(),
});

/** What is left out stays as it is. */
export const editEntryRequest = z
  .strictObject({
    revision,
    minutes: minutes.optional(),
    date: date.optional(),
    activity: activity.optional(),
    /** Null takes the choice back: the item's history tells. */
    stage: name.nullable().optional(),
    isMirrored: isMirrored.optional(),
  })
  .refine((edit) => Object.keys(edit).length > 1, "something has to change")
  .meta({ minProperties: 2 });

export const undoEntryRequest = z.strictObject({ revision });
export const deleteEntryQuery = z.strictObject({ revision: z.string().regex(/^[1-9]\d{0,14}$/u) });

export const entry = z.strictObject({
  id: uuid,
  revision,
  itemId: z.string(),
  /** As its source shows it: PAY-88. */
  itemKey: z.string(),
  project: z.string(),
  date,
  minutes,
  activity: z.string(),
  /** The stage that the author chose; null = as the item's history tells. */
  stage: z.string().nullable(),
  /** Whether its author said that it is copied to Jira. */
  isMirrored: z.boolean(),
  /** A change is a late correction: it appears in no report but, with others, in that of the quarter. */
  isClosed: z.boolean(),
  /** False for entries that came from a file or another tool: they are changed where they came from. */
  canChange: z.boolean(),
  /** Where it was typed in: at the ledger, in Jira's own work log, in Asana, or in a file that was imported. */
  origin: z.enum(["ledger", "jira", "asana", "file"]),
});

export type EntryAnswer = z.input<typeof entry>;

export const deletedEntry = z.strictObject({ id: uuid, revision });
/** Null when what was undone is that the entry was made. */
export const undoneEntry = z.strictObject({ id: uuid, revision, entry: entry.nullable() });

/** Whoever has more on one item is told of the latest: then an entry that is not told of may be there all the same. */
export const MOST_ENTRIES_OF_ITEM = 200;

export const itemEntries = z.strictObject({
  itemId,
  itemKey: z.string(),
  project: z.string(),
  /** Today in the tenant's zone. */
  today: date,
  /** The stage that the item is in now, when work is done in it. */
  proposedStage: z.string().nullable(),
  /** To choose from, in the flow's order. */
  stages: z.array(z.string()),
  activities: z.array(activity),
  /** The caller's own, by date: the latest {@link MOST_ENTRIES_OF_ITEM}. */
  entries: z.array(entry),
});

export const weekQuery = z.strictObject({ day: date.optional() });

export const myWeek = z.strictObject({
  week,
  firstDay: date,
  lastDay: date,
  today: date,
  isClosed: z.boolean(),
  minutes: z.int().min(0),
  /** The caller's own, those of linked accounts too, by date and item. */
  entries: z.array(entry),
});

export type MyWeekAnswer = z.input<typeof myWeek>;

const MOST_CHANGES = 200;

/** All of them are made, or none. */
export const changeWeekRequest = z.strictObject({
  /** Of the week that is answered with. */
  day: date,
  changes: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("log"),
          item: itemId,
          date,
          minutes,
          activity: activity.default("other"),
          stage: name.optional(),
          isMirrored: isMirrored.optional(),
        }),
        z.strictObject({ kind: z.literal("edit"), entry: uuid, revision, minutes }),
        z.strictObject({ kind: z.literal("delete"), entry: uuid, revision }),
      ]),
    )
    .min(1)
    .max(MOST_CHANGES),
});

/** Hours of the caller's that no project has: nobody could tell whose they are. */
export const myUnassigned = z.strictObject({
  entries: z.array(entry),
  /** To choose from. */
  projects: z.array(z.string()),
});

export const placeEntryRequest = z.strictObject({ revision, project: name });
