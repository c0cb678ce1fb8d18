/** What a browser keeps of a signing in: it says who somebody is, and must not outlast what they began or ended by it. */
import type { Response } from "express";
import type { SessionContext } from "../session/session-context.ts";
import { arrivedCookie } from "./arrived.ts";
import { underWayCookie } from "./under-way.ts";

/** Whoever comes to this browser next has to prove who they are. */
export function forgetSignIn(context: SessionContext, response: Response): void {
  arrivedCookie(context).clear(response);
  underWayCookie(context).clear(response);
}
