/** A client made from nothing but an OpenAPI document: it sends what the document says, and checks every answer against it. */
import { randomUUID } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";

const content = z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }) }));
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), required: z.boolean() })),
  requestBody: z.object({ required: z.literal(true), content }).optional(),
  responses: z.record(z.string(), z.object({ content })),
});
const documentSchema = z.looseObject({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.record(z.enum(["get", "post", "put", "patch", "delete"]), operation.optional())),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

interface Sent {
  /** By the names of the document's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface GeneratedClient {
  readonly operations: readonly string[];
  /** Those that were answered as the document says. */
  readonly answered: ReadonlySet<string>;
  call(operationId: string, sent?: Sent): Promise<{ readonly status: number; readonly body: unknown }>;
}

export async function generatedClient(url: string, token: () => Promise<string>): Promise<GeneratedClient> {
  const document = documentSchema.parse(await (await fetch(`${url}/openapi.json`)).json());
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  ajv.addSchema(document, "document");
  const found = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, one]) =>
        one === undefined ? [] : [[one.operationId, { path, method, ...one }] as const],
      ),
    ),
  );
  const answered = new Set<string>();

  function check(value: unknown, ref: string): void {
    const validate = ajv.compile({ $ref: `document${ref}` });
    if (!validate(value)) throw new Error(`Not ${ref}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
  }

  return {
    operations: [...found.keys()],
    answered,
    async call(operationId, { parameters = {}, body } = {}) {
      const one = found.get(operationId);
      if (one === undefined) throw new Error(`The document has no ${operationId}.`);
      const target = new URL(
        url + one.path.replaceAll(/\{(\w+)\}/gu, (_, name) => encodeURIComponent(parameters[name] ?? "")),
      );
      const headers = new Headers({ authorization: `Bearer ${await token()}` });
      for (const { name, in: where, required } of one.parameters) {
        const value = where === "header" ? (parameters[name] ?? randomUUID()) : parameters[name];
        if (value === undefined && required) throw new Error(`${operationId} needs ${name}.`);
        if (value !== undefined && where === "query") target.searchParams.set(name, value);
        if (value !== undefined && where === "header") headers.set(name, value);
      }
      const schema = one.requestBody?.content["application/json"]?.schema.$ref;
      if (schema !== undefined) {
        check(body, schema);
        headers.set("content-type", "application/json");
      }
      const response = await fetch(target, {
        method: one.method.toUpperCase(),
        headers,
        ...(schema === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const declared = one.responses[String(response.status)] ?? one.responses.default;
      const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
      const ref = declared?.content[type]?.schema.$ref;
      if (ref === undefined)
        throw new Error(`${operationId} answered ${response.status} as ${type}, which is not foreseen.`);
      const answer: unknown = await response.json();
      check(answer, ref);
      if (response.ok) answered.add(operationId);
      return { status: response.status, body: answer };
    },
  };
}
