import type { FieldList } from "./schemas.ts";

/** changelog/bulkfetch filters by at most 10 fields, and five are always asked for. */
const MOST_FLAGGED_FIELDS = 5;

/**
 * Ids of the fields that hold Jira's flag ("Impediment"). Jira gives the field no type of its own: it is the checkboxes
 * field that Jira made under the name Flagged. The untranslated name decides, since a site may show another one.
 */
export function flaggedFieldIds(fields: FieldList): string[] {
  return fields
    .filter((field) => (field.untranslatedName || field.name) === "Flagged")
    .filter((field) => field.schema?.custom === CHECKBOXES)
    .map((field) => field.id)
    .slice(0, MOST_FLAGGED_FIELDS);
}

const CHECKBOXES = "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes";
