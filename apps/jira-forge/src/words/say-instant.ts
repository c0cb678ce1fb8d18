import { shortDay } from "@stageledger/core/contract/figure-text";
import { dateIn } from "../state/local-day.ts";
import { isZone } from "../state/read-place.ts";
import type { Words } from "./english.ts";

/**
 * "25 Oct 2026, 23:59" in that zone; in UTC where this machine does not know it.
 *
 * @param instant as ISO 8601 writes it
 */
export function sayInstant(
  instant: string,
  zone: string,
  { language }: Words,
): { readonly when: string; readonly zone: string } {
  const known = isZone(zone) ? zone : "UTC";
  const at = Date.parse(instant);
  const day = dateIn(known, at);
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: known });
  return { when: `${shortDay(day)} ${day.slice(0, 4)}, ${time.format(at)}`, zone: known };
}
