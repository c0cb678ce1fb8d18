/**
 * What the app in Jira tells the ledger in its own name: its token names an installation and no person. These calls come at
 * least once, and are as good the second time; so they need no key. A token is used up by what forgets something: that somebody's
 * account was deleted, and that the app came or goes.
 */
import { z } from "zod";
import { type JiraEvent, jiraEvent, shouldBeUnderstood, strippedEvent } from "./jira-events.ts";
import { instant } from "./values.ts";

export const MOST_EVENTS = 50;
export const MOST_EVENTS_BYTES = 200_000;

/** One that cannot be read keeps no other from ringing. */
const list = z.strictObject({ events: z.array(z.union([jiraEvent, z.looseObject({})])).max(MOST_EVENTS) });
const unstripped = z.union([z.looseObject({ eventType: z.string() }), z.looseObject({ webhookEvent: z.string() })]);

/** Stripped events, or one as Forge has it: at the top, or under `payload`, since it is not known which way it comes. */
export const eventsRequest = z.union([list, unstripped, z.looseObject({ payload: z.union([list, unstripped]) })]);

/** How many say that an issue, a worklog or a person's account changed. The others are of no use here, and sent in vain. */
export const eventsAnswer = z.strictObject({ taken: z.int().min(0), dropped: z.int().min(0) });

const wrapped = z.looseObject({ payload: z.unknown() });

export interface ToldEvents {
  /** In order, stripped. */
  readonly events: readonly JiraEvent[];
  /** How many others there are. */
  readonly dropped: number;
  /** Where those of them are that should have been understood: names of ours, and places in the list. */
  readonly unreadable: readonly string[];
}

/** Each event stripped; of those that tell no change for us, how many they are. Pure. */
export function eventsIn(sent: unknown, at = "body"): ToldEvents {
  const listed = list.safeParse(sent).data?.events;
  if (listed !== undefined) return toldOf(listed.map((event, i) => [`${at}.events.${i}`, event]));
  const inside = strippedEvent(sent) === undefined ? wrapped.safeParse(sent).data?.payload : undefined;
  return inside === undefined ? toldOf([[at, sent]]) : eventsIn(inside, `${at}.payload`);
}

function toldOf(sent: readonly (readonly [at: string, event: unknown])[]): ToldEvents {
  const read = sent.map(([at, event]) => ({
    at,
    sent: event,
    event: jiraEvent.safeParse(event).data ?? strippedEvent(event),
  }));
  const events = read.flatMap(({ event }) => event ?? []);
  const faulty = read.filter(({ event, sent: raw }) => event === undefined && shouldBeUnderstood(raw));
  return { events, dropped: read.length - events.length, unreadable: faulty.map(({ at }) => at) };
}

/** Until when Jira can be asked with the token that came in the header x-forge-oauth-system. */
export const siteTokenAnswer = z.strictObject({ expiresAt: instant });

export const installationRequest = z.strictObject({
  /** Uninstalled: all that was kept to ask this site is forgotten, and so are the people whom only Jira names. */
  action: z.enum(["installed", "uninstalled"]),
});

/** Whether somebody who runs the ledger has said that the site belongs to it. */
export const installationAnswer = z.strictObject({ isConnected: z.boolean() });
