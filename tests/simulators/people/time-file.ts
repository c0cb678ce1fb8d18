/** A tracker's export: a plain time file of what people logged. */
import type { LoggedTime } from "./log-time.ts";

export function timeFile(logged: readonly LoggedTime[]): string {
  const rows = logged.map(
    ({ worker, item, dayAt, minutes, activity }) =>
      `${item.key},${new Date(dayAt).toISOString().slice(0, 10)},${minutes}m,${mailOf(worker.number)},${activity}\n`,
  );
  return `Item,Date,Duration,Person,Activity\n${rows.join("")}`;
}

function mailOf(number: number): string {
  return `fake.person.${number}@example.invalid`;
}
