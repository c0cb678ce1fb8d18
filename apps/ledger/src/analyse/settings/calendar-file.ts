/** Reads calendar.yaml: working days, hours, breaks, holidays and zone of the business-time view (F6). */
import { readFile } from "node:fs/promises";
import { parseInstant, type ReportZone, StageledgerError, WorkCalendar } from "@stageledger/core";
import { parse } from "yaml";
import { z } from "zod";
import { zoneNamed } from "./zone.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/u, "a time such as 09:00");

const calendarDocument = z.strictObject({
  zone: z.string().optional(),
  days: z.array(z.enum(WEEKDAYS)).min(1).default(["mon", "tue", "wed", "thu", "fri"]),
  hours: z.strictObject({ from: clock, to: clock }).default({ from: "09:00", to: "17:00" }),
  breaks: z.array(z.strictObject({ from: clock, to: clock })).default([]),
  holidays: z.array(z.string()).default([]),
});

/** `fallback` is the report zone. @throws StageledgerError CALENDAR_UNREADABLE, SETTING_UNKNOWN_ZONE */
export async function readCalendarFile(path: string, fallback: ReportZone): Promise<WorkCalendar> {
  let raw: unknown;
  try {
    raw = parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw unreadable(path, "cannot be read as YAML", cause);
  }
  const parsed = calendarDocument.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw unreadable(path, `does not fit at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
  }
  const { zone, days, hours, breaks, holidays } = parsed.data;
  const shifts = withoutBreaks(
    { from: minutes(hours.from), to: minutes(hours.to) },
    breaks.map((rest) => ({ from: minutes(rest.from), to: minutes(rest.to) })),
  );
  if (shifts.length === 0) throw unreadable(path, "leaves no working time");
  const input = {
    days: days.map((day) => WEEKDAYS.indexOf(day) + 1),
    shifts,
    holidays: new Set(holidays.map((date) => epochDay(date, path))),
  };
  return new WorkCalendar(zone === undefined ? fallback : zoneNamed(zone), input);
}

interface Shift {
  readonly from: number;
  readonly to: number;
}

function withoutBreaks(day: Shift, breaks: readonly Shift[]): Shift[] {
  let shifts: Shift[] = [day];
  for (const rest of breaks) {
    shifts = shifts.flatMap(({ from, to }) => [
      { from, to: Math.min(to, Math.max(from, rest.from)) },
      { from: Math.max(from, Math.min(to, rest.to)), to },
    ]);
  }
  return shifts.filter(({ from, to }) => to > from);
}

function minutes(clockText: string): number {
  return Number(clockText.slice(0, 2)) * 60 + Number(clockText.slice(3));
}

function epochDay(date: string, path: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? parseInstant(date) : undefined;
  if (instant === undefined) throw unreadable(path, `names an impossible holiday "${date}"`);
  return instant / 86_400_000;
}

function unreadable(path: string, why: string, cause?: unknown): StageledgerError {
  return new StageledgerError("CALENDAR_UNREADABLE", `The calendar file ${path} ${why}.`, {
    next: "It looks like: days: [mon, tue, wed, thu, fri], hours: {from: '09:00', to: '17:00'}, breaks: [], holidays: ['2026-12-25'], zone: Europe/Berlin.",
    cause,
  });
}
