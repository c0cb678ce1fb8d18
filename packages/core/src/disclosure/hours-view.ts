/**
 * What a report says in hours, by project: the totals of the weeks released since the latest period began, the parts of
 * that period, and nothing that is not an atom. Pure.
 */
import { compareNatural } from "../natural-order.ts";
import { dayText, type EpochDay } from "../time/report-zone.ts";
import type { Atom } from "./atoms.ts";
import type { Period, Quarter } from "./period.ts";
import { latestSpans, shownWeeks } from "./released-spans.ts";

/** An atom, perhaps with the time that items spent where its hours were logged (F23). */
export type AtomWithElapsed = Atom & { readonly elapsedMinutes: number | undefined };

export interface PartHours {
  readonly name: string;
  /** Rounded when it was published; never rounded again. */
  readonly minutes: number;
  /** F23: hours over the items' time in the stage; null where there is none. Above 1 the data are at fault. */
  readonly touchShare: number | null;
}

interface WeekHours {
  /** Its Monday, as calendar text. */
  readonly week: string;
  /** Null when not enough people are behind it. */
  readonly minutes: number | null;
}

/** Of one project in one period. */
export interface ProjectParts {
  /** Stages that stand alone. A stage that is missing is "not enough people to show", for whatever reason. */
  readonly stages: readonly PartHours[];
  readonly otherStages: PartHours | null;
  readonly activities: readonly PartHours[];
  readonly otherActivities: PartHours | null;
}

export interface ProjectHours extends ProjectParts {
  readonly project: string;
  /** All weeks of the period and those released since, ascending. Stages and activities are of those of the period that have minutes. */
  readonly weeks: readonly WeekHours[];
  /** Minutes posted in the quarter's weeks after they had closed; null when not enough people are behind them. */
  readonly lateMinutes: number | null;
}

export interface HoursView {
  /** The latest released one; null before the first release. */
  readonly period: Period | null;
  /** The latest quarter whose late corrections were released; null before the first. */
  readonly quarter: Quarter | null;
  readonly projects: readonly ProjectHours[];
  /** Minutes of all project-weeks that could not stand alone; null when they could not together either. */
  readonly otherProjectsMinutes: number | null;
}

/**
 * @param releasedSpans weeks, periods and quarters that were released
 * @param projects those of the report: each gets a row, whether anything of it may be shown or not
 */
export function hoursView(
  atoms: readonly AtomWithElapsed[],
  releasedSpans: readonly string[],
  projects: readonly string[],
): HoursView {
  const { period, quarter } = latestSpans(releasedSpans);
  const weeks = shownWeeks(releasedSpans);
  return {
    period,
    quarter,
    projects: projects.toSorted(compareNatural).map((project) => ({
      project,
      weeks: weekHours(project, weeks, atoms),
      ...partHours(project, period, atoms),
      lateMinutes:
        atoms.find(
          ({ identity }) => identity.cut === "L" && identity.project === project && identity.quarter === quarter,
        )?.roundedMinutes ?? null,
    })),
    otherProjectsMinutes:
      atoms.find(({ identity }) => identity.cut === "E" && identity.period === period)?.roundedMinutes ?? null,
  };
}

function weekHours(project: string, weeks: readonly EpochDay[], atoms: readonly Atom[]): WeekHours[] {
  const minutesByWeek = new Map(
    atoms.flatMap(({ identity, roundedMinutes }) =>
      identity.cut === "A" && identity.project === project ? [[identity.week, roundedMinutes] as const] : [],
    ),
  );
  return weeks.map((week) => ({ week: dayText(week), minutes: minutesByWeek.get(week) ?? null }));
}

/** @param period null where there is none yet: then there is nothing to show */
export function partHours(project: string, period: Period | null, atoms: readonly AtomWithElapsed[]): ProjectParts {
  const parts = (cut: "B" | "C"): { readonly own: PartHours[]; readonly others: PartHours | null } => {
    const own: PartHours[] = [];
    let others: PartHours | null = null;
    for (const { identity, roundedMinutes, elapsedMinutes } of atoms) {
      if (identity.cut !== cut || identity.project !== project || identity.period !== period) continue;
      const { part } = identity;
      const touchShare = elapsedMinutes ? roundedMinutes / elapsedMinutes : null;
      if (part.kind === "own") own.push({ name: part.name, minutes: roundedMinutes, touchShare });
      else others = { name: cut === "B" ? "Other stages" : "Other activities", minutes: roundedMinutes, touchShare };
    }
    return { own: own.sort((a, b) => compareNatural(a.name, b.name)), others };
  };
  const [stages, activities] = [parts("B"), parts("C")];
  return {
    stages: stages.own,
    otherStages: stages.others,
    activities: activities.own,
    otherActivities: activities.others,
  };
}
