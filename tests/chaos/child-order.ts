/** What the harness tells a child that it holds ready, in one line of JSON. */
import { z } from "zod";

/** Rules of the product that can be broken on purpose: the comparison with the truth must then fail. */
export const ASANA_MUTANTS = [
  "ack-before-commit",
  "token-without-recrawl",
  "absence-is-deletion",
  "no-second-look",
] as const;
export const JIRA_MUTANTS = [
  "ack-before-commit",
  "settled-before-recorded",
  "deletions-not-listed",
  "mirrors-counted",
  "token-used-twice",
  "key-used-twice",
] as const;
export const mutantSchema = z.enum([...ASANA_MUTANTS, ...JIRA_MUTANTS]);
export type Mutant = z.infer<typeof mutantSchema>;
export const MUTANTS: readonly Mutant[] = mutantSchema.options;

export const childOrderSchema = z.object({
  /** What rings comes to a receiver, a worker does the jobs. */
  role: z.enum(["receiver", "worker", "both"]),
  databaseUrl: z.string(),
  /** Absent: the queue of one process. */
  redisUrl: z.string().optional(),
  clockPath: z.string(),
  masterKey: z.string(),
  /** Absent where nothing of the run is in Asana. */
  asanaUrl: z.string().optional(),
  /** Where Forge publishes its keys; absent where nothing of the run is in Jira. */
  forgeKeysUrl: z.string().optional(),
  /** Of the door. */
  port: z.number(),
  mutant: mutantSchema.optional(),
});

export type ChildOrder = z.infer<typeof childOrderSchema>;

/** What a child logs: of each job, and whether its calls to a source wait for the clock to go on. */
export const JOB_BEGINS = "job begins";
export const JOB_ENDS = "job ends";
export const WAIT_BEGINS = "wait begins";
export const WAIT_ENDS = "wait ends";
