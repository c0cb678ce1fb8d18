/**
 * One project's flow as the page draws it: the member `flow.projects[]` of `stageledger report --json`, name by name and figure by
 * figure. Only keys of items may be missing, where the project is restricted. No person.
 */
import { z } from "zod";

const list = <S extends z.ZodType>(of: S) => z.array(of).readonly();
/** Of an item, as its source shows it; null where the reader may not see it. */
const itemKey = z.string().nullable();

/** One printed number, with what it rests on. Without a value `note` says why. */
export const figure = z.strictObject({
  value: z.number().nullable(),
  n: z.number(),
  unit: z.enum(["items", "days", "milliseconds", "items/week", "ratio", "visits"]),
  rule: z.string(),
  mapVersion: z.int(),
  findings: list(z.string()),
  note: z.string().optional(),
});

const percentileFigures = { p50: figure, p85: figure, p95: figure };
const percentiles = z.strictObject(percentileFigures);

/** How many, and the first twenty keys. */
const sample = z.strictObject({ count: z.int(), keys: list(z.string()) });

const finding = z.strictObject({ kind: z.string(), count: z.int(), keys: list(z.string()) });

const stageEvidence = z.strictObject({
  stage: z.string(),
  waitingStages: list(z.string()),
  meanItems: z.number(),
  variance: z.number(),
  share: z.number(),
  full: z.number(),
  queue: z.number().nullable(),
  limitHint: figure,
});

/** B1–B7. */
const verdict = z.strictObject({
  outcome: z.enum(["constraint", "candidate", "none"]),
  because: z.enum(["ceiling", "queue", "policy-queue", "too-few-finishes", "batch", "no-clear-constraint", "unstable"]),
  stage: z.string().nullable(),
  sentence: z.string(),
  evidence: list(z.string()),
  failedTest: z.strictObject({ test: z.string(), value: z.number(), gate: z.number() }).nullable(),
  resamples: z.strictObject({ same: z.int(), of: z.int(), seed: z.int() }),
  thin: z.boolean(),
  finishes: z.int(),
  boardStyle: z.enum(["merged", "separate"]),
  boardNote: z.string(),
  accuracyNote: z.string().nullable(),
  stages: list(stageEvidence),
  second: z.strictObject({ stage: z.string(), share: z.number() }).nullable(),
  items: sample,
  parked: sample,
  tryFirst: z.string().nullable(),
  rule: z.string(),
  mapVersion: z.int(),
  findings: list(z.string()),
});

const stageKind = z.enum(["waiting", "active", "done", "withdrawn"]);

/** Times are milliseconds. */
const stageRow = z.strictObject({
  name: z.string(),
  kind: z.enum([...stageKind.options, "unmapped"]),
  wip: figure,
  utilisation: figure.nullable(),
  age85: figure,
  arrivalsPerWeek: figure,
  departuresPerWeek: figure,
  median: figure,
  p85: figure,
  visits: figure,
  skipped: figure,
  movedBack: figure,
  firstVisit: figure,
  lastVisit: figure,
  averageVisit: figure,
  erased: figure,
  limitHint: figure,
  withdrawn: figure,
  blockedTime: figure,
});

const weekRow = z.strictObject({
  week: z.string(),
  arrivals: z.int(),
  departures: z.int(),
  withdrawn: z.int(),
  net: z.int(),
});

const line = z.strictObject({ perDay: z.number(), atFirstDay: z.number() }).nullable();
const countsByDay = list(z.number());
const paceDays = z.number().nullable();

/** Series run over `days`. */
const charts = z.strictObject({
  days: list(z.string()),
  cumulative: list(countsByDay),
  corrected: list(countsByDay),
  wip: countsByDay,
  throughput: countsByDay,
  arrivalLine: line,
  departureLine: line,
  scatter: list(z.strictObject({ key: itemKey, day: z.string(), cycleDays: z.number(), reopened: z.boolean() })),
  omitted: z.int(),
  scatterPercentiles: percentiles,
  ageing: list(
    z.strictObject({
      key: itemKey,
      stage: z.string(),
      ageDays: z.number(),
      blocked: z.boolean(),
      stalled: z.boolean(),
      daysLeft: z.number().nullable(),
      refusal: z.string().nullable(),
    }),
  ),
  ageingOmitted: z.int(),
  pace: list(z.strictObject({ stage: z.string(), p50: paceDays, p85: paceDays, p95: paceDays, n: z.int() })),
  timeInStage: list(z.strictObject({ stage: z.string(), n: z.int(), quantiles: list(z.number().nullable()) })),
});

/** F21. */
const monteCarlo = z.strictObject({
  trials: z.int(),
  seed: z.int(),
  windowDays: z.int(),
  remaining: z.int(),
  when: percentiles.nullable(),
  horizonDays: z.int(),
  howMany: percentiles.nullable(),
  refusal: z.string().nullable(),
  warning: z.string().nullable(),
});

export const pageFlow = z.strictObject({
  project: z.string(),
  counts: z.strictObject({
    items: z.int(),
    wip: z.int(),
    waitingToStart: z.int(),
    subtasks: z.int(),
    finished: z.int(),
    withdrawn: z.int(),
    reopened: z.int(),
    discardedDays: z.number(),
  }),
  verdict,
  cycleTime: z.strictObject({ ...percentileFigures, mean: figure, controlChart: figure }),
  cycleTimeRange: z.strictObject({ low: z.number(), high: z.number(), items: z.int(), policy: z.string() }).nullable(),
  leadTime: percentiles,
  businessTime: z.strictObject({ ...percentileFigures, hoursPerDay: z.number() }).nullable(),
  serviceLevel: z.strictObject({ days: figure, percent: z.number(), missRate: figure }),
  stages: list(stageRow),
  weeks: list(weekRow),
  charts,
  flowDebt: z.strictObject({ approximate: figure, exact: figure, difference: figure }),
  efficiency: figure,
  blocked: z.strictObject({ items: figure, time: figure }),
  stalled: z.strictObject({ items: figure, keys: list(z.string()) }),
  littlesLaw: z.strictObject({ holds: z.boolean(), unmet: list(z.string()), cycleDays: figure }),
  monteCarlo,
  findings: list(finding),
});

/** The stages as one version of the map has them. */
export const pageMap = z.strictObject({
  version: z.int(),
  effectiveFrom: z.string().nullable(),
  origin: z.enum(["given", "default"]),
  commitment: z.string(),
  stages: list(
    z.strictObject({
      name: z.string(),
      kind: stageKind,
      limit: z.int().nullable(),
      statuses: list(
        z.strictObject({ id: z.string(), name: z.string(), formerNames: list(z.string()), guessed: z.boolean() }),
      ),
    }),
  ),
});

export type PageFlow = z.input<typeof pageFlow>;
export type PageFigure = z.input<typeof figure>;
