/** Asks the ledger, and asks again when the question changes. What was told stays until the next is told. */
import { useEffect, useReducer, useState } from "react";
import type { Told } from "./ledger.ts";

export interface Asked<T> {
  readonly told: Told<T> | null;
  /** The answer to the present question is still under way. */
  readonly isReading: boolean;
  readonly again: () => void;
}

/** @param key says the question: another key, another question. Null asks nothing. */
export function useTold<T>(key: string | null, ask: (signal: AbortSignal) => Promise<Told<T>>): Asked<T> {
  const [state, setState] = useState<{ readonly key: string; readonly told: Told<T> } | null>(null);
  const [round, again] = useReducer((rounds: number) => rounds + 1, 0);
  const asked = `${round} ${key}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says the whole question, and every drawing makes another `ask`.
  useEffect(() => {
    if (key === null) return;
    const calls = new AbortController();
    ask(calls.signal).then(
      (told) => calls.signal.aborted || setState({ key: asked, told }),
      () => undefined,
    );
    return () => calls.abort();
  }, [asked]);
  return { told: key === null ? null : (state?.told ?? null), isReading: key !== null && state?.key !== asked, again };
}
