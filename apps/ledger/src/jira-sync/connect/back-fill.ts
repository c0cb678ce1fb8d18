/**
 * Reads a whole site: looks at everything, and then reads what looks otherwise than it was recorded. All of it is kept as it goes,
 * so that whoever goes on, after any end, goes on from there.
 */
import { type BellTally, type ConnectionTally, inTransaction, tallyBells, tallyConnection } from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import { beginStages } from "../../stages/begin-stages.ts";
import type { JiraSyncContext } from "../context.ts";
import { reconcileJira } from "../reconcile/reconcile.ts";
import { answerJiraBells } from "../work/answer-bells.ts";
import { JiraDesks } from "../work/connection-desk.ts";

export interface JiraBackFillProgress {
  /** @param looked at how many issues so far, of all projects */
  readonly onLook: (looked: number) => void;
  /** @param waiting how many issues are to be read still */
  readonly onWaiting: (waiting: number) => void;
}

export interface JiraBackFilled {
  readonly tally: ConnectionTally;
  readonly bells: BellTally;
  /** Issues that answered 404, though nothing proves that they were deleted. */
  readonly doubtful: number;
  /** Code of what kept something from being read; undefined when nothing did. */
  readonly problemCode: string | undefined;
}

export interface JiraBackFillOptions {
  /** Looks at every issue, whenever that was done last. */
  readonly isFull?: boolean;
  /** Somebody said that issues which answer 404 were deleted: every issue is looked at for it. */
  readonly acceptsDeleted?: boolean;
}

export async function backFillJira(
  context: JiraSyncContext,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
  { onLook, onWaiting }: JiraBackFillProgress,
  { isFull = true, acceptsDeleted = false }: JiraBackFillOptions = {},
): Promise<JiraBackFilled> {
  const { database, pacing } = context;
  const desks = new JiraDesks(context);
  const job = { tenantId, connectionId };
  const tally = (): Promise<BellTally> =>
    inTransaction(database, { role: "recorder", tenantId }, (trx) => tallyBells(trx, tenantId, connectionId));
  const answer = async (): Promise<void> => {
    // What cannot be answered now waits for a later instant: a server, or the next run, takes it up.
    for (let next: number | undefined = 0; next !== undefined && next <= pacing.now(); ) {
      signal.throwIfAborted();
      onWaiting((await tally()).thingsWaiting);
      next = await answerJiraBells(context, desks, job, signal);
    }
  };
  // What an earlier run found first: it would be found once more otherwise.
  await answer();
  const lookedByProject = new Map<string, number>();
  const compared = await reconcileJira(context, desks, job, signal, {
    isFull: isFull || acceptsDeleted,
    acceptsDeleted,
    onProgress: (project, looked) => {
      lookedByProject.set(project, looked);
      onLook([...lookedByProject.values()].reduce((sum, one) => sum + one, 0));
    },
  });
  signal.throwIfAborted();
  await answer();
  await beginStages(database, tenantId, pacing.now());
  const bells = await tally();
  return {
    tally: await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      tallyConnection(trx, tenantId, JIRA, connectionId),
    ),
    bells,
    doubtful: compared?.doubtful ?? 0,
    problemCode: compared?.problemCode ?? bells.waitingCodes[0],
  };
}
