/** Why a draft cannot be saved, told at the field where it is so. Pure. */
import { UNMAPPED_NAME } from "@stageledger/core/contract/stages";
import { name } from "@stageledger/core/contract/values";
import { limitOf, nameOf, type StageDraft, type StagesDraft } from "./stage-draft.ts";

export type StageFault =
  | { readonly at: "name"; readonly stage: number; readonly why: "missing" | "twice" | "taken" | "unwritable" }
  | { readonly at: "limit"; readonly stage: number; readonly why: "no-count" }
  | { readonly at: "commitment"; readonly why: "missing" }
  | { readonly at: "kinds"; readonly why: "none" | "nothing-done" };

/** In the order in which they stand on the page. */
export function faultsOf(draft: StagesDraft): readonly StageFault[] {
  const { stages, commitment } = draft;
  const begins = stages.find(({ key }) => key === commitment);
  return [
    ...(stages.length === 0 ? [{ at: "kinds", why: "none" } as const] : []),
    ...stages.flatMap((stage): readonly StageFault[] => [...nameFaults(stage, stages), ...limitFaults(stage)]),
    ...(stages.length > 0 && !stages.some(({ kind }) => kind === "done")
      ? [{ at: "kinds", why: "nothing-done" } as const]
      : []),
    ...(begins !== undefined && canBegin(begins) ? [] : [{ at: "commitment", why: "missing" } as const]),
  ];
}

/** Whether work can begin with it. */
export function canBegin({ kind }: Pick<StageDraft, "kind">): boolean {
  return kind === "waiting" || kind === "active";
}

function nameFaults(stage: StageDraft, all: readonly StageDraft[]): readonly StageFault[] {
  const own = nameOf(stage);
  const why =
    own === ""
      ? "missing"
      : own === UNMAPPED_NAME
        ? "taken"
        : all.some((other) => other.key !== stage.key && nameOf(other) === own)
          ? "twice"
          : name.safeParse(own).success
            ? undefined
            : "unwritable";
  return why === undefined ? [] : [{ at: "name", stage: stage.key, why }];
}

function limitFaults(stage: StageDraft): readonly StageFault[] {
  const limit = limitOf(stage);
  const isCount = limit === null || (Number.isSafeInteger(limit) && limit >= 1);
  return isCount ? [] : [{ at: "limit", stage: stage.key, why: "no-count" }];
}
