import { z } from "zod";
import { type Answer, badRequest, created, noContent, ok, Refusal } from "../answer.ts";
import type { Issue, Worklog } from "../records.ts";
import { INVALID_BODY, RequestBody } from "../request-body.ts";
import { type Call, getIssue, type Route, type SiteParts } from "../route.ts";
import type { WorklogChange } from "../world.ts";

const QUERY = ["adjustEstimate", "notifyUsers"];
const MEMBERS = ["comment", "properties", "started", "timeSpentSeconds"];
/** Jira reads an instant only with milliseconds, and with an offset without a colon. */
const STARTED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{4}$/u;
const property = z.strictObject({ key: z.string().max(255), value: z.unknown() });

/** POST issue/{id}/worklog, PUT and DELETE issue/{id}/worklog/{id}: by a person, their own only. */
export function ownWorklogRoutes(site: SiteParts): Route[] {
  const { world, resources } = site;
  return [
    {
      method: "POST",
      path: "/rest/api/3/issue/*/worklog",
      query: QUERY,
      answer: (call) => {
        const { issue, account } = getWorkplace(site, call);
        const { seconds, startedAt, properties = new Map() } = changeIn(call);
        if (seconds === undefined || startedAt === undefined) return badRequest("Worklog must not be null.");
        const id = world.addWorklog({ issue: issue.id, seconds, startedAt, properties, comment: "", by: account });
        return created(resources.worklog(getOwn(site, issue, id, account), false));
      },
    },
    {
      method: "PUT",
      path: "/rest/api/3/issue/*/worklog/*",
      query: QUERY,
      answer: (call) => {
        const { issue, account } = getWorkplace(site, call);
        const { id, properties } = getOwn(site, issue, call.ids[1], account);
        const { properties: put, ...change } = changeIn(call);
        // Properties that are not named stay.
        world.editWorklog(id, put === undefined ? change : { ...change, properties: new Map([...properties, ...put]) });
        return ok(resources.worklog(getOwn(site, issue, id, account), false));
      },
    },
    {
      method: "DELETE",
      path: "/rest/api/3/issue/*/worklog/*",
      query: QUERY,
      answer: (call) => {
        const { issue, account } = getWorkplace(site, call);
        world.deleteWorklog(getOwn(site, issue, call.ids[1], account).id);
        return noContent();
      },
    },
  ];
}

/** @throws Refusal 400 for who may not log work there, which is what Jira's document says; 404 for who may not see the issue */
function getWorkplace(site: SiteParts, call: Call): { readonly issue: Issue; readonly account: string } {
  const issue = getIssue(site, call, call.ids[0]);
  const { caller } = call;
  if (caller.kind !== "user" || !site.rights.mayLogWork(caller, issue.state.project)) {
    throw refusal(400, "You do not have the permission to associate a worklog to this issue.");
  }
  if (site.dials.closedIssues.has(issue.id)) {
    throw refusal(400, "You can not edit the issue as it is in a non-editable workflow state.");
  }
  return { issue, account: caller.account };
}

function getOwn({ world }: SiteParts, issue: Issue, id: string | undefined, account: string): Worklog {
  const worklog = world.worklogs.get(id ?? "");
  if (worklog?.issue !== issue.id) throw refusal(404, `Cannot find worklog with id: '${id}'.`);
  if (worklog.by !== account) throw refusal(400, "You do not have permission to edit the worklog.");
  return worklog;
}

/** @throws Refusal 400 */
function changeIn({ body }: Call): WorklogChange {
  const read = RequestBody.read(body, MEMBERS);
  if (read === undefined) throw new Refusal(badRequest(INVALID_BODY));
  const seconds = read.number("timeSpentSeconds");
  const started = read.text("started");
  const properties = z.array(property).safeParse(read.list("properties") ?? []).data;
  const isWrong = properties === undefined || (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 60));
  if (isWrong || (started !== undefined && !STARTED.test(started))) throw new Refusal(badRequest(INVALID_BODY));
  return {
    ...(seconds === undefined ? {} : { seconds }),
    ...(started === undefined ? {} : { startedAt: Date.parse(started.replace(/(\d{2})$/u, ":$1")) }),
    ...(read.list("properties") === undefined
      ? {}
      : { properties: new Map(properties.map(({ key, value }) => [key, value])) }),
  };
}

function refusal(status: number, message: string): Refusal {
  const answer: Answer = { status, json: { errorMessages: [message], errors: {} } };
  return new Refusal(answer);
}
