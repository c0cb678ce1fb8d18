/**
 * Causal truth about a line: the stage whose relief helps most, or none.
 *
 * Relief is one more server, or 30 % less of a delay (a release window's interval, a block's length). A
 * relieved line is run again on the same random numbers. Help is the larger of the rise in throughput and the
 * cut in P85 of cycle time, both over the last eight weeks; the stage that helps most is the truth when it helps by at least 10 %.
 *
 * Truth belongs to the line and not to one seed: it is taken over {@link REPLICATIONS} runs whose finishes are pooled. Eight weeks
 * hold some sixty finishes, and the P85 of sixty moves by more than 10 % by luck alone; truth per seed would
 * call luck a cause. It also makes truth one calculation a scenario. The relief holds from the first week, so the
 * question is how the line would run with it, not how fast an old pile would melt. Cycle time is counted in working
 * hours: nights and weekends put steps of half a day or more into calendar time, and a relief of minutes can cross one.
 */
import type { Line, LineStage } from "./line.ts";
import { runLine } from "./run-line.ts";
import { HOURS_A_WEEK } from "./working-time.ts";

/** Replications for truth have seeds of their own, far from those that verdicts are asked about. */
const FIRST_TRUTH_SEED = 900_000;
const REPLICATIONS = 100;
const LEAST_HELP = 0.1;
const DELAY_LEFT = 0.7;
const PERCENTILE = 0.85;

interface Relief {
  readonly stage: string;
  readonly kind: "server" | "window" | "block";
  /** Ratio of the rise: 0.12 = 12 % more finishes. */
  readonly throughputRise: number;
  /** Ratio of the cut: 0.3 = P85 is 30 % shorter. */
  readonly p85Cut: number;
}

export interface Truth {
  /** Name of the stage, or null for "none". */
  readonly stage: string | null;
  /** Every relief that was tried, most helpful first. */
  readonly reliefs: readonly Relief[];
}

export interface Span {
  readonly weeks: number;
  /** The last weeks, over which finishes are measured. */
  readonly windowWeeks: number;
}

export function truthOf(line: Line, span: Span, replications = REPLICATIONS): Truth {
  const before = measure(line, span, replications);
  const reliefs = line.stages
    .flatMap((stage, position) =>
      reliefsOf(stage).map(({ kind, relieved }) => ({ stage: stage.name, kind, relieved, position })),
    )
    .map(({ stage, kind, relieved, position }): Relief => {
      const after = measure({ ...line, stages: line.stages.with(position, relieved) }, span, replications);
      return {
        stage,
        kind,
        throughputRise: after.finishes / before.finishes - 1,
        p85Cut: 1 - after.p85Hours / before.p85Hours,
      };
    })
    .sort((a, b) => helpOf(b) - helpOf(a));
  const best = reliefs[0];
  return { stage: best !== undefined && helpOf(best) >= LEAST_HELP ? best.stage : null, reliefs };
}

function helpOf(relief: Relief): number {
  return Math.max(relief.throughputRise, relief.p85Cut);
}

function reliefsOf(stage: LineStage): { readonly kind: Relief["kind"]; readonly relieved: LineStage }[] {
  const reliefs: { kind: Relief["kind"]; relieved: LineStage }[] = [];
  if (stage.window === undefined) reliefs.push({ kind: "server", relieved: withOneMoreServer(stage) });
  else
    reliefs.push({
      kind: "window",
      relieved: { ...stage, window: { everyHours: stage.window.everyHours * DELAY_LEFT } },
    });
  if (stage.blocked !== undefined) {
    reliefs.push({
      kind: "block",
      relieved: { ...stage, blocked: { ...stage.blocked, meanHours: stage.blocked.meanHours * DELAY_LEFT } },
    });
  }
  return reliefs;
}

function withOneMoreServer(stage: LineStage): LineStage {
  const { serversFrom } = stage;
  return {
    ...stage,
    servers: stage.servers + 1,
    ...(serversFrom === undefined
      ? {}
      : { serversFrom: serversFrom.map(({ week, servers }) => ({ week, servers: servers + 1 })) }),
  };
}

function measure(
  line: Line,
  span: Span,
  replications: number,
): { readonly finishes: number; readonly p85Hours: number } {
  const fromHours = (span.weeks - span.windowWeeks) * HOURS_A_WEEK;
  const elapsed: number[] = [];
  for (let n = 0; n < replications; n++) {
    for (const item of runLine(line, { seed: FIRST_TRUTH_SEED + n, weeks: span.weeks }).items) {
      const started = item.steps[0];
      if (item.finishedHours === undefined || started === undefined || item.finishedHours < fromHours) continue;
      elapsed.push(item.finishedHours - started.atHours);
    }
  }
  elapsed.sort((a, b) => a - b);
  return { finishes: elapsed.length, p85Hours: elapsed[Math.ceil(PERCENTILE * elapsed.length) - 1] ?? Number.NaN };
}
