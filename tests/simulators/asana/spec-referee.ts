import type { Answer } from "./answer.ts";
import type { Referee, SeenRequest } from "./fake-asana.ts";
import type { OpenApiDocument, Operation } from "./open-api-document.ts";

/**
 * Asked for although the document does not list it: a list of entries is of no use without the task, and the entry itself
 * has both. Whether the lists give them, only Asana knows: see the dial entryListsAreCompact.
 */
const LACKING_IN_THE_DOCUMENT: Readonly<Record<string, readonly string[]>> = {
  "GET /time_tracking_entries": ["created_at", "task"],
  "GET /tasks/{task_gid}/time_tracking_entries": ["created_at", "task"],
};

const ERROR = { $ref: "reply#/components/schemas/ErrorResponse" };

/** Holds every request and every reply against Asana's own document, and notes what is wrong. */
export class SpecReferee implements Referee {
  /** One line each; a test wants none. */
  readonly objections: string[] = [];
  readonly #document: OpenApiDocument;

  constructor(document: OpenApiDocument) {
    this.#document = document;
  }

  judge(request: SeenRequest, answer: Answer): void {
    const operation = this.#document.findOperation(request.method, request.path);
    if (operation === undefined) {
      this.#object(`${request.method} ${request.path}`, ["is not in the document"]);
      return;
    }
    this.#object(`${operation.name} asked with`, [
      ...this.#queryObjections(operation, request.query),
      ...this.#bodyObjections(operation, request.body),
    ]);
    // Asana refuses in more ways than each operation lists: all of them look the same.
    const schema = operation.schemaByStatus.get(String(answer.status)) ?? (answer.status >= 400 ? ERROR : undefined);
    const isWrong =
      schema === undefined ? ["a status that the document lacks"] : this.#document.objections(schema, answer.json);
    this.#object(`${operation.name} answered ${answer.status} with`, isWrong);
  }

  #queryObjections({ name, parameters }: Operation, query: URLSearchParams): string[] {
    const known = parameters.filter((parameter) => parameter.in === "query");
    const missing = known.filter((parameter) => parameter.required && !query.has(parameter.name));
    const given = [...query].flatMap(([key, text]) => {
      const parameter = known.find((each) => each.name === key);
      if (parameter === undefined) return [`unknown parameter ${key}`];
      const value = typed(text, parameter.schema.type);
      const lacking = LACKING_IN_THE_DOCUMENT[name] ?? [];
      const judged = Array.isArray(value) ? value.filter((each) => !lacking.includes(each)) : value;
      return this.#document.objections(parameter.schema, judged).map((objection) => `${key}=${text}: ${objection}`);
    });
    return [...missing.map((parameter) => `no ${parameter.name}`), ...given];
  }

  #bodyObjections({ bodySchema }: Operation, body: unknown): string[] {
    if (bodySchema !== undefined) return this.#document.objections(bodySchema, body);
    return body === undefined ? [] : ["a body that the document lacks"];
  }

  #object(where: string, objections: readonly string[]): void {
    // What is wrong with one row is wrong with many.
    const distinct = new Set(objections.map((objection) => `${where} ${objection.replace(/\/\d+/g, "/*")}`));
    this.objections.push(...distinct);
  }
}

/** The text as the type that the document wants, or as text when it is none of it. */
function typed(text: string, type: unknown): unknown {
  switch (type) {
    case "array":
      return text.split(",");
    case "boolean":
      return text === "true" || (text === "false" ? false : text);
    case "integer":
      return /^-?\d+$/.test(text) ? Number(text) : text;
    default:
      return text;
  }
}
