/** What is otherwise in one version of the stages than in another. Pure. */
import { limitOf, nameOf, type StageKind, type Stages, type StagesDraft, statusesIn } from "./stage-draft.ts";

export type StageChange =
  | { readonly what: "added" | "removed"; readonly stage: string }
  | { readonly what: "renamed"; readonly from: string; readonly to: string }
  | { readonly what: "kind"; readonly stage: string; readonly kind: StageKind }
  | { readonly what: "limit"; readonly stage: string; readonly limit: number | null }
  | { readonly what: "order"; readonly stages: readonly string[] }
  | { readonly what: "commitment"; readonly stage: string }
  /** Null: in none any more. */
  | { readonly what: "placed"; readonly status: string; readonly stage: string | null }
  | { readonly what: "blocked" | "unblocked"; readonly status: string };

interface Plan {
  readonly commitment: string | null;
  readonly stages: readonly PlannedStage[];
  readonly statuses: Stages["unmapped"];
  /** By a status's id. */
  readonly stageOf: ReadonlyMap<string, PlannedStage>;
  readonly blocked: ReadonlySet<string>;
}

interface PlannedStage {
  readonly was: string | undefined;
  readonly name: string;
  readonly kind: StageKind;
  readonly limit: number | null;
}

/** What saving the draft would change. */
export function changesIn(draft: StagesDraft, saved: Stages): readonly StageChange[] {
  const planned = new Map(
    draft.stages.map((stage) => {
      const { key, was, kind } = stage;
      return [key, { was, name: nameOf(stage), kind, limit: limitOf(stage) }];
    }),
  );
  const stageOf = new Map(
    [...draft.stageOf].flatMap(([id, key]): readonly [string, PlannedStage][] => {
      const stage = planned.get(key);
      return stage === undefined ? [] : [[id, stage]];
    }),
  );
  return changes(saved, {
    commitment: draft.commitment === undefined ? null : (planned.get(draft.commitment)?.name ?? null),
    stages: [...planned.values()],
    statuses: [...draft.statuses],
    stageOf,
    blocked: new Set(draft.blocked),
  });
}

/** What somebody else has changed. */
export function changesBetween(before: Stages, now: Stages): readonly StageChange[] {
  const known = new Set(before.stages.map(({ name }) => name));
  const stages = now.stages.map(({ name, kind, limit, statuses }) => ({
    planned: { was: known.has(name) ? name : undefined, name, kind, limit },
    statuses,
  }));
  return changes(before, {
    commitment: now.commitment,
    stages: stages.map(({ planned }) => planned),
    statuses: [...statusesIn(now)],
    stageOf: new Map(stages.flatMap(({ planned, statuses }) => statuses.map(({ id }) => [id, planned]))),
    blocked: new Set(now.blocked.map(({ id }) => id)),
  });
}

function changes(before: Stages, now: Plan): readonly StageChange[] {
  const kept = new Set(now.stages.map(({ was }) => was));
  const removed = before.stages.filter(({ name }) => !kept.has(name));
  return [
    ...removed.map(({ name }) => ({ what: "removed", stage: name }) as const),
    ...now.stages.flatMap((stage) => stageChanges(stage, before)),
    ...orderChange(before, now),
    ...commitmentChange(before, now),
    ...now.statuses.flatMap((status) => statusChanges(status, before, now)),
  ];
}

function stageChanges({ was, name, kind, limit }: PlannedStage, before: Stages): readonly StageChange[] {
  const old = before.stages.find((stage) => stage.name === was);
  if (old === undefined) return [{ what: "added", stage: name }];
  return [
    ...(old.name === name ? [] : [{ what: "renamed", from: old.name, to: name } as const]),
    ...(old.kind === kind ? [] : [{ what: "kind", stage: name, kind } as const]),
    ...(Object.is(old.limit, limit) ? [] : [{ what: "limit", stage: name, limit } as const]),
  ];
}

/** Of those that are in both; where a new one stands is told by its being added. */
function orderChange(before: Stages, { stages }: Plan): readonly StageChange[] {
  const kept = stages.flatMap(({ was }) => (was === undefined ? [] : [was]));
  const old = before.stages.map(({ name }) => name).filter((name) => kept.includes(name));
  const isSame = old.every((name, i) => name === kept[i]);
  return isSame ? [] : [{ what: "order", stages: stages.map(({ name }) => name) }];
}

function commitmentChange(before: Stages, now: Plan): readonly StageChange[] {
  if (now.commitment === null) return [];
  const stage = now.stages.find(({ name }) => name === now.commitment);
  const isSame = stage?.was !== undefined && stage.was === before.commitment;
  return isSame ? [] : [{ what: "commitment", stage: now.commitment }];
}

function statusChanges(
  { id, name }: Stages["unmapped"][number],
  before: Stages,
  { stageOf, blocked }: Plan,
): readonly StageChange[] {
  const has = (statuses: Stages["unmapped"]): boolean => statuses.some((status) => status.id === id);
  const old = before.stages.find(({ statuses }) => has(statuses));
  const now = stageOf.get(id);
  const isSame = now === undefined ? old === undefined : now.was !== undefined && now.was === old?.name;
  const isBlocked = blocked.has(id);
  return [
    ...(isSame ? [] : [{ what: "placed", status: name, stage: now?.name ?? null } as const]),
    ...(isBlocked === has(before.blocked)
      ? []
      : [{ what: isBlocked ? "blocked" : "unblocked", status: name } as const]),
  ];
}
