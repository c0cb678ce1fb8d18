/** What somebody is shown whose browser opened a page that cannot be. Those who ask for JSON get a problem, as everywhere. */
import type { ErrorRequestHandler } from "express";
import { answerProblems, toldOf } from "../../http/problem.ts";
import type { SessionContext } from "../session/session-context.ts";
import { problemPage, sendPage } from "./sign-in-pages.ts";

export function answerPages(context: Pick<SessionContext, "log" | "publicUrl">): ErrorRequestHandler {
  const problems = answerProblems(context.log);
  return (error: unknown, request, response, next) => {
    if (response.headersSent || request.accepts(["json", "html"]) !== "html") {
      return problems(error, request, response, next);
    }
    if (!request.complete) response.set("connection", "close");
    const told = toldOf(error, request, context.log);
    sendPage(context, response.status(told.status), problemPage(told));
  };
}
