import { compareNatural, type StageMap, type Status } from "@stageledger/core";
import type { StageMapAnswer } from "@stageledger/core/contract/stages";

/** Pure. @param map the latest version; undefined while there are no stages */
export function stageMapAnswer(map: StageMap | undefined, statuses: ReadonlyMap<string, Status>): StageMapAnswer {
  const named = (id: string): { readonly id: string; readonly name: string } => ({
    id,
    name: statuses.get(id)?.name ?? id,
  });
  const mapped = new Set(map?.stages.flatMap((stage) => stage.statuses));
  return {
    version: map?.version ?? 0,
    commitment: map?.nameOf(map.commitment) ?? null,
    stages: (map?.stages ?? []).map(({ name, kind, statuses: ids, limit = null }) => ({
      name,
      kind,
      statuses: ids.map(named),
      limit,
    })),
    blocked: [...(map?.blockedStatuses ?? [])].sort(compareNatural).map(named),
    unmapped: [...statuses.keys()].filter((id) => !mapped.has(id)).map(named),
  };
}
