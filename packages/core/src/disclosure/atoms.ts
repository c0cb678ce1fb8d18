/** What is published: a number with fixed labels, and no way to put a contributor into it. */
import type { EpochDay } from "../time/report-zone.ts";
import type { Period, Quarter } from "./period.ts";

/** A stage or activity by its name, or the union of those that could not stand alone. A name cannot pass for the union. */
export type PartLabel = { readonly kind: "own"; readonly name: string } | { readonly kind: "others" };

/** The total of a project in a week. */
export interface ProjectWeek {
  readonly cut: "A";
  readonly project: string;
  /** Monday of the ISO week. */
  readonly week: EpochDay;
}

/** Stages (B) or activities (C) of a project in a period, over the project-weeks published in A. */
export interface ProjectPart {
  readonly cut: "B" | "C";
  readonly project: string;
  readonly part: PartLabel;
  readonly period: Period;
}

/** All that is in no published project-week of the period. */
interface OtherProjects {
  readonly cut: "E";
  readonly period: Period;
}

/** Minutes posted after their week had closed. */
export interface LateCorrections {
  readonly cut: "L";
  readonly project: string;
  readonly quarter: Quarter;
}

export type AtomIdentity = ProjectWeek | ProjectPart | OtherProjects | LateCorrections;

export type ContributorBand = "5–9" | "10–19" | "20+";

/** One published number. Page, files and totals add up `roundedMinutes` and never round again. */
export interface Atom {
  readonly identity: AtomIdentity;
  /** A multiple of 30, above zero. */
  readonly roundedMinutes: number;
  /** Undefined below five people, which only the waiver for known contributions lets through. */
  readonly contributors: ContributorBand | undefined;
}

const STEP_MINUTES = 30;

/** Stands wherever there is no atom, for whatever reason: a reason would be an answer. */
export const NOT_ENOUGH_PEOPLE = "Not enough people to show";

/** Nearest half hour, in minutes; the middle goes up. */
export function roundToStep(minutes: number): number {
  return Math.floor((2 * minutes + STEP_MINUTES) / (2 * STEP_MINUTES)) * STEP_MINUTES;
}

export function contributorBand(people: number): ContributorBand | undefined {
  if (people < 5) return undefined;
  return people < 10 ? "5–9" : people < 20 ? "10–19" : "20+";
}

/** Equal for equal identities only, whatever characters names hold. */
export function atomKey(identity: AtomIdentity): string {
  switch (identity.cut) {
    case "A":
      return JSON.stringify([identity.cut, identity.project, identity.week]);
    case "B":
    case "C": {
      const { part } = identity;
      return JSON.stringify([identity.cut, identity.project, part.kind === "own" ? part.name : null, identity.period]);
    }
    case "E":
      return JSON.stringify([identity.cut, identity.period]);
    case "L":
      return JSON.stringify([identity.cut, identity.project, identity.quarter]);
  }
}

/** What a reader sees as the atom's row: the project, stage or activity, or the name of the union. */
export function atomLabel(identity: AtomIdentity): string {
  switch (identity.cut) {
    case "A":
    case "L":
      return identity.project;
    case "B":
      return identity.part.kind === "own" ? identity.part.name : "Other stages";
    case "C":
      return identity.part.kind === "own" ? identity.part.name : "Other activities";
    case "E":
      return "Other projects";
  }
}

/** `12.5 h`, or the one grey text where there is no atom. */
export function hoursText(atom: Atom | undefined): string {
  return atom === undefined ? NOT_ENOUGH_PEOPLE : `${atom.roundedMinutes / 60} h`;
}
