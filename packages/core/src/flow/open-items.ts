/** Items in progress: ages, stalled and blocked ones, and who sits where (F9, F19, F20, F24, F25). */
import type { StagePosition } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import { ageDays, forecastItem, isStalled, StagePace } from "./ageing.ts";
import { KeySample } from "./data-quality.ts";
import type { MeasuredItem } from "./measured-item.ts";
import type { AgeingItem, FlowCharts } from "./report.ts";
import type { ReportSettings } from "./report-settings.ts";

const AGEING_SHOWN = 500;
const FORECAST_PERCENT = 85;

interface OpenItem {
  readonly key: string;
  readonly stage: StagePosition;
  readonly ageDays: number;
  readonly blocked: boolean;
  readonly stalled: boolean;
}

export class OpenItems {
  readonly #map: StageMap;
  readonly #settings: ReportSettings;
  readonly #pace: StagePace;
  readonly #keysByStage = new Map<StagePosition, KeySample>();
  #oldest: OpenItem[] = [];
  #omitted = 0;
  readonly #stalled = new KeySample();

  constructor(map: StageMap, settings: ReportSettings) {
    this.#map = map;
    this.#settings = settings;
    this.#pace = new StagePace(map);
  }

  /** Returns the item's age in days when it is in progress. */
  add(item: MeasuredItem): number | undefined {
    const { window, stalledDays } = this.#settings;
    if (item.finishDay !== undefined && item.finishDay >= window.chartFirstDay) this.#pace.add(item.flow, window.zone);
    const age = ageDays(item.flow, window.asOfDay, window.zone);
    if (age === undefined) return undefined;
    const stalled = isStalled(item.flow, item.blocks, item.lastActivityAt, stalledDays);
    if (stalled) this.#stalled.add(item.key);
    const { stage } = item.flow;
    let sample = this.#keysByStage.get(stage);
    if (sample === undefined) {
      sample = new KeySample();
      this.#keysByStage.set(stage, sample);
    }
    sample.add(item.key);
    this.#oldest.push({
      key: item.key,
      stage,
      ageDays: age,
      blocked: item.blocks.some((block) => block.open),
      stalled,
    });
    if (this.#oldest.length >= 4 * AGEING_SHOWN) this.#trim();
    return age;
  }

  stalled(): KeySample {
    return this.#stalled;
  }

  /** Who sits in any of the given stages now. */
  keysIn(stages: readonly StagePosition[]): { readonly count: number; readonly keys: readonly string[] } {
    const joined = new KeySample();
    for (const stage of stages) {
      const sample = this.#keysByStage.get(stage);
      if (sample !== undefined) joined.merge(sample);
    }
    return { count: joined.count, keys: joined.keys };
  }

  charts(): Pick<FlowCharts, "ageing" | "ageingOmitted" | "pace"> {
    this.#trim();
    const pace = this.#map.stages.flatMap((stage, position) => {
      if (position < this.#map.commitment || !this.#map.isOpen(position)) return [];
      const n = this.#pace.itemsLeaving(position);
      const isEnough = n >= this.#settings.thin.nothingUnder;
      const at = (percent: number): number | null =>
        isEnough ? (this.#pace.ageLeaving(position, percent) ?? null) : null;
      return [{ stage: stage.name, p50: at(50), p85: at(85), p95: at(95), n }];
    });
    return { ageing: this.#oldest.map((item) => this.#forecast(item)), ageingOmitted: this.#omitted, pace };
  }

  #forecast({ stage, ...item }: OpenItem): AgeingItem {
    const name = this.#map.nameOf(stage);
    return { ...item, stage: name, ...forecastItem(this.#pace, stage, name, item.ageDays, FORECAST_PERCENT) };
  }

  #trim(): void {
    this.#oldest.sort((a, b) => b.ageDays - a.ageDays || (a.key < b.key ? -1 : 1));
    this.#omitted += Math.max(0, this.#oldest.length - AGEING_SHOWN);
    this.#oldest = this.#oldest.slice(0, AGEING_SHOWN);
  }
}
