/** How many weeks are shown, and up to which day. */
import { type ReactNode, useId, useRef } from "react";
import { useAddress } from "../address/use-address.ts";
import { words } from "../words/words.ts";
import { DayField } from "./day-field.tsx";

/** B1. */
const WEEKS = [6, 7, 8, 9, 10, 11, 12];

/**
 * What the address says is shown at once, before the answer to it has come.
 *
 * @param weeks shown where the address names none
 * @param lastDay the day that is shown where the address names none
 */
export function WeeksAndDay({ weeks, lastDay }: { readonly weeks: number; readonly lastDay: string }): ReactNode {
  const { address, go } = useAddress();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const said = words.window;
  return (
    <>
      <label htmlFor={id}>
        {said.weeks}
        <select
          id={id}
          value={address.weeks ?? weeks}
          onChange={(event) => go({ ...address, weeks: Number(event.target.value) })}
        >
          {WEEKS.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </label>
      <DayField
        label={said.until}
        day={address.asOf ?? lastDay}
        onDay={(day) => go({ ...address, asOf: day })}
        field={field}
      />
      {address.asOf !== null && (
        <button
          type="button"
          onClick={() => {
            // The button goes: whoever pressed it by a key stays beside where it was.
            field.current?.focus();
            go({ ...address, asOf: null });
          }}
        >
          {said.now}
        </button>
      )}
    </>
  );
}
