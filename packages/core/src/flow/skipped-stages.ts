/** E4: items that passed over a stage which their project does use. */
import type { StagePosition } from "../stages/stage.ts";
import { type Findings, KeySample } from "./data-quality.ts";
import type { MeasuredItem } from "./measured-item.ts";

interface SkippedSet {
  readonly project: string;
  readonly stages: readonly StagePosition[];
  readonly keys: KeySample;
}

/**
 * Projects that share a map do not all use all of its stages, and which ones a project uses is known
 * only at the end. Items are therefore gathered by project and by the set of stages they skipped;
 * there are few sets.
 */
export class SkippedStages {
  readonly #usedByProject = new Map<string, Set<StagePosition>>();
  readonly #setByName = new Map<string, SkippedSet>();

  add({ key, project, flow }: MeasuredItem): void {
    let used = this.#usedByProject.get(project);
    if (used === undefined) {
      used = new Set();
      this.#usedByProject.set(project, used);
    }
    for (const { stage } of flow.visits) used.add(stage);
    if (flow.skipped.length === 0) return;
    const name = `${flow.skipped.join()} ${project}`;
    let set = this.#setByName.get(name);
    if (set === undefined) {
      set = { project, stages: flow.skipped, keys: new KeySample() };
      this.#setByName.set(name, set);
    }
    set.keys.add(key);
  }

  noteIn(findings: Findings): void {
    for (const { project, stages, keys } of this.#setByName.values()) {
      const used = this.#usedByProject.get(project);
      if (stages.some((stage) => used?.has(stage) === true)) findings.addAll("skipped-stage", keys);
    }
  }
}
