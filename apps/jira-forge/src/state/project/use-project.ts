import { useEffect, useMemo, useReducer, useRef } from "react";
import { Ledger } from "../../ledger/ledger.ts";
import { ProjectDesk } from "./project-desk.ts";
import { projectReducer } from "./project-reducer.ts";
import { type ProjectState, READING_PROJECT } from "./project-state.ts";
import type { ProjectPlace } from "./read-project-place.ts";

/** The page of that project. It reads once, when it opens. */
export function useProject({ sourceProject }: ProjectPlace): {
  readonly state: ProjectState;
  readonly desk: ProjectDesk;
} {
  const [state, dispatch] = useReducer(projectReducer, READING_PROJECT);
  const latest = useRef(state);
  latest.current = state;
  const desk = useMemo(
    () => new ProjectDesk({ ledger: new Ledger(), sourceProject, getState: () => latest.current, dispatch }),
    [sourceProject],
  );
  useEffect(() => void desk.open(), [desk]);
  return { state, desk };
}
