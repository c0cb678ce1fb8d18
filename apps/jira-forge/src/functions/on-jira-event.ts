/** An event of Jira is stripped to ids, an action and an instant here, before anything of it is kept or leaves Jira. */
import type { InvocationError } from "@forge/events";
import { strippedEvent } from "@stageledger/core/contract/jira-events";
import { queueEvent } from "./changes-queue.ts";
import { tellOperator } from "./tell-operator.ts";
import { tryAgain } from "./try-again.ts";

export async function onJiraEvent(event: unknown): Promise<InvocationError | undefined> {
  const told = strippedEvent(event);
  if (told === undefined) {
    tellOperator("event not understood", {});
    return undefined;
  }
  try {
    await queueEvent(told);
    return undefined;
  } catch (error) {
    tellOperator("event not queued", { error: error instanceof Error ? error.name : undefined });
    return tryAgain(event);
  }
}
