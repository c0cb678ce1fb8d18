/** The projects of a ledger: to choose one, and to see at a glance which stage holds each of them up. No person. */
import { z } from "zod";
import { figure } from "./page-flow.ts";

const list = <S extends z.ZodType>(of: S) => z.array(of).readonly();

const project = {
  project: z.string(),
  isRestricted: z.boolean(),
  /** From which tools its items come. */
  sources: list(z.enum(["jira", "asana", "other"])),
};

/** In natural order. */
export const pageProjects = z.strictObject({
  schema: z.literal(1),
  tenant: z.string(),
  isDemo: z.boolean(),
  projects: list(z.strictObject(project)),
});

/** Each row is a part of the project's report, in its very words. */
export const pagePortfolio = z.strictObject({
  schema: z.literal(1),
  zone: z.string(),
  window: z.strictObject({ firstDay: z.string(), lastDay: z.string(), weeks: z.int() }),
  mapVersion: z.int(),
  /** In natural order. */
  rows: list(
    z.strictObject({
      ...project,
      outcome: z.enum(["constraint", "candidate", "none"]),
      because: z.string(),
      stage: z.string().nullable(),
      sentence: z.string(),
      resamples: z.strictObject({ same: z.int(), of: z.int(), seed: z.int() }),
      thin: z.boolean(),
      finishes: z.int(),
      wip: z.int(),
      /** 85 of 100 items that finished in the window (F5). */
      cycleTimeP85: figure,
    }),
  ),
});

export type PageProjects = z.input<typeof pageProjects>;
export type PagePortfolio = z.input<typeof pagePortfolio>;
