/** Builders for Jira exports small enough to compute by hand. */

interface ExportedStatus {
  readonly id: string;
  readonly name: string;
  readonly statusCategory: { readonly key: "new" | "indeterminate" | "done" };
}

const STATUSES = {
  "To Do": { id: "10000", name: "To Do", statusCategory: { key: "new" } },
  "In Progress": { id: "3", name: "In Progress", statusCategory: { key: "indeterminate" } },
  "In Review": { id: "10002", name: "In Review", statusCategory: { key: "indeterminate" } },
  Done: { id: "10001", name: "Done", statusCategory: { key: "done" } },
} as const satisfies Record<string, ExportedStatus>;

/** What GET /rest/api/3/status would answer. */
export const EXPORTED_STATUSES = JSON.stringify(Object.values(STATUSES));

export interface IssueSketch {
  readonly key: string;
  /** "2026-09-07T09:00": to the minute, UTC. */
  readonly created: string;
  /** Moves in order, from To Do on, written "2026-09-08T09:00 In Progress". */
  readonly moves?: readonly string[];
  readonly resolution?: string;
  readonly project?: string;
}

interface ExportedIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly changelog: { readonly histories: readonly object[] };
}

/** One issue as GET /rest/api/3/search/jql gives it with expand=changelog, histories newest first; nobody is in it. */
export function anExportedIssue({ key, created, moves = [], resolution, project }: IssueSketch): ExportedIssue {
  const number = Number(key.slice(key.indexOf("-") + 1));
  const id = String(10_000 + number);
  let from: ExportedStatus = STATUSES["To Do"];
  let updated = created;
  const histories = moves.map((move, nth) => {
    const [, at = "", name = ""] = /^(\S+) (.+)$/.exec(move) ?? [];
    const to = statusNamed(name);
    const item = {
      field: "status",
      fieldId: "status",
      from: from.id,
      fromString: from.name,
      to: to.id,
      toString: to.name,
    };
    from = to;
    updated = at;
    return { id: `${id}${String(nth).padStart(2, "0")}`, created: stamp(at), items: [item] };
  });
  return {
    id,
    key,
    fields: {
      created: stamp(created),
      updated: stamp(updated),
      status: from,
      project: { id: "20000", key: project ?? key.slice(0, key.indexOf("-")) },
      issuetype: { id: "1", name: "Story", subtask: false },
      resolution: resolution === undefined ? null : { id: "1", name: resolution },
    },
    changelog: { histories: histories.reverse() },
  };
}

export function jsonLines(issues: readonly object[]): string {
  return issues.map((issue) => `${JSON.stringify(issue)}\n`).join("");
}

function statusNamed(name: string): ExportedStatus {
  const found = Object.values(STATUSES).find((status) => status.name === name);
  if (found === undefined) throw new RangeError(`no status named ${name}`);
  return found;
}

function stamp(minute: string): string {
  return `${minute}:00.000+0000`;
}
