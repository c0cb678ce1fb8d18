/** Said when an answer takes long enough to be noticed: the style sheet shows it late. */
import type { ReactNode } from "react";
import { words } from "../words/words.ts";

export function Reading(): ReactNode {
  return (
    <p className="reading" role="status">
      {words.reading}
    </p>
  );
}
