/** A route for the app itself, in no person's name. Its calls come at least once, and may come again. */
import { StageledgerError } from "@stageledger/core";
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import type { Request, Response } from "express";
import type { z } from "zod";
import { acceptCall } from "../http/call-input.ts";
import { readBytes } from "../http/read-json.ts";
import type { ServiceCaller } from "./caller.ts";
import type { ServiceContext } from "./forge-context.ts";
import { type UnreadableBody, unreadableBody } from "./unreadable-body.ts";

export interface ServiceCall<B extends z.ZodType> {
  readonly context: ServiceContext;
  readonly caller: ServiceCaller;
  readonly body: z.output<B>;
  /** The body as it came. */
  readonly bytes: Uint8Array;
  /** With which the site can be asked in the app's name, where it came along. It goes nowhere else, and into no log. */
  readonly siteToken: string | undefined;
}

export interface ServiceRoute {
  readonly contract: RouteContract;
  answer(context: ServiceContext, caller: ServiceCaller, request: Request, response: Response): Promise<void>;
}

interface RefusedBodies {
  /** Told of a call whose body is refused, before it is. */
  keep(context: ServiceContext, caller: ServiceCaller, body: UnreadableBody): Promise<void>;
}

export function serviceRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  serve: (call: ServiceCall<B>) => Promise<z.input<A>>,
  refused?: RefusedBodies,
): ServiceRoute {
  async function read(
    context: ServiceContext,
    caller: ServiceCaller,
    request: Request,
  ): Promise<Pick<ServiceCall<B>, "body" | "bytes">> {
    let bytes: Uint8Array | undefined;
    try {
      bytes = await readBytes(request, contract.mostBodyBytes);
      return { body: acceptCall(contract, request, bytes).body, bytes };
    } catch (error) {
      // One that broke off has no answer, and comes again.
      const isBrokenOff = request.destroyed && !request.complete;
      if (refused !== undefined && error instanceof StageledgerError && !isBrokenOff) {
        await refused.keep(context, caller, unreadableBody(error, request, bytes));
      }
      throw error;
    }
  }

  return {
    contract,
    async answer(context, caller, request, response) {
      const { body, bytes } = await read(context, caller, request);
      const answer = await serve({ context, caller, body, bytes, siteToken: siteTokenOf(request) });
      response.status(contract.status).json(contract.answer.parse(answer));
    },
  };
}

/** As it can stand in a header again. */
const TOKEN = /^[\x21-\x7e]{1,16384}$/u;

function siteTokenOf({ headers }: Request): string | undefined {
  const token = headers["x-forge-oauth-system"];
  return typeof token === "string" && TOKEN.test(token) ? token : undefined;
}
