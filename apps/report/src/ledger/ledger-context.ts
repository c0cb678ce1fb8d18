import { createContext, useContext } from "react";
import type { Ledger } from "./ledger.ts";

export const LedgerContext = createContext<Ledger | null>(null);

export function useLedger(): Ledger {
  const ledger = useContext(LedgerContext);
  if (ledger === null) throw new Error("The page has no ledger.");
  return ledger;
}
