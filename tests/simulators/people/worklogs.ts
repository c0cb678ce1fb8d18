/** What people logged, as worklogs on Jira issues. */
import { fakePerson, type JiraIssue, type JiraWorklog, jiraStamp } from "../jira-log/jira-shapes.ts";
import type { LoggedTime } from "./log-time.ts";

const HOUR_MS = 3_600_000;
const FIRST_ID = 700_000;

/** The issues with the worklogs of their items. */
export function withWorklogs(issues: readonly JiraIssue[], logged: readonly LoggedTime[]): readonly JiraIssue[] {
  const worklogsByItem = new Map<string, JiraWorklog[]>();
  logged.forEach(({ worker, item, dayAt, minutes }, place) => {
    const worklogs = worklogsByItem.get(item.id) ?? [];
    const started = jiraStamp(dayAt + 9 * HOUR_MS);
    worklogs.push({
      id: String(FIRST_ID + place),
      author: fakePerson(worker.number),
      started,
      updated: started,
      timeSpentSeconds: minutes * 60,
    });
    worklogsByItem.set(item.id, worklogs);
  });
  return issues.map((issue) => {
    const worklogs = worklogsByItem.get(issue.id) ?? [];
    return { ...issue, fields: { ...issue.fields, worklog: { total: worklogs.length, worklogs } } };
  });
}
