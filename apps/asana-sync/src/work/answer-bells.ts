/** The job "answer" for Asana: each task that rang is read whole and recorded, once for all its bells. */
import type { ErrorCode } from "@stageledger/core";
import { type Bell, beginRead, findSeenItems, inTransaction, settleBells } from "@stageledger/db";
import { answerDueBells, type BellErrand, type BellSource } from "@stageledger/sync";
import type { SyncContext } from "../context.ts";
import { bellTarget, toldAt } from "./bell-target.ts";
import type { Desk, Desks } from "./connection-desk.ts";
import { readTask } from "./read-task.ts";
import { recordTask } from "./record-task.ts";

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "ASANA_RATE_LIMITED",
  "ASANA_UNREACHABLE",
  "ASANA_OFFSET_EXPIRED",
  "ASANA_UNAUTHORISED",
  "ASANA_CREDENTIALS_MISSING",
  "ASANA_FORBIDDEN",
  "ASANA_PLAN",
  "ASANA_LEGAL",
]);
const PROBLEMS: ReadonlySet<string> = new Set(["ASANA_UNAUTHORISED", "ASANA_FORBIDDEN"]);

/** @returns when it wants to be done again; undefined when nothing waits */
export function answerBells(
  context: SyncContext,
  desks: Desks,
  at: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
): Promise<number | undefined> {
  const source: BellSource<Desk> = {
    open: (tenantId, connectionId) => desks.open(tenantId, connectionId),
    plan: (desk, bells) => planOf(context, desk, bells),
    passing: PASSING,
    problems: PROBLEMS,
  };
  return answerDueBells(context, source, at, signal);
}

/** Names of sections first: tasks may lie in new ones. */
function planOf(context: SyncContext, desk: Desk, bells: readonly Bell[]): readonly (readonly BellErrand[])[] {
  const bellsByTask = new Map<string, Bell[]>();
  const aboutSections: Bell[] = [];
  const aboutNothing: Bell[] = [];
  for (const bell of bells) {
    const target = bellTarget(bell);
    if (target.kind === "task") bellsByTask.set(target.gid, [...(bellsByTask.get(target.gid) ?? []), bell]);
    else (target.kind === "sections" ? aboutSections : aboutNothing).push(bell);
  }
  const sections: BellErrand = {
    bells: aboutSections,
    run: async () => {
      await desk.learnSections();
      await settle(context, desk, aboutSections);
    },
  };
  const nothing: BellErrand = { bells: aboutNothing, run: () => settle(context, desk, aboutNothing) };
  const tasks = [...bellsByTask].map(
    ([gid, ofTask]): BellErrand => ({ bells: ofTask, run: () => answerTask(context, desk, gid, ofTask) }),
  );
  return [[sections, nothing].filter((errand) => errand.bells.length > 0), tasks];
}

async function answerTask(context: SyncContext, desk: Desk, gid: string, bells: readonly Bell[]): Promise<void> {
  const { database, pacing } = context;
  const { tenantId, connectionId } = desk;
  const { readAt, seen } = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => ({
    readAt: await beginRead(trx, tenantId, connectionId, pacing.now()),
    seen: (await findSeenItems(trx, tenantId, connectionId, [gid])).get(gid),
  }));
  const reading = await readTask(desk, gid, seen, readAt, pacing.now());
  const look = { readAt, before: seen, goneAt: toldAt(bells, "deleted"), returnedAt: toldAt(bells, "undeleted") };
  await recordTask(context, desk, gid, reading, bells, look);
}

async function settle({ database }: SyncContext, { tenantId }: Desk, bells: readonly Bell[]): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
    ),
  );
}
