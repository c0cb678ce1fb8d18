/** A day to choose: taken when the field is left or Enter is pressed, for days are typed part by part. */
import { type ReactNode, useEffect, useId, useState } from "react";

export function DayField({
  label,
  day,
  onDay,
}: {
  readonly label: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
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
