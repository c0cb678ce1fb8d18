import { type Figure, type ProjectFlow, reportWindow, type StageRow, type Verdict } from "@stageledger/core";
import type { ProjectReport } from "@stageledger/core/contract/project-report";
import { ROUTES } from "@stageledger/core/contract/routes";
import { readReportFacts } from "@stageledger/db";
import { buildReport, type LedgerReport } from "../../report/build-report.ts";
import { REPORT_SEED, REPORT_WEEKS } from "../../report/report-defaults.ts";
import { readCall } from "../call-input.ts";
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
    response.json(contract.answer.parse(answerOf(report, flow)));
  },
};

function answerOf({ flow: whole, hours }: LedgerReport, flow: ProjectFlow): ProjectReport {
  const { asOf, zone, window } = whole;
  const ofProject = hours.projects.find(({ project }) => project === flow.project);
  return {
    schema: 1,
    project: flow.project,
    asOf,
    zone,
    window,
    verdict: verdictOf(flow.verdict),
    stages: flow.stages.map(rowOf),
    hours: {
      period: hours.period,
      nextOn: hours.stagesNextOn,
      stages: [...(ofProject?.stages ?? [])],
      otherStages: ofProject?.otherStages ?? null,
    },
  };
}

/** Without the keys of items, which not everybody who may see a project's numbers may see. */
function verdictOf(verdict: Verdict): ProjectReport["verdict"] {
  const { outcome, because, stage, sentence, evidence, resamples, thin, finishes } = verdict;
  const { boardNote, accuracyNote, tryFirst, rule, mapVersion } = verdict;
  const told = { outcome, because, stage, sentence, evidence: [...evidence], resamples, thin, finishes };
  return { ...told, boardNote, accuracyNote, tryFirst, rule, mapVersion };
}

function rowOf(row: StageRow): ProjectReport["stages"][number] {
  const { name, kind, wip, age85, arrivalsPerWeek, departuresPerWeek, median, p85, visits } = row;
  return {
    name,
    kind,
    wip: figureOf(wip),
    age85: figureOf(age85),
    arrivalsPerWeek: figureOf(arrivalsPerWeek),
    departuresPerWeek: figureOf(departuresPerWeek),
    median: figureOf(median),
    p85: figureOf(p85),
    visits: figureOf(visits),
  };
}

function figureOf(figure: Figure): ProjectReport["stages"][number]["wip"] {
  return { ...figure, findings: [...figure.findings] };
}
