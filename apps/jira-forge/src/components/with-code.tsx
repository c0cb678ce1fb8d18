import { Code } from "@forge/react";

/** A text of the ledger, in which commands stand between backticks. */
export function WithCode({ children }: { readonly children: string }) {
  const parts = [...children.split("`").entries()];
  return <>{parts.map(([place, part]) => (place % 2 === 1 ? <Code key={place}>{part}</Code> : part))}</>;
}
