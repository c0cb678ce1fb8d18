/** How a ledger's connections go, and what is set for all: for who administers the site. Counts, codes and ids of projects only. */
import { z } from "zod";
import { instant, itemId, name } from "./values.ts";

const finding = z.strictObject({
  code: z.string().nullable(),
  /** What is so. */
  finding: z.string(),
  /** What to do about it; null where nothing is to be done. */
  next: z.string().nullable(),
});

const connection = z.strictObject({
  kind: z.enum(["jira", "asana"]),
  /** `new`: nothing was read yet. */
  state: z.enum(["new", "works", "problem"]),
  findings: z.array(finding),
  /** When all of a project was last compared with its source; null before the first time. */
  comparedAt: instant.nullable(),
  /** When that is due again. */
  dueAt: instant.nullable(),
  bellsWaiting: z.int().min(0),
  bellsParked: z.int().min(0),
  itemsInDoubt: z.int().min(0),
});

export const siteState = z.strictObject({
  /** The ledger's clock. */
  now: instant,
  zone: z.string(),
  /** Days that are recorded mean something else in another zone: it can be changed while there are none. */
  canChangeZone: z.boolean(),
  /** Whether worklogs that people make in Jira itself count. */
  takesNativeWorklogs: z.boolean(),
  connections: z.array(connection),
  /** The ledger's, in order, and what each is made of, such as `jira:10001`. */
  projects: z.array(z.strictObject({ project: z.string(), sources: z.array(z.string()) })),
});

export type SiteState = z.input<typeof siteState>;

export const worklogsRequest = z.strictObject({ isOn: z.boolean() });
export const zoneRequest = z.strictObject({ zone: name });

/** A project's id in the ledger, with its source in front, is of the form of an item's. */
export const sourceProjectParams = z.strictObject({ sourceProject: itemId });
/** A new name, or that of a project that there is: then both sources are one project. */
export const sourceProjectRequest = z.strictObject({ project: name });
