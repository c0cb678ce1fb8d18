/**
 * The fields of Asana's replies that are used, and no others: what is not named here is dropped as soon as it arrives. Names
 * of people, comments, descriptions and rates are not named here. Every field but the gid may be absent, whatever the
 * specification promises.
 */
import { z } from "zod";

const gid = z.string().min(1);
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const reference = z.object({ gid });
const named = z.object({ gid, name: z.string() });

/** A project, workspace, section, custom field or option, with the name that its team gave it. */
export type Named = z.infer<typeof named>;

export const workspaceSchema = named;
export const projectSchema = z.object({ gid, name: z.string(), archived: z.boolean().nullish() });
export const sectionSchema = named;

/** A custom field of a project that has options to choose from; others have none. */
export const fieldSettingSchema = z.object({
  custom_field: z.object({
    gid,
    name: z.string(),
    resource_subtype: z.string().nullish(),
    enum_options: z.array(named).nullish(),
  }),
});

export const taskSchema = z.object({
  gid,
  created_at: instant,
  modified_at: instant.nullish(),
  completed: z.boolean(),
  completed_at: instant.nullish(),
  /** Whole minutes of all its entries; absent without time tracking. */
  actual_time_minutes: z.number().nullish(),
  num_subtasks: z.number().int().nullish(),
  parent: reference.nullish(),
  memberships: z.array(z.object({ project: reference.nullish(), section: named.nullish() })).nullish(),
  custom_fields: z.array(z.object({ gid, enum_value: reference.nullish() })).nullish(),
});

/** Never its text, which is in the language of whoever did it. */
export const storySchema = z.object({
  gid,
  created_at: instant,
  resource_subtype: z.string().nullish(),
  project: reference.nullish(),
  old_section: named.nullish(),
  new_section: named.nullish(),
  custom_field: reference.nullish(),
  old_enum_value: named.nullish(),
  new_enum_value: named.nullish(),
});

export const entrySchema = z.object({
  gid,
  duration_minutes: z.number().int(),
  entered_on: z.iso.date(),
  created_at: instant,
  attributable_to: reference.nullish(),
  /** Only the pseudonym is derived from it; it goes no further than that. */
  created_by: reference.nullish(),
  task: reference.nullish(),
  categories: z.array(named).nullish(),
});

/** A bell: its body is never believed, only where it rang. The same in a webhook and in the list of events. */
export const eventSchema = z.object({
  action: z.string(),
  created_at: instant.nullish(),
  resource: z.object({ gid, resource_type: z.string().nullish(), resource_subtype: z.string().nullish() }),
  parent: z.object({ gid, resource_type: z.string().nullish() }).nullish(),
});

/** Health of a webhook. What failed last is not read: it can quote anything. */
export const webhookSchema = z.object({
  gid,
  active: z.boolean().nullish(),
  resource: reference.nullish(),
  target: z.string().nullish(),
  last_success_at: instant.nullish(),
  last_failure_at: instant.nullish(),
  delivery_retry_count: z.number().nullish(),
  failure_deletion_timestamp: instant.nullish(),
});

export type AsanaProject = z.infer<typeof projectSchema>;
export type AsanaSection = z.infer<typeof sectionSchema>;
export type AsanaFieldSetting = z.infer<typeof fieldSettingSchema>;
export type AsanaTask = z.infer<typeof taskSchema>;
export type AsanaStory = z.infer<typeof storySchema>;
export type AsanaEntry = z.infer<typeof entrySchema>;
export type AsanaEvent = z.infer<typeof eventSchema>;
export type AsanaWebhook = z.infer<typeof webhookSchema>;
