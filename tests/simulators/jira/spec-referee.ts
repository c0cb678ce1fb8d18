import { z } from "zod";
import { JsonSchemaReferee } from "../../support/json-schema-referee.ts";
import type { Answer } from "./answer.ts";
import type { Referee, SeenRequest } from "./site.ts";
import { schemaObjections, YOUNGER_CALLS } from "./younger-calls.ts";

const operation = z.looseObject({
  parameters: z
    .array(z.looseObject({ in: z.string(), name: z.string(), required: z.boolean().optional() }))
    .default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), z.looseObject({ content: z.unknown().optional() })),
});
type Operation = z.infer<typeof operation>;
const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.looseObject({
      get: operation.optional(),
      post: operation.optional(),
      put: operation.optional(),
      delete: operation.optional(),
    }),
  ),
});
const pageSchema = z.looseObject({ issues: z.array(z.unknown()).optional() });
const issueSchema = z.looseObject({ fields: z.record(z.string(), z.unknown()).optional() });

/** Schemas of an issue's fields: the document leaves them open where the issue stands, and describes them elsewhere. */
const SCHEMA_BY_FIELD: Readonly<Record<string, string>> = {
  assignee: "UserDetails",
  creator: "UserDetails",
  reporter: "UserDetails",
  status: "StatusDetails",
  issuetype: "IssueTypeDetails",
  project: "ProjectDetails",
  worklog: "PageOfWorklogs",
  comment: "PageOfComments",
};
/** Jira's OpenAPI document. */
export class JiraDocument {
  readonly #paths: z.infer<typeof documentSchema>["paths"];
  readonly #referee: JsonSchemaReferee;

  constructor(document: unknown) {
    const parsed = documentSchema.parse(document);
    this.#paths = parsed.paths;
    this.#referee = new JsonSchemaReferee(parsed);
  }

  /** The document's path of a path, `/rest/api/3/issue/{issueIdOrKey}`. */
  findPath(path: string): string | undefined {
    if (this.#paths[path] !== undefined) return path;
    const parts = path.split("/");
    return Object.keys(this.#paths).find((each) => {
      const pattern = each.split("/");
      return pattern.length === parts.length && pattern.every((part, n) => part === parts[n] || part.startsWith("{"));
    });
  }

  findOperation(path: string, method: string): Operation | undefined {
    const item = this.#paths[path];
    const byMethod = new Map([
      ["GET", item?.get],
      ["POST", item?.post],
      ["PUT", item?.put],
      ["DELETE", item?.delete],
    ]);
    return byMethod.get(method);
  }

  /** @param place such as `/components/schemas/IssueBean` */
  objections(value: unknown, place: string): string[] {
    return this.#referee.objections(value, place);
  }
}

/**
 * Holds every request and every reply against Jira's own document, where it covers the call, and against our own schemas where it
 * does not; notes what is wrong.
 */
export class SpecReferee implements Referee {
  /** One line each; a test wants none. */
  readonly objections: string[] = [];
  /** `GET /rest/api/3/status`: the calls that were judged, and those that the document does not cover. */
  readonly judged = new Set<string>();
  readonly notCovered = new Set<string>();
  readonly #document: JiraDocument;

  constructor(document: JiraDocument) {
    this.#document = document;
  }

  judge({ method, path, query, body }: SeenRequest, answer: Answer): void {
    const found = this.#document.findPath(path);
    const operation = found === undefined ? undefined : this.#document.findOperation(found, method);
    const name = `${method} ${found ?? path}`;
    (operation === undefined ? this.notCovered : this.judged).add(name);
    const younger = YOUNGER_CALLS.get(name);
    if (operation === undefined && younger === undefined) {
      this.#object(name, ["is not in the document"]);
      return;
    }
    // Outages and refused tokens are answered by other machines than Jira.
    if (answer.status >= 500 || answer.status === 401) return;
    if (answer.status >= 400) {
      this.#object(`${name} answered ${answer.status} with`, this.#document.objections(answer.json, ERRORS));
      return;
    }
    if (younger !== undefined) {
      this.#object(`${name} asked with`, schemaObjections(younger.request, body));
      this.#object(`${name} answered with`, schemaObjections(younger.reply, answer.json));
      this.#object(`${name} answered an issue with`, this.#rowsObjections(answer.json));
    }
    if (found === undefined || operation === undefined) return;
    const place = `/paths/${found.replaceAll("/", "~1")}/${method.toLowerCase()}`;
    const known = operation.parameters.filter((parameter) => parameter.in === "query");
    const unknown = [...query.keys()].filter((key) => !known.some((parameter) => parameter.name === key));
    const asked = operation.requestBody === undefined ? [] : this.#document.objections(body, place + REQUEST);
    this.#object(`${name} asked with`, [...unknown.map((key) => `unknown parameter ${key}`), ...asked]);
    this.#object(`${name} answered with`, this.#replyObjections(name, answer, operation, place));
    if (name === "GET /rest/api/3/issue/{issueIdOrKey}") {
      this.#object(`${name} answered with`, this.#issueObjections(answer.json));
    }
  }

  #replyObjections(name: string, { status, json }: Answer, operation: Operation, place: string): string[] {
    const reply = operation.responses[status];
    if (reply === undefined) return [`${status}, which the document does not know`];
    if (reply.content === undefined) return json === undefined ? [] : ["a body where there is none"];
    return this.#document.objections(asOfThen(name, json), place + replyAt(status));
  }

  #rowsObjections(page: unknown): string[] {
    const { issues = [] } = pageSchema.safeParse(page).data ?? {};
    return issues.flatMap((issue) => [
      ...this.#document.objections(issue, "/components/schemas/IssueBean"),
      ...this.#issueObjections(issue),
    ]);
  }

  #issueObjections(issue: unknown): string[] {
    const { fields = {} } = issueSchema.safeParse(issue).data ?? {};
    return Object.entries(SCHEMA_BY_FIELD).flatMap(([field, schema]) => {
      const value = fields[field] ?? undefined;
      if (value === undefined) return [];
      return this.#document.objections(value, `/components/schemas/${schema}`).map((each) => `${field}: ${each}`);
    });
  }

  #object(where: string, objections: readonly string[]): void {
    // What is wrong with one row is wrong with many.
    const distinct = new Set(objections.map((objection) => `${where} ${objection.replace(/\/\d+/g, "/*")}`));
    this.objections.push(...distinct);
  }
}

const ERRORS = "/components/schemas/ErrorCollection";
const REQUEST = "/requestBody/content/application~1json/schema";
const replyAt = (status: number): string => `/responses/${status}/content/application~1json/schema`;

/** The answer as it was when the document was written: `untranslatedName` of a field is younger. */
function asOfThen(name: string, json: unknown): unknown {
  if (name !== "GET /rest/api/3/field") return json;
  const fields = z.array(z.looseObject({ untranslatedName: z.string().optional() })).parse(json);
  return fields.map(({ untranslatedName: _, ...field }) => field);
}
