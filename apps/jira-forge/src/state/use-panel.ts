import { useEffect, useMemo, useReducer, useRef } from "react";
import { Ledger } from "../ledger/ledger.ts";
import { type PanelActions, panelActions } from "./panel-actions.ts";
import { panelReducer } from "./panel-reducer.ts";
import { type PanelState, READING } from "./panel-state.ts";
import type { Place } from "./read-place.ts";

/** The panel on that issue. It reads once, when it opens; nothing in it counts by itself. */
export function usePanel({ itemId, hasRoom, zone, accountId }: Place): {
  readonly state: PanelState;
  readonly actions: PanelActions;
} {
  const [state, dispatch] = useReducer(panelReducer, READING);
  const latest = useRef(state);
  latest.current = state;
  const actions = useMemo(
    () =>
      panelActions(
        { ledger: new Ledger(), itemId, zone, accountId, now: Date.now, getState: () => latest.current, dispatch },
        hasRoom,
      ),
    [itemId, hasRoom, zone, accountId],
  );
  useEffect(() => void actions.open(), [actions]);
  return { state, actions };
}
