import { useEffect, useMemo, useRef, useState } from "react";
import { Ledger } from "../../ledger/ledger.ts";
import type { Page } from "../read-page.ts";
import { type MyTimeActions, myTimeActions } from "./my-time-actions.ts";
import { type MyTimeEvent, myTimeReducer } from "./my-time-reducer.ts";
import { type MyTimeState, READING } from "./my-time-state.ts";

/** My time of the person who looks. It reads when it opens; nothing in it counts by itself. */
export function useMyTime({ zone, accountId }: Page): { readonly state: MyTimeState; readonly actions: MyTimeActions } {
  const [state, setState] = useState<MyTimeState>(READING);
  const latest = useRef(state);
  const actions = useMemo(() => {
    const dispatch = (event: MyTimeEvent): void => {
      // What comes next has to know of it, whenever it is drawn.
      latest.current = myTimeReducer(latest.current, event);
      setState(latest.current);
    };
    return myTimeActions({
      ledger: new Ledger(),
      weekLedger: new Ledger(),
      zone,
      accountId,
      now: Date.now,
      getState: () => latest.current,
      dispatch,
    });
  }, [zone, accountId]);
  useEffect(() => void actions.open(), [actions]);
  return { state, actions };
}
