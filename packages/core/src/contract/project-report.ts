/** What a project's report says in the panel: a part of the JSON of `stageledger report`, in its very words. No item, no person. */
import { z } from "zod";
import { name } from "./values.ts";

export const projectParams = z.strictObject({ project: name });

const figure = z.strictObject({
  value: z.number().nullable(),
  n: z.number(),
  unit: z.enum(["items", "days", "milliseconds", "items/week", "ratio", "visits"]),
  rule: z.string(),
  mapVersion: z.int(),
  findings: z.array(z.string()),
  note: z.string().optional(),
});

const verdict = z.strictObject({
  outcome: z.enum(["constraint", "candidate", "none"]),
  because: z.string(),
  stage: z.string().nullable(),
  sentence: z.string(),
  evidence: z.array(z.string()),
  resamples: z.strictObject({ same: z.int(), of: z.int(), seed: z.int() }),
  thin: z.boolean(),
  finishes: z.int(),
  /** How many items are left out of it as parked (B1). */
  parked: z.int(),
  boardNote: z.string(),
  /** Of open time (B1), by stage, in the flow's order. */
  shares: z.array(z.strictObject({ stage: z.string(), share: z.number() })),
  accuracyNote: z.string().nullable(),
  tryFirst: z.string().nullable(),
  rule: z.string(),
  mapVersion: z.int(),
});

const stageRow = z.strictObject({
  name: z.string(),
  kind: z.string(),
  /** Between the commitment and done. */
  isInFlow: z.boolean(),
  wip: figure,
  age85: figure,
  arrivalsPerWeek: figure,
  departuresPerWeek: figure,
  median: figure,
  p85: figure,
  visits: figure,
});

const partHours = z.strictObject({ name: z.string(), minutes: z.int(), touchShare: z.number().nullable() });

/** Of the window, from its Monday. */
const week = z.strictObject({ week: z.string(), arrivals: z.int(), departures: z.int() });
const days = z.strictObject({ firstDay: z.string(), lastDay: z.string() });

export const projectReport = z.strictObject({
  schema: z.literal(1),
  project: z.string(),
  asOf: z.string(),
  zone: z.string(),
  window: z.strictObject({ firstDay: z.string(), lastDay: z.string(), weeks: z.int() }),
  verdict,
  /** 85 of 100 items that finished in the window (F5), and what other readings of re-opened ones would make of it (B5). */
  cycleTime: z.strictObject({
    p85: figure,
    range: z.strictObject({ low: z.number(), high: z.number(), items: z.int() }).nullable(),
  }),
  stages: z.array(stageRow),
  weeks: z.array(week),
  /** What is to doubt about the data, in words with counts: "9 re-opened". */
  dataQuality: z.array(z.string()),
  hours: z.strictObject({
    /** The latest released one; null before the first release. */
    period: z.string().nullable(),
    /** Its first and last day. */
    days: days.nullable(),
    nextOn: z.string(),
    /** A release began and has not ended. */
    isDelayed: z.boolean(),
    /** A stage that is missing is "not enough people to show", for whatever reason. */
    stages: z.array(partHours),
    otherStages: partHours.nullable(),
  }),
});

export type ProjectReport = z.input<typeof projectReport>;
