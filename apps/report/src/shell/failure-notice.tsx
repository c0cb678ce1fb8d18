/** Why nothing is shown, and what to do next. */
import type { ReactNode } from "react";
import type { Failure } from "../ledger/ledger.ts";
import { words } from "../words/words.ts";
import { SignInLink } from "./sign-in-link.tsx";

export function FailureNotice({
  failure,
  again,
  signedOut = words.failures["signed-out"].detail,
}: {
  readonly failure: Failure;
  readonly again: () => void;
  /** Why one has to sign in for this. */
  readonly signedOut?: string;
}): ReactNode {
  const { failures } = words;
  const isUnknown = failure.kind === "refused" && failure.code === "PROJECT_UNKNOWN";
  const title = isUnknown ? failures.unknownProject : failures[failure.kind].title;
  return (
    <section className="notice" role="alert">
      <h1>{title}</h1>
      {failure.kind === "refused" ? (
        <>
          <p>{failure.detail}</p>
          {failure.next !== null && <p>{failure.next}</p>}
        </>
      ) : (
        <p>{failure.kind === "signed-out" ? signedOut : failures[failure.kind].detail}</p>
      )}
      <p>
        {failure.kind === "signed-out" ? (
          <SignInLink />
        ) : (
          <button type="button" onClick={failure.kind === "unreadable" ? () => window.location.reload() : again}>
            {failures[failure.kind].act}
          </button>
        )}
      </p>
      {failure.kind === "refused" && <p className="quiet">{failures.code(failure.code, failure.requestId)}</p>}
    </section>
  );
}
