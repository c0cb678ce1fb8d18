/** Our own schemas of the calls that Jira's OpenAPI document lacks, since they are younger than it. */
import { z } from "zod";

const SEARCH_REQUEST = z.strictObject({
  jql: z.string(),
  fields: z.array(z.string()).optional(),
  maxResults: z.int().min(1).max(5000).optional(),
  nextPageToken: z.string().optional(),
  expand: z.string().optional(),
  properties: z.array(z.string()).optional(),
  fieldsByKeys: z.boolean().optional(),
  reconcileIssues: z.array(z.int()).max(50).optional(),
});

const SEARCH_REPLY = z.strictObject({
  issues: z.array(z.looseObject({ id: z.string() })),
  nextPageToken: z.string().optional(),
  isLast: z.boolean(),
});

const CHANGELOG_REQUEST = z.strictObject({
  issueIdsOrKeys: z.array(z.string()).min(1).max(1000),
  fieldIds: z.array(z.string()).max(10).optional(),
  maxResults: z.int().min(1).max(10_000).optional(),
  nextPageToken: z.string().optional(),
});

const text = z.string().nullable();
const CHANGELOG_REPLY = z.strictObject({
  issueChangeLogs: z.array(
    z.strictObject({
      issueId: z.string(),
      changeHistories: z.array(
        z.strictObject({
          id: z.string(),
          author: z.looseObject({ accountId: z.string() }),
          created: z.int(),
          historyMetadata: z.looseObject({}).optional(),
          items: z.array(
            z.strictObject({
              field: z.string(),
              fieldtype: z.enum(["custom", "jira"]),
              fieldId: z.string().optional(),
              from: text,
              fromString: text,
              to: text,
              toString: text,
            }),
          ),
        }),
      ),
    }),
  ),
  nextPageToken: text,
});

interface YoungerCall {
  readonly request: z.ZodType;
  readonly reply: z.ZodType;
}

export const YOUNGER_CALLS: ReadonlyMap<string, YoungerCall> = new Map([
  ["POST /rest/api/3/search/jql", { request: SEARCH_REQUEST, reply: SEARCH_REPLY }],
  ["POST /rest/api/3/changelog/bulkfetch", { request: CHANGELOG_REQUEST, reply: CHANGELOG_REPLY }],
]);

/** What is wrong with the value, empty when nothing is. */
export function schemaObjections(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map(({ path, message }) => `/${path.map(String).join("/")} ${message}`);
}
