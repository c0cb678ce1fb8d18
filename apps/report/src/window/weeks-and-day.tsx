/** How many weeks are shown, and up to which day. */
import { type ReactNode, useId } from "react";
import { useAddress } from "../address/use-address.ts";
import { words } from "../words/words.ts";
import { DayField } from "./day-field.tsx";

/** B1. */
const WEEKS = [6, 7, 8, 9, 10, 11, 12];

/** @param lastDay the day that is shown where the address names none */
export function WeeksAndDay({ weeks, lastDay }: { readonly weeks: number; readonly lastDay: string }): ReactNode {
  const { address, go } = useAddress();
  const id = useId();
  const said = words.window;
  return (
    <>
      <label htmlFor={id}>
        {said.weeks}
        <select id={id} value={weeks} onChange={(event) => go({ ...address, weeks: Number(event.target.value) })}>
          {WEEKS.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </label>
      <DayField label={said.until} day={address.asOf ?? lastDay} onDay={(day) => go({ ...address, asOf: day })} />
      {address.asOf !== null && (
        <button type="button" onClick={() => go({ ...address, asOf: null })}>
          {said.now}
        </button>
      )}
    </>
  );
}
