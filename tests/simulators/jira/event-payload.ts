/** What Forge hands to an app's trigger: the event with all that Jira says of it, people and texts too. */
import type { WorldEvent } from "./records.ts";
import type { Json, Resources } from "./resources.ts";

/** Larger events are never delivered. */
export const MOST_EVENT_BYTES = 200_000;

/** @param padding characters of a long text in it */
export function eventPayload(event: WorldEvent, resources: Resources, padding = 0): Json {
  const eventType = `avi:jira:${event.action}:${event.what}`;
  const long = padding === 0 ? {} : { description: "Heel lang verhaal. ".repeat(Math.ceil(padding / 19)) };
  switch (event.what) {
    case "issue": {
      const { issue, state, items, by, action } = event;
      // Worklogs and comments are no part of an issue's event.
      const { worklog: _worklog, comment: _comment, ...fields } = resources.issueFields(issue, state);
      return {
        eventType,
        atlassianId: by,
        associatedUsers: [...new Set([by, issue.creator, state.assignee])].flatMap((account) =>
          account === undefined ? [] : [{ accountId: account }],
        ),
        issue: { id: issue.id, key: state.key, fields: { ...fields, ...long } },
        ...(action === "updated" ? { changelog: { items } } : {}),
      };
    }
    case "worklog":
      return {
        eventType,
        atlassianId: event.by,
        worklog: { ...resources.worklog(event.worklog, false), ...long },
      };
    case "user":
      return { eventType, accountId: event.account, atlassianId: event.account };
  }
}

/** Of JSON in UTF-8. */
export function bytesOf(payload: Json): number {
  return Buffer.byteLength(JSON.stringify(payload));
}
