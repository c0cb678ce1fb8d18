/** A day to choose: taken when the field is left or Enter is pressed, for days are typed part by part. */
import { type ReactNode, type RefObject, useEffect, useId, useState } from "react";

export function DayField({
  label,
  day,
  onDay,
  field,
}: {
  readonly label: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
  /** For whoever has to move the focus there. */
  readonly field?: RefObject<HTMLInputElement>;
}): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState(day);
  useEffect(() => setTyped(day), [day]);
  const take = (): void => {
    if (typed === "") setTyped(day);
    else if (typed !== day) onDay(typed);
  };
  return (
    <label htmlFor={id}>
      {label}
      <input
        ref={field}
        id={id}
        type="date"
        value={typed}
        max="2999-12-31"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
    </label>
  );
}
