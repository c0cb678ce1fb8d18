/** All that a browser reaches of the ledger: signing in, sessions, and the page's API. */
import type { Router } from "express";
import { pageRoutes } from "./page-routes.ts";
import { findSessionOf } from "./session/find-session.ts";
import type { SessionContext } from "./session/session-context.ts";
import { sessionRoutes } from "./session/session-routes.ts";
import { signInRoutes } from "./sign-in/sign-in-routes.ts";
import type { ProviderSettings } from "./sign-in/sign-in-settings.ts";

/** @param providers who signs people in; one at least */
export function pageDoor(context: SessionContext, providers: readonly ProviderSettings[]): readonly Router[] {
  return [
    signInRoutes(context, providers),
    sessionRoutes(context),
    pageRoutes({ ...context, findMember: (request) => findSessionOf(context, request) }),
  ];
}
