/** Does the jobs of this app, whichever queue brings them. */

import type { DoJob, Job } from "@stageledger/sync";
import type { SyncContext } from "../context.ts";
import { keepHooks } from "../keep/keep-hooks.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { answerBells } from "./answer-bells.ts";
import type { Desks } from "./connection-desk.ts";

/** @param ask rings for another job, once this one found work for it */
export function doJobWith(context: SyncContext, desks: Desks, ask: (job: Job) => void): DoJob {
  return async (job, signal) => {
    switch (job.kind) {
      case "answer":
        return answerBells(context, desks, job, signal);
      case "reconcile": {
        const done = await reconcile(context, desks, job, signal, { isFull: false, onProgress: () => undefined });
        if (done !== undefined && done.rung > 0) ask({ ...job, kind: "answer" });
        return undefined;
      }
      case "keep": {
        if (await keepHooks(context, desks, job, signal)) ask({ ...job, kind: "reconcile" });
        return undefined;
      }
    }
  };
}
