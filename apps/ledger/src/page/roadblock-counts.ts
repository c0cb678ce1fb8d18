/** Roadblocks by the stage that the item was in and by kind (F24). Pure. */
import { compareNatural, type ReportWindow, type StageMap } from "@stageledger/core";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { ROADBLOCK_KINDS } from "@stageledger/core/contract/roadblocks";
import type { RaisedRoadblock } from "@stageledger/db";

/**
 * Counts those raised since the charts began, and those that were open at the as-of instant however old. In the flow's order; stages of
 * other versions come last.
 */
export function countRoadblocks(
  roadblocks: readonly RaisedRoadblock[],
  map: StageMap,
  { zone, asOf, chartFirstDay }: ReportWindow,
): PageReport["roadblocks"] {
  const since = zone.startOfDay(chartFirstDay);
  const isOpen = ({ resolvedAt }: RaisedRoadblock): boolean => resolvedAt === undefined || resolvedAt > asOf;
  const isRaised = ({ raisedAt }: RaisedRoadblock): boolean => raisedAt >= since;
  const counted = roadblocks.filter((one) => one.raisedAt <= asOf && (isRaised(one) || isOpen(one)));
  const rows = [...Map.groupBy(counted, ({ stage, kind }) => JSON.stringify([stage, kind])).values()].flatMap(
    (same) => {
      const [first] = same;
      if (first === undefined) return [];
      return [
        {
          stage: first.stage,
          kind: first.kind,
          raised: same.filter(isRaised).length,
          open: same.filter(isOpen).length,
        },
      ];
    },
  );
  const places = new Map(map.stages.map(({ name }, position) => [name, position]));
  const kinds = new Map<string, number>(ROADBLOCK_KINDS.map((kind, place) => [kind, place]));
  const last = Number.POSITIVE_INFINITY;
  const order = (one: ReadonlyMap<string, number>, a: string, b: string): number => {
    const [left, right] = [one.get(a) ?? last, one.get(b) ?? last];
    return left === right ? compareNatural(a, b) : left - right;
  };
  return {
    raised: counted.filter(isRaised).length,
    open: counted.filter(isOpen).length,
    byStageAndKind: rows.sort((a, b) => order(places, a.stage, b.stage) || order(kinds, a.kind, b.kind)),
  };
}
