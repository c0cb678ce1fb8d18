/** One week of the reader's own, day by day. */
import type { PageEntry, PageWeek } from "@stageledger/core/contract/page-my-routes";
import { type ReactNode, useEffect, useRef } from "react";
import { toMyTime } from "../address/address.ts";
import { useAddress } from "../address/use-address.ts";
import { StepLink } from "../shell/step-link.tsx";
import { DayField } from "../window/day-field.tsx";
import { words } from "../words/words.ts";
import type { Said } from "./desk.ts";
import { EntryRow } from "./entry-row.tsx";
import { shiftDay } from "./shift-day.ts";

const WEEK_DAYS = 7;

export function WeekSection({
  week,
  isReading,
  wanted,
}: {
  readonly week: PageWeek;
  readonly isReading: boolean;
  /** What was said last: it may name what has the focus next. */
  readonly wanted: Said | null;
}): ReactNode {
  const { address, amend } = useAddress();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted?.focus === undefined || wanted.focus === "undo") return;
    const at = document.getElementById(wanted.focus);
    if (isReading) at?.focus();
    // It may stand at another day now, or in another week. Who has gone on meanwhile is not called back.
    else if (document.activeElement === document.body) (at ?? heading.current)?.focus();
  }, [isReading, wanted]);
  const text = words.mine.week;
  const { firstDay, lastDay, today, entries } = week;
  const weekOf = (day: string) => ({ ...toMyTime(address), asOf: day });
  const isThisWeek = firstDay <= today && today <= lastDay;
  return (
    <section aria-labelledby="my-week" aria-busy={isReading}>
      <h2 id="my-week" ref={heading} tabIndex={-1}>
        {text.title(week, week.week)}
      </h2>
      <nav className="weeks" aria-label={text.choose}>
        <StepLink to={weekOf(shiftDay(firstDay, -WEEK_DAYS))}>{text.previous}</StepLink>
        <StepLink to={weekOf(shiftDay(firstDay, WEEK_DAYS))}>{text.next}</StepLink>
        <StepLink to={toMyTime(address)} isCurrent={isThisWeek}>
          {text.thisWeek}
        </StepLink>
        <DayField label={text.pick} day={address.asOf ?? today} onDay={(day) => amend(weekOf(day))} />
      </nav>
      <p className="sum" role="status">
        {text.sum(week.minutes, entries.length)}
      </p>
      {week.isClosed && entries.length > 0 && <p className="quiet">{text.closed}</p>}
      {entries.length === 0 && <p className="quiet">{text.empty}</p>}
      {[...Map.groupBy(entries, ({ date }) => date)].map(([day, ofDay]) => (
        <Day key={day} day={day} entries={ofDay} isToday={day === today} />
      ))}
    </section>
  );
}

function Day({
  day,
  entries,
  isToday,
}: {
  readonly day: string;
  readonly entries: readonly PageEntry[];
  readonly isToday: boolean;
}): ReactNode {
  const { day: title, today } = words.mine.week;
  const minutes = entries.reduce((sum, entry) => sum + entry.minutes, 0);
  return (
    <>
      <h3>
        {title(day, minutes)}
        {isToday && <span className="note"> {today}</span>}
      </h3>
      <ul className="entries">
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </>
  );
}
