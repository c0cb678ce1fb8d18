/** A search that found nothing may have been for somebody: it is answered with why time is tracked, and a better question. */
import type { ReactNode } from "react";
import { words } from "../words/words.ts";

export function NoMatch(): ReactNode {
  const { noMatch, purpose, question } = words.picker;
  return (
    <div className="no-match" role="status">
      <p>{noMatch}</p>
      <p>{purpose}</p>
      <p>
        <strong>{question}</strong>
      </p>
    </div>
  );
}
