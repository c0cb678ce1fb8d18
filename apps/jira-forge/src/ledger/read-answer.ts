import { problem } from "@stageledger/core/contract/problem";
import type { z } from "zod";
import { type Failure, type Outcome, OWN_CODES } from "./failure.ts";

const CLIENT_ERROR = 400;
const SERVER_ERROR = 500;

const FORBIDDEN: ReadonlySet<number> = new Set([401, 403]);

/** Says that this very call wrote already: Forge tried it again by itself, and the first answer was lost on the way. */
const TOKEN_USED = "TOKEN_USED";

/** What came over the bridge. Where a call failed on the way it is whatever the bridge says of that, without a status. */
export function readAnswer<A extends z.ZodType>(told: unknown, schema: A): Outcome<z.output<A>> {
  const { status, body: sent } = membersOf(told);
  const body = typeof sent === "string" ? parsed(sent) : sent;
  if (typeof status !== "number") return failed({ code: OWN_CODES.unreached, isCertain: false });
  if (status >= CLIENT_ERROR) return failed(refusal(status, body));
  const answer = schema.safeParse(body);
  return answer.success
    ? { isDone: true, answer: answer.data }
    : failed({ code: OWN_CODES.unreadable, isCertain: false });
}

function refusal(status: number, body: unknown): Failure {
  const told = problem.safeParse(body).data;
  if (told === undefined && FORBIDDEN.has(status)) return { code: OWN_CODES.forbidden, isCertain: true };
  // Whatever stands in front of the ledger answers in its own words: to a person that is the same as no ledger.
  if (told === undefined) return { code: OWN_CODES.unreached, isCertain: false };
  const { code, detail, next, at, timer } = told;
  return { code, detail, next, at, timer, isCertain: status < SERVER_ERROR && code !== TOKEN_USED };
}

/** Of a kind of JSON that the bridge does not know for one, such as application/problem+json, it may hand on the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function membersOf(told: unknown): { readonly status?: unknown; readonly body?: unknown } {
  return typeof told === "object" && told !== null ? told : {};
}

function failed(failure: Failure): { readonly isDone: false; readonly failure: Failure } {
  return { isDone: false, failure };
}
