/** The report by a project of the source: whoever opens a page in Jira knows that one, and not what the ledger calls it. */
import { ROUTES } from "@stageledger/core/contract/routes";
import { inTransaction, loadProjectNames } from "@stageledger/db";
import { readCall } from "../../http/call-input.ts";
import { sourceProjectUnknown } from "../../http/unknown.ts";
import { findProjectReport } from "../find-project-report.ts";
import { type Route, routeAnswer } from "../route.ts";

const contract = ROUTES.getReportOfSource;

export const sourceReportRoute: Route = {
  contract,
  async answer(context, { tenantId }, request) {
    const { params } = await readCall(contract, request);
    const names = await inTransaction(context.database, { role: "report_reader", tenantId }, (trx) =>
      loadProjectNames(trx, tenantId),
    );
    const name = names.get(params.sourceProject);
    const report = name === undefined ? undefined : await findProjectReport(context, tenantId, name);
    if (report === undefined) throw sourceProjectUnknown();
    return routeAnswer(contract, report);
  },
};
