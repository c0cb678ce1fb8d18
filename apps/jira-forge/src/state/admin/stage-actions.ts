import { ROUTES } from "@stageledger/core/contract/routes";
import type { AdminDesk } from "./admin-desk.ts";
import type { AdminEvent } from "./admin-reducer.ts";
import { requestOf, type StagesDraft } from "./stage-draft.ts";
import { faultsOf } from "./stage-faults.ts";

/** What an admin does with the stages. Nothing holds before it is saved. */
export function stageActions(desk: AdminDesk) {
  const { ledger } = desk;

  function draft(change: (draft: StagesDraft) => StagesDraft): void {
    const editing = desk.state()?.editing;
    if (editing !== undefined) desk.tell({ type: "stages-drafted", draft: change(editing.draft) });
  }

  /** Somebody else was faster: theirs is shown beside the draft. */
  async function lookAtTheirs(): Promise<AdminEvent> {
    const outcome = await ledger.call(ROUTES.getStages);
    return outcome.isDone
      ? { type: "stages-overtaken", stages: outcome.answer }
      : { type: "failed", at: "stages", failure: outcome.failure };
  }

  return {
    openStages: () => desk.tell({ type: "stages-opened" }),
    draftStages: draft,
    moveStage: (key: number, by: -1 | 1) => desk.tell({ type: "stage-moved", key, by }),
    dropStages: () => desk.tell({ type: "stages-dropped" }),
    restoreStages: (draft: StagesDraft) => desk.tell({ type: "draft-restored", draft }),
    takeFillingBack: () => desk.tell({ type: "filling-taken-back" }),

    proposeStages: () =>
      desk.work("propose", async () => {
        const outcome = await ledger.call(ROUTES.proposeStages);
        return outcome.isDone
          ? { type: "stages-filled", stages: outcome.answer, filling: "proposed" }
          : { type: "failed", at: "proposal", failure: outcome.failure };
      }),

    /** Fills in the version that was before. It is saved like any other. */
    putVersionBack: () => {
      const before = desk.state()?.versionBefore;
      if (before !== undefined) desk.tell({ type: "stages-filled", stages: before, filling: "put-back" });
    },

    saveStages: async (): Promise<void> => {
      const editing = desk.state()?.editing;
      if (editing === undefined) return;
      if (faultsOf(editing.draft).length > 0) return desk.tell({ type: "faults-shown" });
      return desk.work("save-stages", async () => {
        const outcome = await ledger.call(ROUTES.putStages, { body: requestOf(editing.draft) });
        if (outcome.isDone) return { type: "stages-saved", stages: outcome.answer };
        const { failure } = outcome;
        return failure.code === "STAGES_VERSION_TAKEN" ? lookAtTheirs() : { type: "failed", at: "stages", failure };
      });
    },
  };
}
