/**
 * Somebody who has proved who they are, and has to say whose ledger they want: kept sealed in their browser for some minutes, and
 * nowhere here. Good for one entering of each ledger.
 */
import { z } from "zod";
import { SealedCookie } from "../session/sealed-cookie.ts";
import type { SessionContext } from "../session/session-context.ts";

const arrived = z.strictObject({
  /** A secret of this arrival. */
  id: z.uuid(),
  identity: z.strictObject({ issuer: z.string(), subject: z.string() }),
  /** Where they were going. */
  to: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});

export type Arrived = z.output<typeof arrived>;

/** Long enough to choose, or to type a code: who walks away meanwhile leaves it to the next one at their browser. */
export const ARRIVED_MILLISECONDS = 5 * 60_000;

export function arrivedCookie(context: SessionContext): SealedCookie<Arrived> {
  return new SealedCookie(context, "arrived", arrived, ARRIVED_MILLISECONDS);
}
