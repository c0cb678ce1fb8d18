/** Builders for what Jira shows of an issue, as our gateway hands it on. Statuses and projects are plain words. */
import type { StrippedHistory, StrippedIssue } from "../../../apps/ledger/src/jira-sync/jira/gateway.ts";
import type { SiteView } from "../../../apps/ledger/src/jira-sync/jira/issue-facts.ts";
import { utc } from "../moments.ts";

interface IssueSketch {
  readonly id?: string;
  readonly status?: string;
  readonly project?: string;
  /** Epoch milliseconds. */
  readonly created?: number;
  readonly updated?: number;
  /** Other fields, such as parent, resolution or the flag's. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

export function anIssue({
  id = "1",
  status = "A",
  project = "P",
  created = utc("2026-09-07"),
  updated = created,
  fields = {},
}: IssueSketch = {}): StrippedIssue {
  return {
    id,
    key: `${project}-${id}`,
    fields: {
      created: new Date(created).toISOString(),
      updated: new Date(updated).toISOString(),
      status: { id: status, name: status },
      project: { id: project, key: project, name: project },
      issuetype: { id: "10001", name: "Story", subtask: false },
      ...fields,
    },
  };
}

/** @param at epoch milliseconds, as changelog/bulkfetch has it */
export function aHistory(id: number, at: number, ...items: readonly object[]): StrippedHistory {
  return { id: String(id), created: at, items };
}

export function toStatus(from: string, to: string): object {
  return { field: "status", fieldId: "status", from, fromString: from, to, toString: to };
}

export function toProject(from: string, to: string): object {
  return { field: "project", fieldId: "project", from, fromString: from, to, toString: to };
}

/** Each is a project of the ledger by the same name. */
export function aView(projects: readonly string[], flagFields: readonly string[] = []): SiteView {
  return {
    projects: new Map(projects.map((id) => [id, { id, project: id }])),
    flagFields,
    secrets: { checksum: (parts: readonly unknown[]) => JSON.stringify(parts) },
  };
}
