import { Ajv, type ErrorObject } from "ajv";

type Schema = { readonly [keyword: string]: unknown };

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** A document whose paths are looked up one by one. */
export interface OpenApiSource {
  readonly components: unknown;
  /** `/tasks/{task_gid}` */
  readonly paths: readonly string[];
  readonly pathItem: (path: string) => unknown;
}

/** One path with one method, as the document has it. */
export interface Operation {
  /** `GET /tasks/{task_gid}` */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly bodySchema: Schema | undefined;
  readonly schemaByStatus: ReadonlyMap<string, Schema>;
}

/**
 * What a list may show of each row when `opt_fields` asks for it: the document gives its rows the compact schema, but lists
 * the fields of the whole one.
 */
const WHOLE_OF_COMPACT: Readonly<Record<string, string>> = {
  ProjectCompact: "ProjectResponse",
  SectionCompact: "SectionResponse",
  StoryCompact: "StoryResponse",
  TaskCompact: "TaskResponse",
  TimeTrackingEntryCompact: "TimeTrackingEntryBase",
  WorkspaceCompact: "WorkspaceResponse",
};

const FORMATS = {
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uri: (text: string) => URL.canParse(text),
  email: /^[^@\s]+@[^@\s]+$/,
};

/**
 * An OpenAPI 3.0 document, read strictly: a member that no schema names is wrong, in requests and in replies. In replies
 * every member may be null, since the document does not say where Asana answers null.
 */
export class OpenApiDocument {
  readonly #source: OpenApiSource;
  readonly #operationByName = new Map<string, Operation>();
  readonly #ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS, validateSchema: false });

  constructor(source: OpenApiSource) {
    this.#source = source;
    const components = Object.entries(schemaOf(schemaOf(source.components).schemas));
    for (const kind of ["request", "reply"] as const) {
      const schemas = components.map(([name, schema]) => [name, this.#flat(schema, kind)]);
      this.#ajv.addSchema({ components: { schemas: Object.fromEntries(schemas) } }, kind);
    }
  }

  /** @param path `/tasks/1209000000000307`, without the base path */
  findOperation(method: string, path: string): Operation | undefined {
    const parts = path.split("/");
    const found = this.#source.paths.find((each) => isPathOf(each.split("/"), parts));
    if (found === undefined) return undefined;
    const name = `${method} ${found}`;
    const known = this.#operationByName.get(name);
    if (known !== undefined) return known;
    const item = schemaOf(this.#source.pathItem(found));
    const operation = item[method.toLowerCase()];
    if (operation === undefined) return undefined;
    const read = this.#readOperation(name, schemaOf(operation), listOf(item.parameters));
    this.#operationByName.set(name, read);
    return read;
  }

  /** What is wrong with the value, empty when nothing is. */
  objections(schema: Schema, value: unknown): string[] {
    const validate = this.#ajv.compile(schema);
    if (validate(value)) return [];
    // Where null is one way to be right, that the value is not null says nothing.
    return (validate.errors ?? [])
      .filter(({ params, keyword }) => keyword !== "anyOf" && params.type !== "null")
      .map(inWords);
  }

  #readOperation(name: string, operation: Schema, ofPath: readonly unknown[]): Operation {
    const { parameters, requestBody, responses } = operation;
    return {
      name,
      parameters: [...ofPath, ...listOf(parameters)].map((parameter) => this.#parameter(parameter)),
      bodySchema: requestBody === undefined ? undefined : this.#flat(jsonOf(requestBody), "request"),
      schemaByStatus: new Map(
        Object.entries(schemaOf(responses)).map(([status, response]) => [
          status,
          this.#flat(wholeRows(jsonOf(this.#resolve(response))), "reply"),
        ]),
      ),
    };
  }

  #parameter(parameter: unknown): Parameter {
    const { in: place, name, required, schema } = schemaOf(this.#resolve(parameter));
    return { in: String(place), name: String(name), required: required === true, schema: schemaOf(schema) };
  }

  #resolve(value: unknown): unknown {
    const { $ref } = schemaOf(value);
    if (typeof $ref !== "string") return value;
    const steps = $ref.replace("#/", "").split("/");
    return this.#resolve(steps.reduce<unknown>((inside, step) => schemaOf(inside)[step], this.#source));
  }

  /** The schema with its `allOf` merged, so that unknown members can be refused. References stay. */
  #flat(schema: unknown, kind: "reply" | "request"): Schema {
    const { $ref, properties, items, allOf, ...rest } = this.#merged(schemaOf(schema));
    if (typeof $ref === "string") return { $ref: $ref.replace("#", `${kind}#`) };
    const within = (inner: unknown) => this.#nullable(this.#flat(inner, kind), schemaOf(inner), kind);
    return {
      ...rest,
      ...(items === undefined ? {} : { items: within(items) }),
      ...(properties === undefined
        ? {}
        : {
            properties: Object.fromEntries(
              Object.entries(schemaOf(properties)).map(([name, inner]) => [name, within(inner)]),
            ),
            additionalProperties: rest.additionalProperties ?? false,
          }),
    };
  }

  #merged(schema: Schema): Schema {
    if (schema.allOf === undefined) return schema;
    const { allOf, ...own } = schema;
    const parts = [...listOf(allOf).map((part) => this.#merged(schemaOf(this.#resolve(part)))), own];
    const required = parts.flatMap((part) => listOf(part.required));
    return {
      ...Object.assign({}, ...parts),
      properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})),
      ...(required.length === 0 ? {} : { required }),
    };
  }

  #nullable(flat: Schema, original: Schema, kind: "reply" | "request"): Schema {
    const { nullable: _, ...plain } = flat;
    return kind === "reply" || original.nullable === true ? { anyOf: [{ type: "null" }, plain] } : plain;
  }
}

function isPathOf(template: readonly string[], parts: readonly string[]): boolean {
  return (
    template.length === parts.length && template.every((part, place) => part === parts[place] || part.startsWith("{"))
  );
}

/** The schema of a JSON body; anything when there is none. */
function jsonOf(bodyOrResponse: unknown): Schema {
  return schemaOf(schemaOf(schemaOf(schemaOf(bodyOrResponse).content)["application/json"]).schema);
}

function wholeRows(schema: Schema): Schema {
  const { data, ...others } = schemaOf(schema.properties);
  const compact = schemaOf(schemaOf(data).items).$ref;
  const whole = WHOLE_OF_COMPACT[String(compact).split("/").at(-1) ?? ""];
  if (whole === undefined) return schema;
  const items = { $ref: `#/components/schemas/${whole}` };
  return { ...schema, properties: { ...others, data: { type: "array", items } } };
}

function schemaOf(value: unknown): Schema {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function inWords({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}
