/** What a call says, by its contract: whatever is not in the contract is refused. */
import { StageledgerError } from "@stageledger/core";
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import type { Request } from "express";
import type { z } from "zod";
import { jsonIn, readBytes } from "./read-json.ts";
import { Refusal } from "./refusal.ts";

export interface CallInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
}

/** @throws StageledgerError REQUEST_INVALID, BODY_TOO_LARGE, BODY_UNREADABLE */
export async function readCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: Pick<RouteContract<P, Q, B>, "params" | "query" | "body" | "mostBodyBytes">,
  request: Request,
): Promise<CallInput<P, Q, B>> {
  return acceptCall(contract, request, await readBytes(request, contract.mostBodyBytes));
}

/** @param bytes the body. @throws StageledgerError REQUEST_INVALID, BODY_UNREADABLE */
export function acceptCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: Pick<RouteContract<P, Q, B>, "params" | "query" | "body">,
  request: Request,
  bytes: Uint8Array,
): CallInput<P, Q, B> {
  return {
    params: accepted(contract.params, { ...request.params }, "params"),
    query: accepted(contract.query, queryOf(request.url), "query"),
    body: accepted(contract.body, jsonIn(bytes) ?? {}, "body"),
  };
}

function accepted<S extends z.ZodType>(schema: S, sent: unknown, part: string): z.output<S> {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw invalid(part, parsed.error);
}

/** Each name once. */
function queryOf(url: string): Readonly<Record<string, string | string[]>> {
  const { searchParams } = new URL(url, "http://localhost");
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

/** Where the first fault lies, by names of ours: those of members that we do not know are not repeated. */
function invalid(part: string, { issues: [first] }: z.ZodError): StageledgerError {
  const at = [part, ...(first?.path ?? [])].join(".");
  const fault = first?.code === "unrecognized_keys" ? `with a member that is not known in ${at}` : `at ${at}`;
  return new Refusal(
    new StageledgerError("REQUEST_INVALID", `The request is not what it should be, ${fault}.`, {
      next: "See /openapi.json for what this route takes.",
    }),
    { at },
  );
}
