/** What a project's report says in the panel: a part of the JSON of `stageledger report`, in its very words. No item, no person. */
import { z } from "zod";
import { name } from "./values.ts";

export const projectParams = z.strictObject({ project: name });

const figure = z.strictObject({
  value: z.number().nullable(),
  n: z.number(),
  unit: z.string(),
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
  boardNote: z.string(),
  accuracyNote: z.string().nullable(),
  tryFirst: z.string().nullable(),
  rule: z.string(),
  mapVersion: z.int(),
});

const stageRow = z.strictObject({
  name: z.string(),
  kind: z.string(),
  wip: figure,
  age85: figure,
  arrivalsPerWeek: figure,
  departuresPerWeek: figure,
  median: figure,
  p85: figure,
  visits: figure,
});

const partHours = z.strictObject({ name: z.string(), minutes: z.int(), touchShare: z.number().nullable() });

export const projectReport = z.strictObject({
  schema: z.literal(1),
  project: z.string(),
  asOf: z.string(),
  zone: z.string(),
  window: z.strictObject({ firstDay: z.string(), lastDay: z.string(), weeks: z.int() }),
  verdict,
  stages: z.array(stageRow),
  hours: z.strictObject({
    /** The latest released one; null before the first release. */
    period: z.string().nullable(),
    nextOn: z.string(),
    /** A stage that is missing is "not enough people to show", for whatever reason. */
    stages: z.array(partHours),
    otherStages: partHours.nullable(),
  }),
});

export type ProjectReport = z.input<typeof projectReport>;
