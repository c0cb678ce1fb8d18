/** The OpenAPI 3.1 document of the panel's API, made from its contract. Pure. */
import { problem } from "@stageledger/core/contract/problem";
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import { ROUTES } from "@stageledger/core/contract/routes";
import { anything, nothing } from "@stageledger/core/contract/values";
import { z } from "zod";
import manifest from "../../package.json" with { type: "json" };

type Json = Readonly<Record<string, unknown>>;

const COMPONENTS = "#/components/schemas/";

export function openApiDocument(): Json {
  const contracts = Object.entries<RouteContract>(ROUTES);
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operation, contract] of contracts) {
    paths[contract.path] = { ...paths[contract.path], [contract.method]: operationOf(operation, contract) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Stageledger: the app in Jira",
      version: manifest.version,
      description:
        "Each call carries Forge's invocation token. Where an Idempotency-Key is asked for, a call is made once a token, and gets the first answer again under the same key.",
      license: { name: manifest.license, identifier: manifest.license },
    },
    security: [{ forge: [] }],
    paths,
    components: {
      securitySchemes: { forge: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { ...requestSchemas(contracts), ...answerSchemas(contracts) },
    },
  };
}

function operationOf(operation: string, contract: RouteContract): Json {
  const { summary, params, query, body, answerName, status, needsKey, caller } = contract;
  return {
    operationId: operation,
    summary,
    parameters: [
      ...parametersOf(params, "path"),
      ...parametersOf(query, "query"),
      ...(needsKey ? [IDEMPOTENCY_KEY] : []),
      caller === "service" ? SITE_TOKEN : USER_TOKEN,
    ],
    ...(isSaid(body)
      ? { requestBody: { required: true, content: json("application/json", requestName(operation)) } }
      : {}),
    responses: {
      [status]: { description: summary, content: json("application/json", answerName) },
      default: { description: "Why not", content: json("application/problem+json", "Problem") },
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "A new one for each thing that is done, the same when it is tried again.",
  schema: { type: "string", pattern: "^[0-9A-Za-z_-]{8,64}$" },
};

const USER_TOKEN = {
  name: "x-forge-oauth-user",
  in: "header",
  required: false,
  description:
    "Brought by Forge: what the person may do is asked of Jira with it. Without it, whatever needs a right is refused.",
  schema: { type: "string" },
};

const SITE_TOKEN = {
  name: "x-forge-oauth-system",
  in: "header",
  required: false,
  description: "Brought by Forge: the site is read with it.",
  schema: { type: "string" },
};

function isSaid(body: z.ZodType): boolean {
  return body !== nothing && body !== anything;
}

function parametersOf(schema: z.ZodType, where: "path" | "query"): readonly Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }));
}

function json(type: string, name: string): Json {
  return { [type]: { schema: { $ref: COMPONENTS + name } } };
}

function requestName(operation: string): string {
  return `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Request`;
}

function requestSchemas(contracts: readonly (readonly [string, RouteContract])[]): Json {
  const named = contracts.filter(([, { body }]) => isSaid(body));
  return schemasOf(new Map(named.map(([operation, { body }]) => [requestName(operation), body])), "input");
}

function answerSchemas(contracts: readonly (readonly [string, RouteContract])[]): Json {
  const named = contracts.map(([, { answerName, answer }]) => [answerName, answer] as const);
  return schemasOf(new Map([...named, ["Problem", problem]]), "output");
}

/** Schemas that stand in others are referred to by their names. */
function schemasOf(schemaByName: ReadonlyMap<string, z.ZodType>, io: "input" | "output"): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of schemaByName) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => COMPONENTS + id });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema] as const),
  );
}
