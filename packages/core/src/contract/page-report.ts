/**
 * All that the page shows of one project, as the server computed it: the page draws, and computes nothing. In the words and figures of
 * `stageledger report --json`. The same facts, map version and question give the same bytes. No person is in it, and no field
 * could hold one.
 */
import { z } from "zod";
import { pageFlow, pageMap } from "./page-flow.ts";

const list = <S extends z.ZodType>(of: S) => z.array(of).readonly();

/** Inclusive days. */
const span = z.strictObject({ firstDay: z.string(), lastDay: z.string() });

const partHours = z.strictObject({
  name: z.string(),
  /** Rounded when it was published; never rounded again. */
  minutes: z.int(),
  /** F23; null where there is none. Above 1 the data are at fault. */
  touchShare: z.number().nullable(),
});

/** What is missing here is "not enough people to show", for whatever reason. */
const parts = {
  stages: list(partHours),
  otherStages: partHours.nullable(),
  activities: list(partHours),
  otherActivities: partHours.nullable(),
};

/** Published atoms only. */
const hours = z.strictObject({
  /** The latest released one; null before the first release. */
  period: z.string().nullable(),
  /** The latest quarter whose late corrections were released; null before the first. */
  quarter: z.string().nullable(),
  /** When totals of weeks come next, and when those by stage and activity do. */
  nextOn: z.string(),
  stagesNextOn: z.string(),
  /** A release began and has not ended. */
  isDelayed: z.boolean(),
  /** Of the latest period's weeks and those since; null minutes are not enough people. */
  weeks: list(z.strictObject({ week: z.string(), minutes: z.int().nullable() })),
  ...parts,
  lateMinutes: z.int().nullable(),
  /** The same parts period by period, ascending, a year of them at most; the last one is `period`. */
  periods: list(z.strictObject({ period: z.string(), days: span, ...parts })),
});

/** Raised in the charts' window or still open, by the stage that the item was in and by kind (F24). */
const roadblocks = z.strictObject({
  raised: z.int(),
  /** At the as-of instant. */
  open: z.int(),
  /** Those that are, in the flow's order. */
  byStageAndKind: list(z.strictObject({ stage: z.string(), kind: z.string(), raised: z.int(), open: z.int() })),
});

const dayByPercent = z.strictObject({
  p50: z.string().nullable(),
  p85: z.string().nullable(),
  p95: z.string().nullable(),
});

export const pageReport = z.strictObject({
  schema: z.literal(1),
  project: z.string(),
  /** Restricted: no key of an item is in here. */
  isRestricted: z.boolean(),
  asOf: z.string(),
  zone: z.string(),
  window: z.strictObject({ ...span.shape, weeks: z.int() }),
  chartWindow: span,
  seed: z.int(),
  map: pageMap,
  /** Ascending; each can be asked for. */
  mapVersions: list(z.strictObject({ version: z.int(), effectiveFrom: z.string().nullable() })),
  /** By calendar time business time is null (F6). */
  time: z.enum(["calendar", "business"]),
  /** What business time counts: ISO weekdays and minutes after midnight in the report zone; null by calendar time. */
  calendar: z
    .strictObject({
      days: list(z.int()),
      shifts: list(z.strictObject({ from: z.int(), to: z.int() })),
      holidays: list(z.string()),
    })
    .nullable(),
  flow: pageFlow,
  /** The Monte Carlo figures of `flow` as days of the calendar. */
  forecast: z.strictObject({
    /** When what is in progress is finished. */
    doneBy: dayByPercent.nullable(),
    /** The day by which `howMany` are finished. */
    horizonDay: z.string(),
  }),
  roadblocks,
  hours,
  /** What is to doubt, in words: the findings of `flow` in their order. */
  dataQuality: list(
    z.strictObject({
      kind: z.string(),
      count: z.int(),
      /** "9 re-opened". */
      text: z.string(),
      /** What was seen, and how the report treats it. */
      meaning: z.string(),
      keysAre: z.enum(["items", "status ids", "lines"]),
    }),
  ),
  /** Where an item can be opened, by its key: a Jira key, or an Asana task's id. Keys from other sources are in no link. */
  linkKindByKey: z.record(z.string(), z.enum(["jira", "asana"])),
});

export type PageReport = z.input<typeof pageReport>;
