/** A day of the author's as the instant that Jira wants a worklog to begin at. Pure. */

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MINUTES = 60;
const NO_OFFSET = "+00:00";

/**
 * Noon of that day, `2026-09-08T12:00:00.000+0200`. The ledger knows no time of day, so the copy tells none; and at noon it is the
 * same date for nearly everybody who reads it elsewhere.
 *
 * @param zone of the author; undefined = as the machine has it
 */
export function noonIn(date: string, zone: string | undefined): string {
  const noon = Date.parse(`${date}T12:00Z`);
  // At the offset of noon in UTC it is noon there, give or take some hours: from there the offset is the right one.
  const nearby = noon - offsetMinutes(offsetAt(noon, zone)) * MINUTE_MILLISECONDS;
  return `${date}T12:00:00.000${offsetAt(nearby, zone).replace(":", "")}`;
}

/** `+02:00` */
function offsetAt(at: number, zone: string | undefined): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return /[+-]\d{2}:\d{2}/u.exec(name)?.[0] ?? NO_OFFSET;
}

function offsetMinutes(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (hours * HOUR_MINUTES + minutes);
}
