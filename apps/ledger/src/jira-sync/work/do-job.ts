/** Does the jobs of connections to Jira, whichever queue brings them. */
import type { DoJob, Job } from "@stageledger/sync";
import { beginStages, beginStagesInUse } from "../../stages/begin-stages.ts";
import type { JiraSyncContext } from "../context.ts";
import { reconcileJira } from "../reconcile/reconcile.ts";
import { answerJiraBells } from "./answer-bells.ts";
import { JiraDesks } from "./connection-desk.ts";

/** @param ask rings for another job, once this one found work for it */
export function jiraJobs(context: JiraSyncContext, ask: (job: Job) => void): DoJob {
  const desks = new JiraDesks(context);
  return async (job, signal) => {
    switch (job.kind) {
      case "answer": {
        const next = await answerJiraBells(context, desks, job, signal);
        await beginStagesInUse(context.database, job.tenantId, context.pacing.now());
        return next;
      }
      case "reconcile": {
        const done = await reconcileJira(context, desks, job, signal, { isFull: false, onProgress: () => undefined });
        if (done !== undefined) await beginStages(context.database, job.tenantId, context.pacing.now());
        if (done !== undefined && done.rung > 0) ask({ ...job, kind: "answer" });
        return undefined;
      }
      case "keep":
        return undefined;
    }
  };
}
