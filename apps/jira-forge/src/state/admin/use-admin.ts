import { useEffect, useMemo, useReducer, useRef } from "react";
import { readProjectNames } from "../../jira/project-names.ts";
import { Ledger } from "../../ledger/ledger.ts";
import { type AdminActions, adminActions } from "./admin-actions.ts";
import { adminReducer } from "./admin-reducer.ts";
import { type AdminState, READING } from "./admin-state.ts";

/** The admin page. It reads once, when it opens; nothing in it counts by itself. */
export function useAdmin(): { readonly state: AdminState; readonly actions: AdminActions } {
  const [state, dispatch] = useReducer(adminReducer, READING);
  const latest = useRef(state);
  latest.current = state;
  const actions = useMemo(
    () =>
      adminActions({
        ledger: new Ledger(),
        readNames: readProjectNames,
        getState: () => latest.current,
        dispatch,
      }),
    [],
  );
  useEffect(() => void actions.open(), [actions]);
  return { state, actions };
}
