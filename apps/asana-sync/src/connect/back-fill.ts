/**
 * Reads a whole workspace: looks at everything, and then reads what looks otherwise than it was recorded. All of it is kept
 * bell by bell, so that whoever goes on, after any end, goes on from there.
 */
import {
  type BellTally,
  type ConnectedProject,
  type ConnectionTally,
  inTransaction,
  listConnectedProjects,
  setConnectionProblem,
  tallyBells,
  tallyConnection,
} from "@stageledger/db";
import { ASANA } from "../asana/ledger-ids.ts";
import type { SyncContext } from "../context.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { answerBells } from "../work/answer-bells.ts";
import { Desks } from "../work/connection-desk.ts";

export interface BackFillProgress {
  /** @param looked at how many tasks of this project, so far */
  readonly onLook: (looked: number) => void;
  /** @param waiting how many tasks are to be read still */
  readonly onWaiting: (waiting: number) => void;
}

export interface BackFilled {
  readonly tally: ConnectionTally;
  readonly bells: BellTally;
  /** The ledger's names of projects that were not read to their end. */
  readonly unread: readonly string[];
  /** Tasks that answered 404, though nothing proves that they were deleted. */
  readonly doubtful: number;
  readonly problemCode: string | undefined;
  /** False when Asana refused to list any entry, which it does where the plan has none. */
  readonly hasTimeTracking: boolean;
}

const LOOK_EVERY_MILLISECONDS = 500;

export interface BackFillOptions {
  /** Looks at every task and entry, whenever that was done last. */
  readonly isFull?: boolean;
  /** Somebody said that tasks which answer 404 were deleted: every task is looked at for it. */
  readonly acceptsDeleted?: boolean;
}

/** @throws StageledgerError CONNECTION_UNKNOWN */
export async function backFill(
  context: SyncContext,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
  { onLook, onWaiting }: BackFillProgress,
  { isFull: isAsked = true, acceptsDeleted = false }: BackFillOptions = {},
): Promise<BackFilled> {
  const { database, pacing } = context;
  const desks = new Desks(context);
  const job = { tenantId, connectionId };
  const startedAt = pacing.now();
  const isFull = isAsked || acceptsDeleted;
  const tally = (): Promise<BellTally> =>
    inTransaction(database, { role: "recorder", tenantId }, (trx) => tallyBells(trx, tenantId, connectionId));

  const answer = async (): Promise<void> => {
    const done = new AbortController();
    const watch = (async () => {
      while (!done.signal.aborted) {
        onWaiting((await tally()).thingsWaiting);
        await pacing.sleep(LOOK_EVERY_MILLISECONDS, done.signal).catch(() => undefined);
      }
    })();
    try {
      // What cannot be answered now waits for a later instant: a server, or the next run, takes it up.
      for (let next: number | undefined = 0; next !== undefined && next <= pacing.now(); ) {
        signal.throwIfAborted();
        next = await answerBells(context, desks, job, signal);
      }
    } finally {
      done.abort();
      await watch;
    }
  };

  // What an earlier run found first: it would be found once more otherwise.
  await answer();
  const before = new Map<string, number>();
  const compared = await reconcile(context, desks, job, signal, {
    isFull,
    acceptsDeleted,
    onProgress: (project, looked) => {
      before.set(project, looked);
      onLook([...before.values()].reduce((sum, one) => sum + one, 0));
    },
  });
  signal.throwIfAborted();
  await answer();

  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const projects = await listConnectedProjects(trx, tenantId, ASANA, connectionId);
    const bells = await tallyBells(trx, tenantId, connectionId);
    const isSwept = ({ sweptAt = 0 }: ConnectedProject): boolean => sweptAt >= startedAt;
    const [refused] = bells.waitingCodes;
    const problemCode = compared?.problemCode ?? refused;
    if (problemCode === undefined) await setConnectionProblem(trx, tenantId, connectionId, undefined);
    return {
      tally: await tallyConnection(trx, tenantId, ASANA, connectionId),
      bells,
      unread: isFull ? projects.filter((one) => !isSwept(one)).map(({ project }) => project) : [],
      doubtful: compared?.doubtful ?? 0,
      problemCode,
      hasTimeTracking: !projects.some((one) => isSwept(one) && one.listedAt === undefined),
    };
  });
}
