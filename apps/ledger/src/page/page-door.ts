/** All that a browser reaches of the ledger: the page's files, signing in, sessions, My time, and the page's API. */
import type { Router } from "express";
import { type MyContext, myRoutes } from "./my/my-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import { findSessionOf } from "./session/find-session.ts";
import { sessionRoutes } from "./session/session-routes.ts";
import { signInRoutes } from "./sign-in/sign-in-routes.ts";
import type { ProviderSettings } from "./sign-in/sign-in-settings.ts";
import { builtPageFolder, pageFiles } from "./static.ts";

/** @param providers who signs people in; one at least */
export function pageDoor(context: MyContext, providers: readonly ProviderSettings[]): readonly Router[] {
  return [
    pageFiles(builtPageFolder()),
    signInRoutes(context, providers),
    sessionRoutes(context),
    myRoutes(context),
    pageRoutes({ ...context, findMember: (request) => findSessionOf(context, request) }),
  ];
}
