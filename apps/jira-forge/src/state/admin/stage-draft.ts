/** Stages as an admin is about to have them, before they are saved. Pure. */
import { type putStagesRequest, stageMap } from "@stageledger/core/contract/stages";
import type { z } from "zod";

/** Stages as the ledger has them. */
export type Stages = z.output<typeof stageMap>;
type Status = Stages["unmapped"][number];
export type StageKind = Stages["stages"][number]["kind"];

export const STAGE_KINDS: readonly StageKind[] = stageMap.shape.stages.element.shape.kind.options;

export interface StageDraft {
  /** Names it for as long as the draft lives, whatever it is called. */
  readonly key: number;
  /** How often its row was put in anew: UI Kit puts a row that moves into a wrong place, and one that is new into the right one. */
  readonly mount: number;
  /** The stage that it is in the ledger; undefined where it is new. */
  readonly was: string | undefined;
  readonly name: string;
  readonly kind: StageKind;
  /** As it was typed; empty = none. */
  readonly limit: string;
  /** What the app has written into its fields. What a person types is theirs, and never written back. */
  readonly filling: { readonly name: string; readonly limit: string };
}

export interface StagesDraft {
  /** Which version was looked at when it was begun. */
  readonly version: number;
  /** How often the app has filled the fields: with another number they are other fields. */
  readonly filling: number;
  readonly nextKey: number;
  /** In the flow's order. */
  readonly stages: readonly StageDraft[];
  /** The key of the stage with which work begins. */
  readonly commitment: number | undefined;
  /** In an order that stays while somebody works on them: those without a stage first. */
  readonly statuses: readonly Status[];
  /** By a status's id, the key of its stage. */
  readonly stageOf: ReadonlyMap<string, number>;
  readonly blocked: readonly string[];
}

/**
 * @param stages what is filled in
 * @param saved what the ledger has: stages of one name are one
 * @param filling how often the app has filled the fields before
 */
export function draftOf(stages: Stages, saved: Stages, filling: number): StagesDraft {
  const known = new Set(saved.stages.map(({ name }) => name));
  const drafts = stages.stages.map(({ name, kind, limit }, key): StageDraft => {
    const text = limit === null ? "" : String(limit);
    return {
      key,
      mount: 0,
      was: known.has(name) ? name : undefined,
      name,
      kind,
      limit: text,
      filling: { name, limit: text },
    };
  });
  const commitment = stages.stages.findIndex(({ name }) => name === stages.commitment);
  return {
    version: saved.version,
    filling: filling + 1,
    nextKey: drafts.length,
    stages: drafts,
    commitment: commitment < 0 ? undefined : commitment,
    statuses: statusesIn(stages),
    stageOf: new Map(stages.stages.flatMap(({ statuses }, key) => statuses.map(({ id }) => [id, key]))),
    blocked: stages.blocked.map(({ id }) => id),
  };
}

/** Those that are in no stage first, then in the flow's order. */
export function statusesIn({ unmapped, stages, blocked }: Stages): readonly Status[] {
  const all = [...unmapped, ...stages.flatMap(({ statuses }) => statuses), ...blocked];
  return [...new Map(all.map((status) => [status.id, status])).values()];
}

/** With the same in its fields, which the app fills anew. */
export function filledAgain(draft: StagesDraft, filling: number): StagesDraft {
  return { ...draft, stages: draft.stages.map(withOwnFilling), filling: filling + 1 };
}

/** The draft as it is, decided on in sight of another version. Statuses that only that one has are in the same stages as there; those that it does not know any more are gone. */
export function inSightOf(draft: StagesDraft, saved: Stages): StagesDraft {
  const known = new Set(saved.stages.map(({ name }) => name));
  const theirs = new Map(statusesIn(saved).map((status) => [status.id, status]));
  const ids = new Set(draft.statuses.map(({ id }) => id));
  const fresh = [...theirs.values()].filter(({ id }) => !ids.has(id));
  const placed = fresh.flatMap(({ id }): readonly [string, number][] => {
    const holder = saved.stages.find(({ statuses }) => statuses.some((status) => status.id === id));
    const stage = draft.stages.find(({ was }) => was !== undefined && was === holder?.name);
    return stage === undefined ? [] : [[id, stage.key]];
  });
  return {
    ...draft,
    version: saved.version,
    stageOf: new Map([...draft.stageOf, ...placed]),
    stages: draft.stages.map((stage) => ({
      ...stage,
      was: stage.was !== undefined && known.has(stage.was) ? stage.was : undefined,
    })),
    statuses: [...fresh, ...draft.statuses.filter(({ id }) => theirs.has(id))],
  };
}

export function withStage(draft: StagesDraft, key: number, change: Partial<StageDraft>): StagesDraft {
  return { ...draft, stages: draft.stages.map((stage) => (stage.key === key ? { ...stage, ...change } : stage)) };
}

export function withNewStage(draft: StagesDraft): StagesDraft {
  const stage = { key: draft.nextKey, mount: 0, was: undefined, name: "", kind: "active", limit: "" } as const;
  // What is done comes last: a new stage is one before.
  const end = draft.stages.findIndex(({ kind }) => kind === "done" || kind === "withdrawn");
  const at = end < 0 ? draft.stages.length : end;
  const stages = draft.stages.toSpliced(at, 0, { ...stage, filling: { name: "", limit: "" } });
  return { ...draft, stages, nextKey: draft.nextKey + 1 };
}

export function withoutStage(draft: StagesDraft, key: number): StagesDraft {
  return {
    ...draft,
    stages: draft.stages.filter((stage) => stage.key !== key),
    commitment: draft.commitment === key ? undefined : draft.commitment,
    stageOf: new Map([...draft.stageOf].filter(([, stage]) => stage !== key)),
  };
}

/**
 * One place on; as it is at the end. It is the neighbour whose row is put in anew: the other one keeps the focus of who moves it.
 *
 * @param by -1 = towards the first one
 */
export function moved(draft: StagesDraft, key: number, by: -1 | 1): StagesDraft {
  const from = draft.stages.findIndex((stage) => stage.key === key);
  const [stage, other] = [draft.stages[from], draft.stages[from + by]];
  if (stage === undefined || other === undefined) return draft;
  return { ...draft, stages: draft.stages.with(from, putInAnew(other)).with(from + by, stage) };
}

function putInAnew(stage: StageDraft): StageDraft {
  return { ...withOwnFilling(stage), mount: stage.mount + 1 };
}

function withOwnFilling(stage: StageDraft): StageDraft {
  return { ...stage, filling: { name: stage.name, limit: stage.limit } };
}

/** @param key undefined = in no stage */
export function withStatus(draft: StagesDraft, statusId: string, key: number | undefined): StagesDraft {
  const stageOf = new Map(draft.stageOf);
  if (key === undefined) stageOf.delete(statusId);
  else stageOf.set(statusId, key);
  return { ...draft, stageOf };
}

/** Statuses in no stage, in the draft's order. */
export function unmappedIn({ statuses, stageOf }: StagesDraft): readonly Status[] {
  return statuses.filter(({ id }) => !stageOf.has(id));
}

/** As the ledger takes it. A draft that has faults is refused there. */
export function requestOf(draft: StagesDraft): z.input<typeof putStagesRequest> {
  const { version, stages, commitment, statuses, stageOf, blocked } = draft;
  return {
    version,
    commitment: nameOf(stages.find(({ key }) => key === commitment)),
    stages: stages.map((stage) => ({
      name: nameOf(stage),
      kind: stage.kind,
      statuses: statuses.filter(({ id }) => stageOf.get(id) === stage.key).map(({ id }) => id),
      limit: limitOf(stage),
    })),
    blocked: [...blocked],
  };
}

export function nameOf(stage: Pick<StageDraft, "name"> | undefined): string {
  return stage?.name.trim() ?? "";
}

/** Items; null = none. */
export function limitOf({ limit }: Pick<StageDraft, "limit">): number | null {
  return limit.trim() === "" ? null : Number(limit.trim());
}
