/** What the page shows, as its address says it: whoever is given the address sees the same. Pure. */

interface Shown {
  /** On the page of one's own time: a day of the week that is shown. */
  readonly asOf: string | null;
  readonly weeks: number | null;
  readonly map: number | null;
  readonly time: "calendar" | "business";
}

/** What was decided, on which day: drawn into the charts. It stays in the browser: no server is sent the part after the #. */
export interface Decision {
  readonly text: string;
  readonly day: string;
}

export interface Address extends Shown {
  /** Null on the page of all projects. */
  readonly project: string | null;
  readonly isMyTime: boolean;
  /** Last day of another window, to stand beside this one. */
  readonly against: string | null;
  /** Names of the charts whose tables are open. */
  readonly open: readonly string[];
  readonly decision: Decision | null;
}

export const LONGEST_DECISION = 120;

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const PROJECT_PATH = /^\/projects\/([^/]+)\/?$/u;
const MY_TIME_PATH = /^\/my-time\/?$/u;

/** What it does not know is left out. */
export function readAddress({ pathname, search, hash }: Pick<URL, "pathname" | "search" | "hash">): Address {
  const query = new URLSearchParams(search);
  const after = new URLSearchParams(hash.slice(1));
  const [, project] = PROJECT_PATH.exec(pathname) ?? [];
  const decided = { text: (after.get("decision") ?? "").slice(0, LONGEST_DECISION), day: dayOf(after.get("on")) };
  return {
    project: project === undefined ? null : decoded(project),
    isMyTime: MY_TIME_PATH.test(pathname),
    asOf: dayOf(query.get("asOf")),
    weeks: numberOf(query.get("weeks"), 6, 12),
    map: numberOf(query.get("map"), 1, 1_000_000),
    time: query.get("time") === "business" ? "business" : "calendar",
    against: dayOf(query.get("against")),
    open: (query.get("open") ?? "").split(",").filter((name) => name !== ""),
    decision: decided.text === "" || decided.day === null ? null : { text: decided.text, day: decided.day },
  };
}

export function writeAddress({ project, isMyTime, decision, ...shown }: Address): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string | number | null): void => {
    if (value !== null && value !== "") query.set(name, String(value));
  };
  set("asOf", shown.asOf);
  set("weeks", shown.weeks);
  set("map", shown.map);
  set("time", shown.time === "calendar" ? null : shown.time);
  set("against", shown.against);
  set("open", shown.open.join(","));
  const path = isMyTime ? "/my-time" : project === null ? "/" : `/projects/${encodeURIComponent(project)}`;
  const after =
    decision === null ? "" : `#${new URLSearchParams({ decision: decision.text, on: decision.day }).toString()}`;
  return `${path}${query.size === 0 ? "" : `?${query}`}${after}`;
}

/** Another project in the same window: what was opened and compared stays behind. */
export function toProject({ isMyTime, asOf, weeks, time }: Address, project: string | null): Address {
  return {
    project,
    isMyTime: false,
    asOf: isMyTime ? null : asOf,
    weeks,
    map: null,
    time,
    against: null,
    open: [],
    decision: null,
  };
}

/** The reader's own week, the present one. */
export function toMyTime({ weeks, time }: Pick<Address, "weeks" | "time">): Address {
  return { project: null, isMyTime: true, asOf: null, weeks, map: null, time, against: null, open: [], decision: null };
}

function dayOf(text: string | null): string | null {
  return text !== null && DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : null;
}

function numberOf(text: string | null, least: number, most: number): number | null {
  const number = text !== null && /^\d{1,7}$/u.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
