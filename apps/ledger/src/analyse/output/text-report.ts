/** The whole answer as text: all projects first, then each project that moved. */
import type { FlowReport, ProjectFlow } from "@stageledger/core";
import { type Accent, verdictCard } from "./verdict-card.ts";
import { wrap } from "./wrap.ts";

export function textReport(report: FlowReport, accent: Accent): string {
  const [only] = report.projects;
  if (report.projects.length === 1 && only !== undefined)
    return `${verdictCard({ ...only, findings: [...only.findings, ...report.findings] }, report, accent)}\n`;
  const moving = report.projects.filter(isMoving);
  const still = report.projects.filter((flow) => !isMoving(flow));
  const cards = [report.total, ...moving].map((flow) => verdictCard(flow, report, accent));
  const rest =
    still.length === 0
      ? []
      : [wrap(`Nothing moved in the window in ${still.map((flow) => flow.project).join(", ")}.`, 80, "").join("\n")];
  return `${[...cards, ...rest].join("\n\n")}\n`;
}

function isMoving(flow: ProjectFlow): boolean {
  return flow.counts.wip > 0 || flow.verdict.finishes > 0;
}
