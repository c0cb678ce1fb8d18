/** Events on their way to the ledger. Forge keeps them for a day. */
import { Queue } from "@forge/events";
import type { JiraEvent } from "@stageledger/core/contract/jira-events";

/** Named so in the manifest. */
const CHANGES = new Queue({ key: "changes" });

/** One event is some hundred bytes, far below the 200 kB of a push. Rejects when the queue does not take it. */
export async function queueEvent(event: JiraEvent): Promise<void> {
  await CHANGES.push({ body: event });
}
