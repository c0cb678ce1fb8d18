/** What each thing that happens makes of the admin page's state. Pure. */
import type { Failure } from "../../ledger/failure.ts";
import {
  type AdminState,
  type Notice,
  type Opened,
  type ProjectNames,
  type Read,
  type ReadyAdmin,
  readyAdmin,
  type Site,
  type SitePlace,
  type StagePlace,
  type Work,
} from "./admin-state.ts";
import { draftOf, type Stages, type StagesDraft } from "./stage-draft.ts";
import {
  dropped,
  editingOf,
  type Filling,
  filled,
  movedIn,
  overtakenBy,
  restored,
  savedAs,
  takenBack,
} from "./stage-editing.ts";

export type AdminEvent =
  | { readonly type: "reading" }
  | { readonly type: "read"; readonly read: Read }
  | { readonly type: "not-read"; readonly failure: Failure }
  | ReadyEvent;

type ReadyEvent =
  | { readonly type: "read-again"; readonly read: Read }
  | { readonly type: "names-told"; readonly names: ProjectNames }
  | { readonly type: "began"; readonly work: Work }
  | { readonly type: "failed"; readonly at: StagePlace | SitePlace; readonly failure: Failure }
  | { readonly type: "opened"; readonly open: Opened | undefined }
  | { readonly type: "site-told"; readonly site: Site; readonly notice: Notice }
  | StageEvent;

type StageEvent =
  | { readonly type: "stages-opened" }
  | { readonly type: "stages-drafted"; readonly draft: StagesDraft }
  | { readonly type: "stage-moved"; readonly key: number; readonly by: -1 | 1 }
  | { readonly type: "stages-filled"; readonly stages: Stages; readonly filling: Filling }
  | { readonly type: "filling-taken-back" }
  | { readonly type: "stages-dropped" }
  | { readonly type: "draft-restored"; readonly draft: StagesDraft }
  | { readonly type: "faults-shown" }
  | { readonly type: "stages-saved"; readonly stages: Stages }
  | { readonly type: "stages-overtaken"; readonly stages: Stages };

export function adminReducer(state: AdminState, event: AdminEvent): AdminState {
  switch (event.type) {
    case "reading":
      return { phase: "reading" };
    case "read":
      return readyAdmin(event.read);
    case "not-read":
      return { phase: "failed", failure: event.failure };
    default:
      // An answer that comes when the page has begun to read anew is told by what is read.
      return state.phase === "ready" ? readyReducer(state, event) : state;
  }
}

function readyReducer(state: ReadyAdmin, event: ReadyEvent): ReadyAdmin {
  switch (event.type) {
    case "read-again":
      return lookedAgain(state, event.read);
    case "names-told":
      // Names that were read once are better than none.
      return event.names.kind === "unread" && state.names.kind === "read" ? state : { ...state, names: event.names };
    case "began":
      return { ...state, busy: event.work, notice: undefined };
    case "failed":
      return { ...state, busy: undefined, notice: { at: event.at, kind: "failure", failure: event.failure } };
    case "opened":
      return { ...state, open: event.open, notice: undefined };
    case "site-told":
      return { ...state, busy: undefined, site: event.site, open: undefined, notice: event.notice };
    default:
      return stageReducer(state, event);
  }
}

function stageReducer(state: ReadyAdmin, event: StageEvent): ReadyAdmin {
  const { editing } = state;
  switch (event.type) {
    case "stages-opened":
      return { ...state, editing: editingOf(draftOf(state.stages, state.stages, 0)), notice: undefined };
    case "stages-drafted":
      return editing === undefined
        ? state
        : { ...state, editing: { ...editing, draft: event.draft, moved: undefined } };
    case "stage-moved":
      return movedIn(state, event.key, event.by);
    case "stages-filled":
      return filled(state, event.stages, event.filling);
    case "filling-taken-back":
      return takenBack(state);
    case "stages-dropped":
      return dropped(state);
    case "draft-restored":
      return restored(state, event.draft);
    case "faults-shown":
      return editing === undefined
        ? state
        : { ...state, editing: { ...editing, showsFaults: true, moved: undefined }, notice: undefined };
    case "stages-saved":
      return savedAs(state, event.stages);
    case "stages-overtaken":
      return overtakenBy(state, event.stages);
  }
}

/** A draft stays; where somebody else has saved stages since it was begun, that is told. */
function lookedAgain(state: ReadyAdmin, read: Read): ReadyAdmin {
  const looked = overtakenBy(state, read.stages);
  return { ...looked, site: read.site, notice: { at: "connections", kind: "looked" } };
}
