/** People work Monday to Friday, 09:00–17:00 UTC. The simulation counts working hours; the log shows calendar instants. */

const HOURS_A_DAY = 8;
export const HOURS_A_WEEK = 40;

const OPENING_HOUR = 9;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** Epoch milliseconds of a working hour. `mondayAt` = midnight UTC of the Monday on which working hour 0 falls; hours may be negative. */
export function instantOf(mondayAt: number, workingHours: number): number {
  const week = Math.floor(workingHours / HOURS_A_WEEK);
  const inWeek = workingHours - week * HOURS_A_WEEK;
  const day = Math.floor(inWeek / HOURS_A_DAY);
  const inDay = inWeek - day * HOURS_A_DAY;
  return mondayAt + week * WEEK_MS + day * DAY_MS + Math.round((OPENING_HOUR + inDay) * HOUR_MS);
}

/** Midnight at the end of the given number of weeks: the as-of instant of a run. */
export function endOfWeeks(mondayAt: number, weeks: number): number {
  return mondayAt + weeks * WEEK_MS;
}

/** Opening of the working day after the one that holds `at`. */
export function nextMorning(at: number): number {
  const midnight = at - (((at % DAY_MS) + DAY_MS) % DAY_MS);
  const weekday = new Date(midnight).getUTCDay();
  const daysAhead = weekday === 5 ? 3 : weekday === 6 ? 2 : 1;
  return midnight + daysAhead * DAY_MS + OPENING_HOUR * HOUR_MS;
}

/** Friday 16:00 of the week that holds `at`; for instants after it, the Friday after. */
export function nextFridayAfternoon(at: number): number {
  const midnight = at - (((at % DAY_MS) + DAY_MS) % DAY_MS);
  const daysToFriday = (5 - new Date(midnight).getUTCDay() + 7) % 7;
  const friday = midnight + daysToFriday * DAY_MS + 16 * HOUR_MS;
  return friday >= at ? friday : friday + WEEK_MS;
}
