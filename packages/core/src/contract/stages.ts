/** The stages of the shared flow, as whoever may change them sees them. One version holds for all projects without stages of their own. */
import { z } from "zod";
import { UNMAPPED_NAME } from "../stages/stage.ts";
import { name } from "./values.ts";

/** What statuses in no stage are called; no stage is called so. */
export { UNMAPPED_NAME };

export const MOST_STAGES = 50;
const MOST_STATUSES = 500;

const kind = z.enum(["waiting", "active", "done", "withdrawn"]);
const limit = z.int().min(1);

/** As its source names it now; of one that only stages know still, the id. */
const status = z.strictObject({ id: z.string(), name: z.string() });

export const stageMap = z.strictObject({
  /** The latest; 0 while there are no stages. */
  version: z.int().min(0),
  /** With which stage work begins; null while there are none. */
  commitment: z.string().nullable(),
  /** In the flow's order. */
  stages: z.array(z.strictObject({ name: z.string(), kind, statuses: z.array(status), limit: limit.nullable() })),
  /** Those that mean "blocked" wherever they are mapped. */
  blocked: z.array(status),
  /** In no stage. */
  unmapped: z.array(status),
});

export type StageMapAnswer = z.input<typeof stageMap>;

/** By id or by name, as in the stages file. */
const statuses = z.array(name).max(MOST_STATUSES);

export const putStagesRequest = z.strictObject({
  /** Which version was seen when this one was decided on; 0 for none. */
  version: z.int().min(0),
  commitment: name,
  stages: z
    .array(z.strictObject({ name, kind, statuses, limit: limit.nullable().optional() }))
    .min(1)
    .max(MOST_STAGES)
    .refine(
      (all) => new Set([UNMAPPED_NAME, ...all.map((one) => one.name)]).size === all.length + 1,
      `each stage has a name of its own, and none is ${UNMAPPED_NAME}`,
    ),
  blocked: statuses.default([]),
});
