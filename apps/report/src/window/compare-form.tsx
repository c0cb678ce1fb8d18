/** Asks for another window and, if there was one, for the decision between the two. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { LONGEST_DECISION } from "../address/address.ts";
import { useAddress } from "../address/use-address.ts";
import { daysAfter } from "../charts/time-axis.ts";
import { words } from "../words/words.ts";

export function CompareForm({ report }: { readonly report: PageReport }): ReactNode {
  const { address, go } = useAddress();
  const id = useId();
  const summary = useRef<HTMLElement>(null);
  const said = words.window;
  const proposed = daysAfter(report.window.firstDay, -1);
  const [against, setAgainst] = useState(address.against ?? proposed);
  const [text, setText] = useState(address.decision?.text ?? "");
  const [day, setDay] = useState(address.decision?.day ?? report.window.firstDay);
  useEffect(() => setAgainst(address.against ?? proposed), [address.against, proposed]);
  const show = (event: FormEvent): void => {
    event.preventDefault();
    const decided = text.trim() === "" || day === "" ? null : { text: text.trim(), day };
    go({ ...address, against: against === "" ? null : against, decision: decided });
  };
  return (
    <details open={address.against !== null}>
      <summary ref={summary}>{said.compare}</summary>
      <form onSubmit={show}>
        <label htmlFor={`${id}-against`}>
          {said.compareDay}
          <input
            id={`${id}-against`}
            type="date"
            value={against}
            onChange={(event) => setAgainst(event.target.value)}
          />
        </label>
        <label htmlFor={`${id}-text`} className="wide">
          {said.decision}
          <input
            id={`${id}-text`}
            type="text"
            value={text}
            maxLength={LONGEST_DECISION}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <label htmlFor={`${id}-day`}>
          {said.decisionDay}
          <input id={`${id}-day`} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </label>
        <button type="submit">{said.show}</button>
        {address.against !== null && (
          <button
            type="button"
            onClick={() => {
              // The button goes with the open form.
              summary.current?.focus();
              go({ ...address, against: null, decision: null });
            }}
          >
            {said.stop}
          </button>
        )}
        <p className="quiet">{said.decisionKept}</p>
      </form>
    </details>
  );
}
