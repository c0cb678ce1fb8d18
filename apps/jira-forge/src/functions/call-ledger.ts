/** What the functions tell the ledger, in the app's own name. */
import { invokeRemote } from "@forge/api";
import { problem } from "@stageledger/core/contract/problem";
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import type { z } from "zod";

export type LedgerAnswer =
  | { readonly kind: "taken" }
  /** The same again would be answered the same. */
  | { readonly kind: "refused"; readonly status: number; readonly code: string | undefined }
  /** Worth another try. The status is undefined where there was no answer. */
  | { readonly kind: "failed"; readonly status: number | undefined; readonly retryAfterSeconds: number | undefined };

/** Named so in the manifest. */
const LEDGER = "ledger";
const TIMEOUT = 408;
const TOO_EARLY = 425;
const TOO_MANY = 429;
const FIRST_SERVER_FAULT = 500;
/** Forge ends a function after 25 s, and then nobody says whether to try again. */
const ANSWER_WITHIN_MILLISECONDS = 15_000;

/** Never throws. */
export async function callLedger<B extends z.ZodType>(
  { path, method }: RouteContract<z.ZodType, z.ZodType, B>,
  body: z.input<B>,
): Promise<LedgerAnswer> {
  try {
    const answer = await invokeRemote(LEDGER, {
      path,
      method: method.toUpperCase(),
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
    });
    const { ok, status, headers } = answer;
    if (ok) return { kind: "taken" };
    if (status >= FIRST_SERVER_FAULT || [TIMEOUT, TOO_EARLY, TOO_MANY].includes(status)) {
      return { kind: "failed", status, retryAfterSeconds: secondsIn(headers.get("retry-after")) };
    }
    return { kind: "refused", status, code: codeIn(await answer.text()) };
  } catch {
    // Forge throws when it cannot reach the ledger, or has no token to give; so does the limit.
    return { kind: "failed", status: undefined, retryAfterSeconds: undefined };
  }
}

function secondsIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,6}$/u.test(text) ? Number(text) : undefined;
}

function codeIn(text: string): string | undefined {
  try {
    return problem.safeParse(JSON.parse(text)).data?.code;
  } catch {
    return undefined;
  }
}
