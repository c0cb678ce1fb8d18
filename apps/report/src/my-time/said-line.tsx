/** What came of the last thing that was done, said to eyes and ears; and the way back. */
import { PAGE_MY_ROUTES } from "@stageledger/core/contract/page-my-routes";
import { type ReactNode, useEffect, useRef } from "react";
import type { Failure } from "../ledger/ledger.ts";
import { SignInLink } from "../shell/sign-in-link.tsx";
import { words } from "../words/words.ts";
import { type Undoable, useDesk } from "./desk.ts";
import { editButtonId, entryName } from "./entry-name.ts";

export function SaidLine(): ReactNode {
  const { line, write } = useDesk();
  const said = line?.kind === "said" ? line.said : null;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (said?.focus === "undo") button.current?.focus();
  }, [said]);
  const undo = ({ entry, revision }: Undoable): void => {
    void write(PAGE_MY_ROUTES.undoEntry, { params: { entry: entry.id }, body: { revision } }, () => ({
      text: words.mine.done.undone(entryName(entry)),
      focus: editButtonId(entry.id),
    }));
  };
  const undoable = said?.undo;
  return (
    <div className={line === null ? "said" : "said is-said"}>
      <p role="status">
        {said?.text}
        {line?.kind === "failed" && <FailureText failure={line.failure} />}
      </p>
      {undoable !== undefined && (
        <button ref={button} type="button" onClick={() => undo(undoable)}>
          {words.mine.done.undo}
        </button>
      )}
    </div>
  );
}

function FailureText({ failure }: { readonly failure: Failure }): ReactNode {
  const { failures, mine } = words;
  if (failure.kind === "refused")
    return (
      <>
        {failure.detail} {failure.next} <span className="note">{failures.code(failure.code, failure.requestId)}</span>
      </>
    );
  const { title } = failures[failure.kind];
  if (failure.kind !== "signed-out") return `${title}. ${mine.unsure}`;
  return (
    <>
      {title}. {mine.signedOut} <SignInLink />
    </>
  );
}
