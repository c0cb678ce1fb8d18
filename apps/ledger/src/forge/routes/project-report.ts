import { ROUTES } from "@stageledger/core/contract/routes";
import { readCall } from "../../http/call-input.ts";
import { projectUnknown } from "../../http/unknown.ts";
import { findProjectReport } from "../find-project-report.ts";
import { type Route, routeAnswer } from "../route.ts";

const contract = ROUTES.getProjectReport;

export const projectReportRoute: Route = {
  contract,
  async answer(context, { tenantId }, request) {
    const { params } = await readCall(contract, request);
    const report = await findProjectReport(context, tenantId, params.project);
    if (report === undefined) throw projectUnknown();
    return routeAnswer(contract, report);
  },
};
