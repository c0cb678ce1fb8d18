/** One thing is done at a time; what came of it is said in one place. */
import type { PageEntry, PageMyRoute } from "@stageledger/core/contract/page-my-routes";
import { createContext, useContext, useRef, useState } from "react";
import type { z } from "zod";
import type { CallInput, Failure, MyLedger, Told } from "../ledger/ledger.ts";

/** The change that can be undone: the last of an entry. */
export interface Undoable {
  readonly entry: PageEntry;
  readonly revision: number;
}

export interface Said {
  readonly text: string;
  readonly undo?: Undoable;
  /** Id of what has the focus, once the changed week is shown; the undoing has it where this is "undo". */
  readonly focus?: string;
}

type Line = { readonly kind: "said"; readonly said: Said } | { readonly kind: "failed"; readonly failure: Failure };

interface Desk {
  readonly mine: MyLedger;
  readonly line: Line | null;
  /** How often something may have changed in the ledger: whatever is shown is read anew. */
  readonly round: number;
  /** Presses while something is under way do nothing. @returns whether it was done */
  readonly write: <C extends PageMyRoute>(
    contract: C,
    input: CallInput<C>,
    say: (answer: z.output<C["answer"]>) => Said | null,
  ) => Promise<boolean>;
  /** Asks, and changes nothing. */
  readonly ask: <C extends PageMyRoute>(
    contract: C,
    input: CallInput<C>,
    say: (answer: z.output<C["answer"]>) => Said | null,
  ) => Promise<boolean>;
  readonly say: (said: Said) => void;
}

type Outcome = "done" | "refused" | "unsure" | "not-asked";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("This part stands outside the page of one's own time.");
  return desk;
}

export function useNewDesk(mine: MyLedger): Desk {
  const [line, setLine] = useState<Line | null>(null);
  const [round, setRound] = useState(0);
  const isBusy = useRef(false);
  const during = async <T>(told: () => Promise<Told<T>>, say: (answer: T) => Said | null): Promise<Outcome> => {
    if (isBusy.current) return "not-asked";
    isBusy.current = true;
    const outcome = await told().finally(() => {
      isBusy.current = false;
    });
    if (outcome.kind === "failed") {
      setLine(outcome);
      return outcome.failure.kind === "refused" ? "refused" : "unsure";
    }
    const said = say(outcome.value);
    setLine(said === null ? null : { kind: "said", said });
    return "done";
  };
  return {
    mine,
    line,
    round,
    write: async (contract, input, say) => {
      const outcome = await during(() => mine.write(contract, input), say);
      // Who does not know whether it was done finds everything as they left it, to press the same again.
      if (outcome === "done" || outcome === "refused") setRound((rounds) => rounds + 1);
      return outcome === "done";
    },
    ask: async (contract, input, say) =>
      (await during(() => mine.read(contract, input, new AbortController().signal), say)) === "done",
    say: (said) => setLine({ kind: "said", said }),
  };
}
