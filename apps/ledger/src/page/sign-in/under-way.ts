/** A signing in that was begun: its browser, and no other, can end it. */
import { z } from "zod";
import { SealedCookie } from "../session/sealed-cookie.ts";
import type { SessionContext } from "../session/session-context.ts";

const underWay = z.strictObject({
  provider: z.number(),
  checks: z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  to: z.string(),
  /** Wants to say whose ledger, even where there is only one. */
  chooses: z.boolean(),
});

export type UnderWay = z.output<typeof underWay>;

const LIFE_MILLISECONDS = 10 * 60_000;

export function underWayCookie(context: SessionContext): SealedCookie<UnderWay> {
  return new SealedCookie(context, "sign-in", underWay, LIFE_MILLISECONDS);
}
