/**
 * Instants as vendors write them, to epoch milliseconds. Hand-written because it runs once a stage
 * change: a fixed layout, no allocation, and an impossible date is refused instead of rolled over.
 */

/** Days and zones are reckoned some years ahead: beyond this the calendar's own end is near. */
const LATEST_YEAR = 9000;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Parses `2023-12-04T13:55:00.123-0500`, `…+05:00`, `…Z`, with a space for the `T`, with or without
 * seconds and fraction (digits beyond the third are cut), and a bare date (midnight UTC). A date
 * and time without an offset is read as UTC. Returns undefined when the text is no possible instant.
 */
export function parseInstant(text: string): number | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (year < 100 || year > LATEST_YEAR || month < 1 || month > 12 || day < 1 || text[4] !== "-" || text[7] !== "-")
    return undefined;
  if (day > daysInMonth(year, month)) return undefined;
  const date = Date.UTC(year, month - 1, day);
  if (text.length === 10) return date;

  const separator = text[10];
  if (separator !== "T" && separator !== " " && separator !== "t") return undefined;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[13] !== ":") return undefined;

  let at = 16;
  let second = 0;
  if (text[at] === ":") {
    second = digits(text, 17, 2);
    if (second < 0 || second > 59) return undefined;
    at = 19;
  }
  let millisecond = 0;
  if (text[at] === "." || text[at] === ",") {
    at += 1;
    let scale = 100;
    const first = at;
    for (let digit = digits(text, at, 1); digit >= 0; digit = digits(text, at, 1)) {
      millisecond += digit * scale;
      scale = scale === 100 ? 10 : scale === 10 ? 1 : 0;
      at += 1;
    }
    if (at === first) return undefined;
  }
  const offset = parseOffset(text, at);
  if (offset === undefined) return undefined;
  return date + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond - offset * 60_000;
}

/** Offset in minutes from `text[at]` on: nothing, `Z`, `+hh`, `+hhmm` or `+hh:mm`; undefined when malformed. */
function parseOffset(text: string, at: number): number | undefined {
  const sign = text[at];
  if (sign === undefined) return 0;
  if (sign === "Z" || sign === "z") return text.length === at + 1 ? 0 : undefined;
  if (sign !== "+" && sign !== "-") return undefined;
  const hours = digits(text, at + 1, 2);
  const hasColon = text[at + 3] === ":";
  const minutesAt = hasColon ? at + 4 : at + 3;
  const hasMinutes = text.length > at + 3;
  const minutes = hasMinutes ? digits(text, minutesAt, 2) : 0;
  const end = hasMinutes ? minutesAt + 2 : at + 3;
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || text.length !== end) return undefined;
  const total = hours * 60 + minutes;
  return sign === "-" ? -total : total;
}

/** The non-negative integer in `length` digits from `from`; −1 when one of them is no digit. */
function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i += 1) {
    const code = text.charCodeAt(i) - 48;
    if (!(code >= 0 && code <= 9)) return -1;
    value = value * 10 + code;
  }
  return value;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)) return 29;
  return MONTH_DAYS[month - 1] ?? 0;
}
