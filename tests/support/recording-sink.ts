import type { SiteSink } from "../../apps/ledger/src/jira/site/read-site.ts";

/** Writes down everything that the site reader hands over, in order. */
export class RecordingSink implements SiteSink {
  readonly calls: [keyof SiteSink, ...unknown[]][] = [];

  statuses(raw: unknown[]): void {
    this.calls.push(["statuses", raw]);
  }

  flaggedFields(fieldIds: readonly string[]): void {
    this.calls.push(["flaggedFields", fieldIds]);
  }

  issue(raw: unknown): void {
    this.calls.push(["issue", raw]);
  }

  histories(issueId: string, rawHistories: unknown[]): void {
    this.calls.push(["histories", issueId, rawHistories]);
  }

  progress(done: number, total: number | undefined): void {
    this.calls.push(["progress", done, total]);
  }

  waiting(milliseconds: number): void {
    this.calls.push(["waiting", milliseconds]);
  }

  /** The arguments of each call of one kind. */
  of(kind: keyof SiteSink): unknown[][] {
    return this.calls.filter(([name]) => name === kind).map(([, ...rest]) => rest);
  }
}
