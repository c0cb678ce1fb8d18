import { reportWindow } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { readReportFacts } from "@stageledger/db";
import { buildReport } from "../../report/build-report.ts";
import { REPORT_SEED, REPORT_WEEKS } from "../../report/report-defaults.ts";
import { readCall } from "../call-input.ts";
import { projectReportAnswer } from "../project-report-answer.ts";
import type { Route } from "../read-route.ts";
import { projectUnknown } from "../unknown.ts";

const contract = ROUTES.getProjectReport;

/** Read as who reads reports, who cannot read an entry of anybody. */
export const projectReportRoute: Route = {
  contract,
  async answer({ database, now }, { tenantId }, request, response) {
    const { params } = await readCall(contract, request);
    const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, now(), REPORT_WEEKS));
    const report = buildReport(facts, { seed: REPORT_SEED });
    const flow = report.flow.projects.find(({ project }) => project === params.project);
    if (flow === undefined) throw projectUnknown();
    response.json(contract.answer.parse(projectReportAnswer(report, flow)));
  },
};
