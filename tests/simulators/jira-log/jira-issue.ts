/** Writes one item's facts as the Jira REST issue that would have produced them. */
import type { BlockChange, ItemFacts, StageChange } from "@stageledger/core";
import {
  issueAddress,
  type JiraHistory,
  type JiraHistoryItem,
  type JiraIssue,
  type JiraPerson,
  type JiraProject,
  type JiraStatus,
  jiraStamp,
} from "./jira-shapes.ts";

export interface IssueContext {
  readonly project: JiraProject;
  /** All statuses that the item's history names, by id. */
  readonly statuses: ReadonlyMap<string, JiraStatus>;
  readonly summary: string;
  readonly reporter: JiraPerson;
  readonly assignee: JiraPerson;
  readonly comment?: string;
}

const DONE_RESOLUTION = "Done";
const IMPEDIMENT = { id: "10019", value: "Impediment" } as const;

/** @throws RangeError when the history names a status that `context.statuses` lacks. */
export function jiraIssue(item: ItemFacts, context: IssueContext): JiraIssue {
  const status = statusIn(context, item.currentStatus ?? "");
  const histories = historiesOf(item, context);
  const flagged = [...item.blocks].sort((a, b) => a.at - b.at).at(-1)?.begins === true;
  const isDone = status.statusCategory.key === "done";
  const lastMoveAt = item.changes.at(-1)?.at ?? item.createdAt;
  const newest = histories[0];
  return {
    id: item.id,
    key: item.key,
    self: issueAddress(item.id),
    changelog: { startAt: 0, maxResults: histories.length, total: histories.length, histories },
    fields: {
      summary: context.summary,
      issuetype: { id: "10001", name: "Story", subtask: false },
      project: context.project,
      status,
      created: jiraStamp(item.createdAt),
      updated: newest?.created ?? jiraStamp(item.createdAt),
      resolutiondate: isDone ? jiraStamp(lastMoveAt) : null,
      resolution: isDone
        ? { id: item.resolution === undefined ? "10000" : "10001", name: item.resolution ?? DONE_RESOLUTION }
        : null,
      priority: { id: "3", name: "Medium" },
      labels: [],
      assignee: context.assignee,
      reporter: context.reporter,
      creator: context.reporter,
      customfield_10021: flagged ? [IMPEDIMENT] : null,
      ...(context.comment === undefined
        ? {}
        : { comment: { comments: [{ author: context.reporter, body: context.comment }] } }),
      issuelinks: [],
      subtasks: [],
    },
  };
}

function historiesOf(item: ItemFacts, context: IssueContext): JiraHistory[] {
  const written: { readonly at: number; readonly items: readonly JiraHistoryItem[] }[] = [
    { at: item.createdAt + 60_000, items: [assignment(context.assignee)] },
    ...item.changes.map((change) => ({ at: change.at, items: moveItems(change, item, context) })),
    ...item.blocks.map((block) => ({ at: block.at, items: [flagItem(block)] })),
  ];
  return written
    .map((history, order) => ({ ...history, order }))
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(({ at, items }, n) => ({
      id: `${item.id}${String(n + 1).padStart(3, "0")}`,
      author: context.assignee,
      created: jiraStamp(at),
      items,
    }))
    .reverse();
}

function moveItems(change: StageChange, item: ItemFacts, context: IssueContext): JiraHistoryItem[] {
  const from = change.from === undefined ? undefined : statusIn(context, change.from);
  const to = statusIn(context, change.to);
  const move: JiraHistoryItem = {
    field: "status",
    fieldtype: "jira",
    fieldId: "status",
    from: from?.id ?? null,
    fromString: from?.name ?? null,
    to: to.id,
    toString: to.name,
  };
  const wasDone = from?.statusCategory.key === "done";
  const isDone = to.statusCategory.key === "done";
  if (wasDone === isDone) return [move];
  const resolution = item.resolution ?? DONE_RESOLUTION;
  const id = item.resolution === undefined ? "10000" : "10001";
  const resolved: JiraHistoryItem = {
    field: "resolution",
    fieldtype: "jira",
    fieldId: "resolution",
    from: isDone ? null : id,
    fromString: isDone ? null : resolution,
    to: isDone ? id : null,
    toString: isDone ? resolution : null,
  };
  return [resolved, move];
}

function flagItem(block: BlockChange): JiraHistoryItem {
  const set = { id: `[${IMPEDIMENT.id}]`, text: IMPEDIMENT.value };
  return {
    field: "Flagged",
    fieldtype: "custom",
    fieldId: "customfield_10021",
    from: block.begins ? null : set.id,
    fromString: block.begins ? null : set.text,
    to: block.begins ? set.id : null,
    toString: block.begins ? set.text : null,
  };
}

function assignment(assignee: JiraPerson): JiraHistoryItem {
  return {
    field: "assignee",
    fieldtype: "jira",
    fieldId: "assignee",
    from: null,
    fromString: null,
    to: assignee.accountId,
    toString: assignee.displayName,
  };
}

function statusIn(context: IssueContext, id: string): JiraStatus {
  const status = context.statuses.get(id);
  if (status === undefined) throw new RangeError(`no Jira status ${id}`);
  return status;
}
