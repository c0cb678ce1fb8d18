/** What each thing that happens makes of the project page's state. Pure. */
import type { Failure } from "../../ledger/failure.ts";
import {
  type OpenedPart,
  type ProjectState,
  type ProjectWork,
  READING_PROJECT,
  type ReadyProject,
  type Report,
} from "./project-state.ts";

export type ProjectEvent =
  | { readonly type: "reading" }
  | { readonly type: "read"; readonly report: Report }
  | { readonly type: "not-read"; readonly failure: Failure }
  | ReadyEvent;

type ReadyEvent =
  | { readonly type: "opened"; readonly open: OpenedPart | undefined }
  | { readonly type: "began"; readonly work: ProjectWork }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "looked"; readonly report: Report }
  | { readonly type: "purpose-told"; readonly text: string };

export function projectReducer(state: ProjectState, event: ProjectEvent): ProjectState {
  switch (event.type) {
    case "reading":
      return READING_PROJECT;
    case "read":
      return { phase: "ready", report: event.report, open: undefined, busy: undefined, failure: undefined };
    case "not-read":
      return { phase: "failed", failure: event.failure };
    default:
      return state.phase === "ready" ? readyReducer(state, event) : state;
  }
}

function readyReducer(state: ReadyProject, event: ReadyEvent): ReadyProject {
  switch (event.type) {
    case "opened":
      return { ...state, open: event.open };
    case "began":
      return { ...state, busy: event.work, failure: undefined };
    case "failed":
      return { ...state, busy: undefined, failure: event.failure };
    case "looked":
      return { ...state, busy: undefined, report: event.report };
    case "purpose-told":
      return { ...state, busy: undefined, open: { kind: "purpose", text: event.text } };
  }
}
