/** Which findings one measured item adds to its project's report. */
import { UNMAPPED } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import { resolutionSoundsWithdrawn } from "../stages/status-words.ts";
import type { Findings } from "./data-quality.ts";
import type { ItemFlag } from "./item-flow.ts";
import type { MeasuredItem } from "./measured-item.ts";

/** Unmapped statuses are listed by id; skipped stages wait until it is known which stages the project uses. */
const NOTED_APART: ReadonlySet<ItemFlag> = new Set<ItemFlag>(["unmapped-status", "skipped-stage"]);

export function noteItem(findings: Findings, item: MeasuredItem, map: StageMap): void {
  for (const flag of item.flow.flags) if (!NOTED_APART.has(flag)) findings.add(flag, item.key);
  for (const flaw of item.timeline.flaws) findings.add(flaw, item.key);
  if (item.flow.flags.has("unmapped-status")) {
    const ids = new Set(
      item.timeline.stays.map((stay) => stay.status).filter((status) => map.positionOf(status) === UNMAPPED),
    );
    for (const id of ids) findings.addOnce("unmapped-status", id);
  }
  if (
    item.flow.finishedAt !== undefined &&
    item.resolution !== undefined &&
    resolutionSoundsWithdrawn(item.resolution)
  ) {
    findings.add("resolution-looks-withdrawn", item.key);
  }
}
