/** Takes an event from the queue to the ledger. It may come twice: the ledger rings twice, and reads the same. */
import type { InvocationError } from "@forge/events";
import { jiraEvent } from "@stageledger/core/contract/jira-events";
import { ROUTES } from "@stageledger/core/contract/routes";
import { z } from "zod";
import { callLedger } from "./call-ledger.ts";
import { tellOperator } from "./tell-operator.ts";
import { tryAgain } from "./try-again.ts";

const queued = z.object({ body: jiraEvent });

export async function deliverEvents(event: unknown): Promise<InvocationError | undefined> {
  const told = queued.safeParse(event);
  if (!told.success) {
    // Of another version of the app. Nothing goes out that is not known to be stripped.
    tellOperator("queued event not understood", {});
    return undefined;
  }
  const answer = await callLedger(ROUTES.tellEvents, { events: [told.data.body] });
  if (answer.kind === "taken") return undefined;
  if (answer.kind === "refused") {
    tellOperator("event refused", { status: answer.status, code: answer.code });
    return undefined;
  }
  tellOperator("event not delivered", { status: answer.status });
  return tryAgain(event, answer.retryAfterSeconds);
}
