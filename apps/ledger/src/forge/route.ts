/** A route for people, ready to be hung into the router of any door. */
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import type { RequestAnswer } from "@stageledger/db";
import type { Request } from "express";
import type { z } from "zod";
import type { Caller } from "./caller.ts";
import type { DoorContext } from "./forge-context.ts";
import type { AskRight } from "./rights/ask-right.ts";

export interface Route {
  readonly contract: RouteContract;
  /** @param ask for rights to what only the answer tells, or the body */
  answer(context: DoorContext, caller: Caller, request: Request, ask: AskRight): Promise<RequestAnswer>;
}

/** The answer as the contract has it, and not a member more. */
export function routeAnswer<A extends z.ZodType>(
  { status, answer }: Pick<RouteContract<z.ZodType, z.ZodType, z.ZodType, A>, "status" | "answer">,
  told: z.input<A>,
): RequestAnswer {
  return { status, answer: JSON.stringify(answer.parse(told)) };
}
