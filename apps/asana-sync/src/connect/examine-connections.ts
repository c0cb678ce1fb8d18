/** What a doctor says of connections: what the database tells, and what Asana answers when it is asked. */

import { agoText } from "@stageledger/sync";
import type { SyncContext } from "../context.ts";
import { listKnownConnections } from "./connect-workspace.ts";
import { type ConnectionFinding, sayer } from "./connection-finding.ts";
import { describeConnections } from "./describe-connections.ts";
import { lookAtAsana } from "./look-at-asana.ts";
import { lookAtPlan, lookAtProblem, lookAtWebhooks, lookAtWork } from "./look-at-record.ts";

export interface ExamineOptions {
  /** False: nothing is asked of Asana. */
  readonly asks: boolean;
  /** That of the gateways: it ends their calls. */
  readonly signal: AbortSignal;
}

/** Nothing for a tenant without connections. */
export async function examineConnections(
  context: SyncContext,
  tenantId: string,
  { asks, signal }: ExamineOptions,
): Promise<readonly ConnectionFinding[]> {
  const known = await listKnownConnections(context, tenantId);
  const described = await describeConnections(context, tenantId);
  const findings: ConnectionFinding[] = [];
  for (const [place, one] of known.entries()) {
    const about = described[place];
    if (about === undefined) continue;
    const what = known.length === 1 ? "asana" : `asana ${about.workspace}`;
    const say = sayer(what, findings);
    const isAnswered = asks ? await lookAtAsana(context, tenantId, one, signal, say) : false;
    if (!isAnswered) lookAtProblem(about, say);
    lookAtWork(about, context.pacing.now(), say);
    lookAtWebhooks(about, context.publicUrl, say);
    lookAtPlan(about, say);
    if (findings.every(({ what: other, state }) => other !== what || state === "ok")) {
      const projects = about.projects.length === 1 ? "1 project" : `${about.projects.length} projects`;
      say.ok(
        `${projects}, ${asks ? "Asana answers, " : ""}last compared ${agoText(about.comparedAt, context.pacing.now())}.`,
      );
    }
  }
  return findings;
}
