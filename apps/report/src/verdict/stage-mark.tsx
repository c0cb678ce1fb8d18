/** Behind the name of the stage that the verdict names: a candidate is no constraint, and is said to be one in sight of all. */
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { ReactNode } from "react";
import { words } from "../words/words.ts";

export function StageMark({ outcome }: { readonly outcome: PageFlow["verdict"]["outcome"] }): ReactNode {
  const { constraint, candidateMark } = words.verdict;
  return (
    <span className="mark">
      ▲{outcome === "candidate" ? ` ${candidateMark}` : <span className="vh"> {constraint}</span>}
    </span>
  );
}
