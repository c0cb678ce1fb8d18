/** The stage table: who is there now, what comes and goes, how long finished items stayed (F11, F26, F27). */
import { type StageKind, type StagePosition, UNMAPPED, UNMAPPED_NAME } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import { blockedTimeByStage } from "./blocking.ts";
import type { Figure, FigureSheet } from "./figure.ts";
import type { ItemFlow } from "./item-flow.ts";
import type { MeasuredItem } from "./measured-item.ts";
import { stagesMovedBackFrom } from "./moves-back.ts";
import { percentileOfSorted } from "./percentile.ts";
import type { FlowCharts, StageRow } from "./report.ts";
import type { ReportSettings } from "./report-settings.ts";
import { StageReadings } from "./stage-readings.ts";
import { erasedTimeInStages, type StageTime, timeInStages } from "./time-in-stage.ts";
import { ValueList } from "./value-list.ts";

interface StageTally {
  wip: number;
  readonly ages: ValueList;
  arrivals: number;
  departures: number;
  withdrawn: number;
  blocked: number;
  /** Whether any item was ever here: a project need not use all stages of its map. */
  isUsed: boolean;
  /** Items that finished in the verdict's window and passed over the stage (E4). */
  skipped: number;
  /** Items that finished in the verdict's window and went back from here (E1). */
  movedBack: number;
  /** Items that finished in the verdict's window. */
  readonly readings: StageReadings;
  /** Milliseconds, items that finished in the charts' window. */
  readonly chartTotals: ValueList;
}

const DAY = 86_400_000;
const QUANTILES = [25, 50, 75, 85, 95] as const;

export class StageTable {
  readonly #map: StageMap;
  readonly #settings: ReportSettings;
  /** By map position; Unmapped is the last. */
  readonly #tallies: readonly StageTally[];
  /** In the verdict's window. */
  #finished = 0;

  constructor(map: StageMap, settings: ReportSettings) {
    this.#map = map;
    this.#settings = settings;
    this.#tallies = Array.from({ length: map.stages.length + 1 }, emptyTally);
  }

  /** `age` in days when the item is in progress (F9). */
  add(item: MeasuredItem, age: number | undefined): void {
    const { flow, finishDay, timeline } = item;
    const { window } = this.#settings;
    const here = this.#tally(flow.stage);
    // One that is gone has a last stage and stands in none (E13).
    if (timeline.goneAt === undefined) here.wip += 1;
    if (age !== undefined) here.ages.push(age);
    for (const visit of flow.visits) {
      this.#tally(visit.stage).isUsed = true;
      if (visit.start >= window.start && visit.start < window.end) this.#tally(visit.stage).arrivals += 1;
      if (!visit.open && visit.end >= window.start && visit.end < window.end) this.#tally(visit.stage).departures += 1;
    }
    const left = this.#stageLeft(item);
    if (left !== undefined) this.#tally(left).withdrawn += 1;
    if (finishDay === undefined || finishDay < window.chartFirstDay) return;
    const times = timeInStages(flow);
    for (const { stage, total } of times) this.#tally(stage).chartTotals.push(total);
    if (finishDay < window.firstDay || finishDay > window.lastDay) return;
    this.#finished += 1;
    for (const stage of flow.skipped) this.#tally(stage).skipped += 1;
    for (const stage of stagesMovedBackFrom(flow, this.#map)) this.#tally(stage).movedBack += 1;
    this.#addReadings(flow, times);
    for (const [stage, time] of blockedTimeByStage(item.blocks, flow, this.#map)) this.#tally(stage).blocked += time;
  }

  /** Rows in map order; Unmapped only when something is or was there. `limitHint` by map position. */
  rows(sheet: FigureSheet, limitHints: ReadonlyMap<StagePosition, Figure>): StageRow[] {
    return this.#tallies.flatMap((tally, i) => {
      const stage = this.#map.stages[i];
      if (stage === undefined && tally.wip + tally.arrivals + tally.departures + tally.chartTotals.length === 0)
        return [];
      return [this.#row(tally, i, sheet, limitHints.get(i))];
    });
  }

  /** For the time-in-stage chart: days at {@link QUANTILES}. */
  quantiles(sheet: FigureSheet): FlowCharts["timeInStage"] {
    return this.#map.stages.flatMap((stage, i) => {
      if (i < this.#map.commitment || !this.#map.isOpen(i)) return [];
      const sorted = this.#tally(i).chartTotals.ascending();
      const isEnough = sorted.length >= sheet.gates.nothingUnder;
      const quantiles = QUANTILES.map((percent) =>
        isEnough ? (percentileOfSorted(sorted, percent) ?? 0) / DAY : null,
      );
      return [{ stage: stage.name, n: sorted.length, quantiles }];
    });
  }

  /** The stage that an item left when it was withdrawn in the verdict's window. */
  #stageLeft({ flow, withdrawnDay }: MeasuredItem): StagePosition | undefined {
    const { firstDay, lastDay } = this.#settings.window;
    if (
      flow.withdrawnAt === undefined ||
      withdrawnDay === undefined ||
      withdrawnDay < firstDay ||
      withdrawnDay > lastDay
    )
      return undefined;
    return flow.visits.findLast(({ stage, start }) => start < (flow.withdrawnAt ?? 0) && this.#map.isOpen(stage))
      ?.stage;
  }

  #addReadings(flow: ItemFlow, times: readonly StageTime[]): void {
    const isStraight = !flow.flags.has("backward-move") && !flow.flags.has("reopened");
    for (const time of times) {
      const { readings } = this.#tally(time.stage);
      if (isStraight && time.visits === 1) readings.addStraight(time.total);
      else readings.add(time);
    }
    for (const [stage, spent] of erasedTimeInStages(flow)) {
      const isCounted = isStraight && times.some((time) => time.stage === stage && time.visits === 1);
      if (!isCounted) this.#tally(stage).readings.addErased(spent);
    }
  }

  #row(tally: StageTally, position: number, sheet: FigureSheet, limitHint: Figure | undefined): StageRow {
    const stage = this.#map.stages[position];
    const { weeks } = this.#settings.window;
    const { readings } = tally;
    const median = (sorted: Float64Array, rule: string): Figure => sheet.percentile(sorted, 50, "milliseconds", rule);
    const ages = tally.ages.ascending();
    const isOpen = this.#map.isOpen(position);
    return {
      name: stage?.name ?? UNMAPPED_NAME,
      kind: stage?.kind ?? "unmapped",
      wip: sheet.figure(tally.wip, tally.wip, "items", "F8"),
      utilisation: stage?.limit === undefined ? null : sheet.figure(tally.wip / stage.limit, tally.wip, "ratio", "B4"),
      age85: sheet.figure(percentileOfSorted(ages, 85) ?? null, ages.length, "days", "F9"),
      arrivalsPerWeek: sheet.figure(tally.arrivals / weeks, tally.arrivals, "items/week", "F26"),
      departuresPerWeek: sheet.figure(tally.departures / weeks, tally.departures, "items/week", "F26"),
      median: median(readings.totals(), "F11"),
      p85: sheet.percentile(readings.totals(), 85, "milliseconds", "F11"),
      visits: sheet.figure(readings.meanVisits, readings.items, "visits", "F11"),
      skipped: this.#skippedShare(tally, stage?.kind, sheet),
      movedBack: sheet.figure(
        readings.items === 0 ? null : tally.movedBack / readings.items,
        readings.items,
        "ratio",
        "E1",
      ),
      firstVisit: median(readings.firsts(), "F11"),
      lastVisit: median(readings.lasts(), "F11"),
      averageVisit: median(readings.averages(), "F11"),
      // Time after the finish belongs to no item: a done stage has no erased view.
      erased: isOpen ? median(readings.erased(), "E1") : sheet.figure(null, 0, "milliseconds", "E1"),
      limitHint: limitHint ?? sheet.figure(null, 0, "items", "F27", "outside the flow"),
      withdrawn: sheet.figure(tally.withdrawn, tally.withdrawn, "items", "E12"),
      blockedTime: sheet.figure(tally.blocked, readings.items, "milliseconds", "F24"),
    };
  }

  #skippedShare({ skipped, isUsed }: StageTally, kind: StageKind | undefined, sheet: FigureSheet): Figure {
    const isTold = kind === "active" && isUsed && this.#finished > 0;
    return isTold
      ? sheet.figure(skipped / this.#finished, this.#finished, "ratio", "E4")
      : sheet.figure(null, 0, "ratio", "E4");
  }

  #tally(position: StagePosition): StageTally {
    const tally = this.#tallies[position === UNMAPPED ? this.#map.stages.length : position];
    if (tally === undefined) throw new RangeError(`No stage at position ${position}`);
    return tally;
  }
}

function emptyTally(): StageTally {
  return {
    wip: 0,
    ages: new ValueList(),
    arrivals: 0,
    departures: 0,
    withdrawn: 0,
    blocked: 0,
    isUsed: false,
    skipped: 0,
    movedBack: 0,
    readings: new StageReadings(),
    chartTotals: new ValueList(),
  };
}
