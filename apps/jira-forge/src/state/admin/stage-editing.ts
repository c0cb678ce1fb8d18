/** What happens to the stages' draft as a whole. Pure. */
import type { ReadyAdmin, StageEditing } from "./admin-state.ts";
import { changesIn } from "./stage-changes.ts";
import { draftOf, filledAgain, inSightOf, moved, type Stages, type StagesDraft } from "./stage-draft.ts";

/** With what the app fills the fields: a proposal, or a version that was before. */
export type Filling = "proposed" | "put-back";

export function editingOf(draft: StagesDraft): StageEditing {
  return { draft, setAside: undefined, overtaken: undefined, showsFaults: false, moved: undefined };
}

/** What stood in the fields is set aside, for whoever wants it back. */
export function filled(state: ReadyAdmin, stages: Stages, filling: Filling): ReadyAdmin {
  const before = state.editing?.draft ?? draftOf(state.stages, state.stages, 0);
  const draft = inSightOf(draftOf(stages, state.stages, before.filling), state.stages);
  const ready = { ...state, busy: undefined };
  if (filling === "proposed" && changesIn(draft, state.stages).length === 0 && state.editing === undefined)
    return { ...ready, notice: { at: "proposal", kind: "nothing-proposed" } };
  return {
    ...ready,
    editing: { ...editingOf(draft), setAside: { draft: before, why: filling }, overtaken: state.editing?.overtaken },
    notice:
      filling === "proposed"
        ? { at: "proposal", kind: "proposed", statuses: draft.statuses.length }
        : { at: "proposal", kind: "put-back", version: stages.version },
  };
}

export function takenBack(state: ReadyAdmin): ReadyAdmin {
  const { editing, stages } = state;
  if (editing?.setAside === undefined) return state;
  const draft = filledAgain(editing.setAside.draft, editing.draft.filling);
  const hasChanges = changesIn(draft, stages).length > 0;
  return {
    ...state,
    editing: hasChanges ? { ...editingOf(draft), overtaken: editing.overtaken } : undefined,
    notice: { at: "proposal", kind: "taken-back" },
  };
}

/** The stages stay as they are; the draft can still be had back. */
export function dropped(state: ReadyAdmin): ReadyAdmin {
  const { editing, stages } = state;
  if (editing === undefined) return state;
  const changes = changesIn(editing.draft, stages).length;
  return {
    ...state,
    editing: undefined,
    notice: changes === 0 ? undefined : { at: "stages", kind: "dropped", changes, draft: editing.draft },
  };
}

export function restored(state: ReadyAdmin, draft: StagesDraft): ReadyAdmin {
  const now = inSightOf(draft, state.stages);
  return { ...state, editing: editingOf(filledAgain(now, draft.filling)), notice: undefined };
}

export function movedIn(state: ReadyAdmin, key: number, by: -1 | 1): ReadyAdmin {
  const { editing } = state;
  if (editing === undefined) return state;
  const draft = moved(editing.draft, key, by);
  return { ...state, editing: { ...editing, draft, moved: { key, hasMoved: draft !== editing.draft } } };
}

export function savedAs(state: ReadyAdmin, stages: Stages): ReadyAdmin {
  const isSame = stages.version === state.stages.version;
  return {
    ...state,
    busy: undefined,
    stages,
    editing: undefined,
    versionBefore: isSame ? state.versionBefore : state.stages,
    notice: { at: "stages", kind: isSame ? "same" : "saved", version: stages.version },
  };
}

/** What the stages are now, where somebody may have saved a version: the draft stays, and is from now on one of changes to theirs. */
export function overtakenBy(state: ReadyAdmin, stages: Stages): ReadyAdmin {
  const { editing } = state;
  const ready = { ...state, busy: undefined, stages };
  if (editing === undefined) return ready;
  const draft = inSightOf(editing.draft, stages);
  const isOvertaken = stages.version !== state.stages.version;
  const overtaken = editing.overtaken ?? (isOvertaken ? state.stages : undefined);
  return { ...ready, editing: { ...editing, draft, overtaken, moved: undefined } };
}
