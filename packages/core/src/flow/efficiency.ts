/** Flow efficiency (F22): of the elapsed time of finished items, how much was active. */
import type { StageMap } from "../stages/stage-map.ts";
import { blockedTimeByStage } from "./blocking.ts";
import type { Figure, FigureSheet } from "./figure.ts";
import type { MeasuredItem } from "./measured-item.ts";

export class FlowEfficiency {
  readonly #map: StageMap;
  readonly #hasWaiting: boolean;
  #active = 0;
  #waiting = 0;
  #blocked = 0;
  #items = 0;
  #blockedItems = 0;

  constructor(map: StageMap) {
    this.#map = map;
    this.#hasWaiting = map.stages.some((stage, position) => position >= map.commitment && stage.kind === "waiting");
  }

  /** Only finished items that were started count. */
  add(item: MeasuredItem): void {
    const { startedAt, finishedAt, visits } = item.flow;
    if (startedAt === undefined || finishedAt === undefined) return;
    this.#items += 1;
    for (const visit of visits) {
      const kind = this.#map.stages[visit.stage]?.kind;
      const spent = Math.max(0, Math.min(visit.end, finishedAt) - Math.max(visit.start, startedAt));
      if (kind === "active") this.#active += spent;
      if (kind === "waiting") this.#waiting += spent;
    }
    let blocked = 0;
    for (const time of blockedTimeByStage(item.blocks, item.flow, this.#map).values()) blocked += time;
    this.#active -= blocked;
    this.#blocked += blocked;
    if (blocked > 0) this.#blockedItems += 1;
  }

  /** A ratio; refused when the board shows neither waiting nor blocking. */
  efficiency(sheet: FigureSheet): Figure {
    const all = this.#active + this.#waiting + this.#blocked;
    if (!this.#hasWaiting && this.#blockedItems === 0) {
      return sheet.figure(null, this.#items, "ratio", "F22", "no waiting stages are declared and nothing was blocked");
    }
    return sheet.figure(all === 0 ? null : this.#active / all, this.#items, "ratio", "F22");
  }

  blocked(sheet: FigureSheet): { readonly items: Figure; readonly time: Figure } {
    return {
      items: sheet.figure(this.#blockedItems, this.#items, "items", "F24"),
      time: sheet.figure(this.#blocked, this.#items, "milliseconds", "F24"),
    };
  }
}
