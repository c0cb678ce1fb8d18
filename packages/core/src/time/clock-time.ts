import { Temporal } from "temporal-polyfill";
import { dayText, type EpochDay, type ReportZone } from "./report-zone.ts";

/**
 * The instants at which a zone's clock shows a time on a day, ascending: one, none where the clock was put forward over
 * it, two where it was put back. `minuteOfDay` counts what the clock shows, not what has elapsed: no clock shows anything
 * but 0 to 1439.
 */
export function instantsOf(zone: ReportZone, day: EpochDay, minuteOfDay: number): readonly number[] {
  if (!(Number.isInteger(minuteOfDay) && minuteOfDay >= 0 && minuteOfDay < 1440)) return [];
  const time = Temporal.PlainDateTime.from(dayText(day)).add({ minutes: minuteOfDay });
  const earlier = time.toZonedDateTime(zone.id, { disambiguation: "earlier" });
  if (!earlier.toPlainDateTime().equals(time)) return [];
  const later = time.toZonedDateTime(zone.id, { disambiguation: "later" });
  const [first, second] = [earlier.epochMilliseconds, later.epochMilliseconds];
  return first === second ? [first] : [first, second];
}
