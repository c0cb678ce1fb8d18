/** The only place where the acceptance touches the verdict. */
import {
  DEFAULT_PARKED_GATES,
  DEFAULT_REPORT_SETTINGS,
  DEFAULT_VERDICT_GATES,
  FigureSheet,
  type ItemFacts,
  judge,
  measure,
  measureStages,
  nameStage,
  OFFICE_HOURS,
  ReportZone,
  reportWindow,
  type Stage,
  StageMap,
  StageSampler,
  type Verdict,
  WorkCalendar,
} from "@stageledger/core";

/** What a project manager's run would hand over. */
interface Question {
  readonly items: readonly ItemFacts[];
  readonly stages: readonly Stage[];
  /** Name of the commitment stage. */
  readonly commitment: string;
  /** Epoch milliseconds: midnight UTC at the end of the window's last week. */
  readonly asOf: number;
  /** Seed of the resampling. */
  readonly seed: number;
}

/** A rule taken out of the verdict, to see that the acceptance notices. */
export type Ablation = "parked" | "ceiling";

export interface Answer {
  /** Logical stage that the verdict names, as constraint or candidate. */
  readonly named: string | null;
  /** Logical stage that B2 names on the window as it is, before resampling. */
  readonly namedWithoutResampling: string | null;
  readonly outcome: Verdict["outcome"];
  readonly because: Verdict["because"];
  /** Share of resamples that named the same stage, 0 to 1. */
  readonly share: number;
}

export type AskVerdict = (question: Question, without?: Ablation) => Answer;

/** Weeks of the verdict's window, as a tenant that has set nothing gets them. */
const WINDOW_WEEKS = 8;

export const askVerdict: AskVerdict = (question, without) => {
  const zone = ReportZone.find("UTC");
  if (zone === undefined) throw new Error("UTC is a zone everywhere");
  const map = new StageMap({ version: 1, origin: "given", stages: question.stages, commitment: question.commitment });
  const window = reportWindow(zone, question.asOf, WINDOW_WEEKS);
  const gates =
    without === "ceiling" ? { ...DEFAULT_VERDICT_GATES, ceilingMeanItems: Infinity } : DEFAULT_VERDICT_GATES;
  const parked = without === "parked" ? { ...DEFAULT_PARKED_GATES, olderThanDays: Infinity } : DEFAULT_PARKED_GATES;
  const sampler = new StageSampler(map, window, new WorkCalendar(zone, OFFICE_HOURS), parked);
  for (const facts of question.items) {
    const item = measure(facts, map, zone, question.asOf, DEFAULT_REPORT_SETTINGS.flow);
    if (item !== undefined) sampler.add(item.key, item.project, item.flow);
  }
  const samples = sampler.finish();
  const weeks = samples.finishesByWeek.map((_, week) => week);
  const naming = nameStage(samples, measureStages(samples, weeks), gates);
  const verdict = judge(samples, new FigureSheet(1, new Set()), question.seed, [], gates);
  return {
    named: verdict.stage,
    namedWithoutResampling: naming.stage === undefined ? null : (samples.board.stages[naming.stage]?.name ?? null),
    outcome: verdict.outcome,
    because: verdict.because,
    share: verdict.resamples.same / verdict.resamples.of,
  };
};
