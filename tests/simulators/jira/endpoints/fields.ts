import { ok } from "../answer.ts";
import type { Route, SiteParts } from "../route.ts";
import { FLAG_FIELD } from "../world-issues.ts";

const SYSTEM_FIELDS = [
  "summary",
  "description",
  "issuetype",
  "project",
  "status",
  "created",
  "updated",
  "resolution",
  "resolutiondate",
  "parent",
  "assignee",
  "reporter",
  "creator",
  "priority",
  "labels",
  "subtasks",
  "issuelinks",
  "timespent",
  "comment",
  "worklog",
] as const;

/** GET status, GET field. */
export function fieldRoutes({ world, resources, dials }: SiteParts): Route[] {
  return [
    {
      method: "GET",
      path: "/rest/api/3/status",
      query: [],
      answer: () => {
        const there = [...world.statuses.values()].filter(({ isDeleted }) => !isDeleted);
        return ok(there.map(({ id }) => resources.status(id)));
      },
    },
    { method: "GET", path: "/rest/api/3/field", query: [], answer: () => ok(fieldsOf(dials.flagName)) },
  ];
}

interface FieldDetails {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly untranslatedName?: string;
  readonly custom: boolean;
  readonly orderable: boolean;
  readonly navigable: boolean;
  readonly searchable: boolean;
  readonly clauseNames: readonly string[];
  readonly schema: object;
}

export function fieldsOf(flagName: string): readonly FieldDetails[] {
  return [
    ...SYSTEM_FIELDS.map((id) => ({
      id,
      key: id,
      name: id,
      custom: false,
      orderable: true,
      navigable: true,
      searchable: true,
      clauseNames: [id],
      schema: { type: "any", system: id },
    })),
    {
      id: FLAG_FIELD,
      key: FLAG_FIELD,
      name: flagName,
      untranslatedName: "Flagged",
      custom: true,
      orderable: true,
      navigable: true,
      searchable: true,
      clauseNames: ["cf[10021]", flagName],
      schema: {
        type: "array",
        items: "option",
        custom: "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes",
        customId: 10_021,
      },
    },
  ];
}
