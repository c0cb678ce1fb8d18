/** What somebody asks of a report, and what that means for one project's ledger. Pure. */
import {
  mapInForce,
  type ReportWindow,
  type ReportZone,
  reportWindow,
  StageledgerError,
  type StageMap,
} from "@stageledger/core";
import { nothingRecorded, type ProjectFrame } from "@stageledger/db";
import { Refusal } from "../http/refusal.ts";
import { findAsOf } from "../report/as-of-option.ts";
import { REPORT_WEEKS } from "../report/report-defaults.ts";

export interface Question {
  readonly asOf?: string | undefined;
  readonly weeks?: number | undefined;
  readonly map?: number | undefined;
  readonly time?: "calendar" | "business" | undefined;
}

export interface Meaning {
  readonly window: ReportWindow;
  readonly map: StageMap;
  readonly time: "calendar" | "business";
}

const HOUR_MILLISECONDS = 3_600_000;
const MINUTE_MILLISECONDS = 60_000;

/** @throws StageledgerError REQUEST_INVALID, LEDGER_EMPTY */
export function meaningOf(
  { asOf, weeks = REPORT_WEEKS, map, time = "calendar" }: Question,
  frame: Pick<ProjectFrame, "tenant" | "versions" | "latestAt">,
  now: number,
): Meaning {
  const { zone } = frame.tenant;
  const wanted = asOf === undefined ? undefined : meant(asOf, zone);
  const isOver = wanted !== undefined && wanted <= now;
  const window = reportWindow(zone, isOver ? wanted : presentAsOf(zone, frame.latestAt, now), weeks);
  return { window, map: chosenMap(frame.versions, map, window.asOf), time };
}

/**
 * The beginning of this hour, or the newest that happened in the project since: so that it is in the report, and that the report is the
 * same to the last byte until the hour is over or something more happens. It is rounded up to a minute: to the millisecond, it would tell
 * when somebody did something. A source whose clock is ahead gets no further than this hour.
 */
function presentAsOf(zone: ReportZone, latestAt: number, now: number): number {
  const midnight = zone.startOfDay(zone.dayOf(now));
  const hour = midnight + Math.floor((now - midnight) / HOUR_MILLISECONDS) * HOUR_MILLISECONDS;
  const latestMinute = Math.ceil(latestAt / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
  return Math.max(hour, Math.min(latestMinute, hour + HOUR_MILLISECONDS - 1));
}

/** Of a day that is not over, today or one to come, nothing is known but the present. */
function meant(text: string, zone: ReportZone): number {
  const asOf = findAsOf(text);
  if (asOf === undefined) throw invalid("query.asOf", "There is no such day.", "Write it like 2026-09-07.");
  return asOf(zone);
}

function chosenMap(versions: readonly StageMap[], wanted: number | undefined, asOf: number): StageMap {
  const inForce = mapInForce(versions, asOf) ?? versions[0];
  if (inForce === undefined) throw nothingRecorded();
  if (wanted === undefined) return inForce;
  const chosen = versions.find(({ version }) => version === wanted);
  if (chosen !== undefined) return chosen;
  throw invalid(
    "query.map",
    "There is no such version of the stages.",
    "A report's mapVersions lists those there are.",
  );
}

function invalid(at: string, message: string, next: string): Refusal {
  return new Refusal(new StageledgerError("REQUEST_INVALID", message, { next }), { at });
}
