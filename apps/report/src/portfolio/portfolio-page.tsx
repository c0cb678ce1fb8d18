/** All projects, each with its verdict. */
import type { ReactNode } from "react";
import { words } from "../words/words.ts";

export function PortfolioPage(): ReactNode {
  return <h1>{words.portfolio.title}</h1>;
}
