/** A part of the page that could not be read: the others can be used all the same. */
import type { ReactNode } from "react";
import type { Failure } from "../ledger/ledger.ts";
import { words } from "../words/words.ts";

export function Unreached({ failure, again }: { readonly failure: Failure; readonly again: () => void }): ReactNode {
  const { failures } = words;
  return (
    <p>
      {failure.kind === "refused" ? failure.detail : `${failures[failure.kind].title}.`}{" "}
      <button type="button" onClick={again}>
        {failures.offline.act}
      </button>
    </p>
  );
}
