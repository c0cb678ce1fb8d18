/** Changes an entry: its time, day and activity. Escape lets it be. */
import { readDuration } from "@stageledger/core/contract/duration";
import { PAGE_MY_ROUTES, type PageEntry } from "@stageledger/core/contract/page-my-routes";
import { activity as anyActivity, date as anyDate } from "@stageledger/core/contract/values";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { activityName } from "../words/activity-name.ts";
import { words } from "../words/words.ts";
import { useDesk } from "./desk.ts";
import { editButtonId, entryName } from "./entry-name.ts";
import { Wrong } from "./wrong.tsx";

export function EditEntry({
  entry,
  onClose,
}: {
  readonly entry: PageEntry;
  /** @param said what is still to be said of it */
  readonly onClose: (said?: string) => void;
}): ReactNode {
  const { write } = useDesk();
  const [time, setTime] = useState<string>(words.mine.duration(entry.minutes));
  const [day, setDay] = useState(entry.date);
  const [activity, setActivity] = useState(entry.activity);
  const [wrong, setWrong] = useState<{ readonly field: "time" | "day"; readonly why: string } | null>(null);
  const timeField = useRef<HTMLInputElement>(null);
  const dayField = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => timeField.current?.select(), []);
  const text = words.mine.entry;

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readTime(time);
    if (typeof read === "string") {
      setWrong({ field: "time", why: read });
      return timeField.current?.focus();
    }
    if (!anyDate.safeParse(day).success) {
      setWrong({ field: "day", why: words.mine.wrong.noDay });
      return dayField.current?.focus();
    }
    setWrong(null);
    const chosen = activity === entry.activity ? undefined : anyActivity.safeParse(activity).data;
    const changed = {
      ...(read === entry.minutes ? {} : { minutes: read }),
      ...(day === entry.date ? {} : { date: day }),
      ...(chosen === undefined ? {} : { activity: chosen }),
    };
    if (Object.keys(changed).length === 0) return onClose(words.mine.done.asBefore);
    const body = { revision: entry.revision, ...changed };
    const isDone = await write(PAGE_MY_ROUTES.editEntry, { params: { entry: entry.id }, body }, (after) => ({
      text: words.mine.done.saved(entryName(after)),
      undo: { entry, revision: after.revision },
      focus: editButtonId(entry.id),
    }));
    if (isDone) onClose();
  };
  const known: readonly string[] = anyActivity.options;
  return (
    <form
      className="edit"
      aria-label={text.labelled(text.edit, entryName(entry))}
      noValidate
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose(words.mine.done.asBefore);
      }}
    >
      <label>
        {text.time}
        <input
          ref={timeField}
          value={time}
          autoComplete="off"
          aria-invalid={wrong?.field === "time"}
          aria-describedby={`${id}-help ${id}-wrong`}
          onChange={(event) => setTime(event.target.value)}
        />
      </label>
      <label>
        {text.day}
        <input
          ref={dayField}
          type="date"
          value={day}
          aria-invalid={wrong?.field === "day"}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      <label>
        {text.activity}
        <select value={activity} onChange={(event) => setActivity(event.target.value)}>
          {(known.includes(entry.activity) ? known : [entry.activity, ...known]).map((one) => (
            <option key={one} value={one}>
              {activityName(one)}
            </option>
          ))}
        </select>
      </label>
      <span className="acts">
        <button type="submit">{text.save}</button>
        <button type="button" onClick={() => onClose(words.mine.done.asBefore)}>
          {text.cancel}
        </button>
      </span>
      <p className="sub" id={`${id}-help`}>
        {text.timeHelp}
      </p>
      <Wrong id={`${id}-wrong`} why={wrong?.why ?? null} />
    </form>
  );
}

/** Minutes, or why it is no time. */
function readTime(text: string): number | string {
  const reading = readDuration(text);
  if (reading.kind === "minutes") return reading.minutes;
  const { wrong } = words.mine;
  return reading.kind === "without-unit" ? wrong["without-unit"](reading.amount) : wrong[reading.kind];
}
