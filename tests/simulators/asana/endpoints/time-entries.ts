import { Refusal } from "../answer.ts";
import type { Entry } from "../records.ts";
import type { Resource } from "../resources.ts";
import type { Route, Site } from "../site.ts";

/** Native time entries. */
export function timeEntryRoutes(site: Site): readonly Route[] {
  const { world, resources } = site;
  const seen = (holds: (entry: Entry) => boolean) =>
    [...world.entries.values()].filter((entry) => {
      const task = world.tasks.get(entry.task);
      return task !== undefined && site.isSeen(task) && holds(entry);
    });
  const inList = (entry: Entry): Resource => {
    const whole = resources.entry(entry);
    if (!site.dials.entryListsAreCompact) return whole;
    const {
      task: _task,
      created_at: _at,
      description: _text,
      billable_status: _b,
      approval_status: _a,
      ...rest
    } = whole;
    return rest;
  };
  return [
    {
      method: "GET",
      path: "/tasks/*/time_tracking_entries",
      answer: (call) => {
        site.payFor(call, true);
        const { gid } = site.getTask(call.gids[0]);
        return site.list(call, world.entriesOf(gid), inList, true);
      },
    },
    {
      method: "GET",
      path: "/time_tracking_entries",
      answer: (call) => {
        site.payFor(call, true);
        const { gid } = site.getProject(call.query.get("attributable_to"));
        const from = call.query.get("entered_on_start_date") ?? "";
        const to = call.query.get("entered_on_end_date") ?? "9999";
        const asked = seen(({ project, enteredOn }) => project === gid && from <= enteredOn && enteredOn <= to);
        return site.list(call, asked, inList, true);
      },
    },
    {
      method: "GET",
      path: "/time_tracking_entries/*",
      answer: (call) => {
        site.payFor(call, true);
        const [found] = seen(({ gid }) => gid === call.gids[0]);
        if (found === undefined) throw new Refusal(404, `time_tracking_entry: Unknown object: ${call.gids[0]}`);
        return site.one(call, resources.entry(found));
      },
    },
  ];
}
