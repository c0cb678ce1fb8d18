/** Which findings one measured item adds to its project's report. */
import { UNMAPPED } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import { resolutionSoundsWithdrawn } from "../stages/status-words.ts";
import type { Findings } from "./data-quality.ts";
import type { MeasuredItem } from "./measured-item.ts";

export function noteItem(findings: Findings, item: MeasuredItem, map: StageMap): void {
  for (const flag of item.flow.flags) if (flag !== "unmapped-status") findings.add(flag, item.key);
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
