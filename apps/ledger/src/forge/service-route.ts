/** A route for the app itself, in no person's name. Its calls come at least once, and may come again. */
import type { RouteContract } from "@stageledger/core/contract/routes";
import type { Request, Response } from "express";
import type { z } from "zod";
import { readCall } from "./call-input.ts";
import type { ServiceCaller } from "./caller.ts";
import type { ForgeContext } from "./forge-context.ts";

export interface ServiceCall<B extends z.ZodType> {
  readonly context: ForgeContext;
  readonly caller: ServiceCaller;
  readonly body: z.output<B>;
  /** With which the site can be asked in the app's name, where it came along. It goes nowhere else, and into no log. */
  readonly siteToken: string | undefined;
}

export interface ServiceRoute {
  readonly contract: RouteContract;
  answer(context: ForgeContext, caller: ServiceCaller, request: Request, response: Response): Promise<void>;
}

export function serviceRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  serve: (call: ServiceCall<B>) => Promise<z.input<A>>,
): ServiceRoute {
  return {
    contract,
    async answer(context, caller, request, response) {
      const { body } = await readCall(contract, request);
      const answer = await serve({ context, caller, body, siteToken: siteTokenOf(request) });
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
