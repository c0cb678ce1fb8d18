/** Asks the verdict about simulated logs and notes each answer beside the causal truth. */
import { type Board, boardOf, type Style } from "../simulators/pipelines/board.ts";
import { type Distortion, distortLog } from "../simulators/pipelines/distort-log.ts";
import type { LineRun } from "../simulators/pipelines/line.ts";
import { runLine } from "../simulators/pipelines/run-line.ts";
import { type Family, type Scenario, WEEKS, WINDOW_WEEKS } from "../simulators/pipelines/scenarios/scenario.ts";
import { type Log, writeLog } from "../simulators/pipelines/write-log.ts";
import type { Ablation, Answer, AskVerdict } from "./ask-verdict.ts";

/** Monday on which every simulated history begins; it ends on Monday 2026-10-26. */
const FIRST_MONDAY = Date.UTC(2026, 3, 27);
const WEEK_MS = 7 * 24 * 3_600_000;

/** "as-logged" is the log as the board shows it. */
export type LogState = "as-logged" | Distortion;

export interface Observation {
  readonly scenario: string;
  readonly family: Family;
  readonly style: Style;
  readonly log: LogState;
  readonly seed: number;
  /** Stage whose relief helps most; null for none. */
  readonly truth: string | null;
  /** Finishes that the log shows in the window, counted here and not by the verdict. */
  readonly finishes: number;
  readonly answer: Answer;
}

export interface ObserveOptions {
  readonly ask: AskVerdict;
  readonly seeds: readonly number[];
  readonly styles: readonly Style[];
  readonly logs: readonly LogState[];
  readonly without?: Ablation | undefined;
}

export function observe(scenario: Scenario, truth: string | null, options: ObserveOptions): Observation[] {
  return options.seeds.flatMap((seed) => {
    const run = runLine(scenario.line, { seed, weeks: WEEKS });
    return options.styles.flatMap((style) => {
      const board = boardOf(scenario.line, style);
      return options.logs.map((state): Observation => {
        const log = logIn(state, run, board);
        return {
          scenario: scenario.name,
          family: scenario.family,
          style,
          log: state,
          seed,
          truth,
          finishes: finishesIn(log, board),
          answer: options.ask({ ...log, stages: board.stages, commitment: board.commitment, seed }, options.without),
        };
      });
    });
  });
}

/** True when the verdict's answer stays the same for the same question asked again, with its items in another order. */
export function answersTheSameAgain(scenario: Scenario, options: ObserveOptions): boolean {
  return options.styles.every((style) =>
    options.seeds.every((seed) => {
      const board = boardOf(scenario.line, style);
      const log = logIn("as-logged", runLine(scenario.line, { seed, weeks: WEEKS }), board);
      const question = { ...log, stages: board.stages, commitment: board.commitment, seed };
      const first = JSON.stringify(options.ask(question));
      return (
        first === JSON.stringify(options.ask(question)) &&
        first === JSON.stringify(options.ask({ ...question, items: log.items.toReversed() }))
      );
    }),
  );
}

function logIn(state: LogState, run: LineRun, board: Board): Log {
  const log = writeLog(run, board, { mondayAt: FIRST_MONDAY, project: "SIM" });
  return state === "as-logged" ? log : distortLog(log, board, state, run.seed);
}

function finishesIn(log: Log, board: Board): number {
  const windowAt = log.asOf - WINDOW_WEEKS * WEEK_MS;
  return log.items.filter((item) => {
    const last = item.changes.at(-1);
    return last !== undefined && last.to === board.doneStatus && last.at >= windowAt;
  }).length;
}
