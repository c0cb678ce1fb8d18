import type { Canaries } from "../canaries.ts";

/** Members of an event that an app may tell on: which thing it is about, what happened to it, and when. */
const KEPT = ["eventType", "webhookEvent", "timestamp", "issue.id", "worklog.id", "worklog.issueId"];

/**
 * An event with a canary in every text and number of it, but for those that may be told. Of each list one member is enough.
 *
 * @param at where in the event it stands; nothing at the top
 */
export function fullOfCanaries(event: unknown, canaries: Canaries, at = ""): unknown {
  if (KEPT.includes(at)) return event;
  if (typeof event === "string" || typeof event === "number") return canaries.plant(at);
  if (Array.isArray(event)) return event.map((one) => fullOfCanaries(one, canaries, at));
  if (typeof event !== "object" || event === null) return event;
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      fullOfCanaries(value, canaries, at === "" ? name : `${at}.${name}`),
    ]),
  );
}
