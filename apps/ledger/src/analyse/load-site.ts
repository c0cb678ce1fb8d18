/** Reads a live Jira site into a log, by the same transformer as an export. */
import { StageledgerError } from "@stageledger/core";
import { isObject } from "../jira/json-shape.ts";
import { readIssue, readStatus } from "../jira/read-issue.ts";
import { readSite, type SiteReadOptions } from "../jira/site/read-site.ts";
import { parseSiteUrl } from "../jira/site/site-url.ts";
import type { LoadedLog } from "./loaded-log.ts";
import type { Progress } from "./progress.ts";

/** @throws StageledgerError SITE_…, INPUT_EMPTY, INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE */
export async function loadSite(options: SiteReadOptions, loaded: LoadedLog, progress: Progress): Promise<void> {
  const { log, catalogue, tally } = loaded;
  const flagFields = new Set<string>();
  const waitingById = new Map<string, { readonly [member: string]: unknown }>();
  let done = 0;
  const reading = progress.begin(`reading ${parseSiteUrl(options.site).host}`, undefined, "issues", () => done);
  try {
    await readSite(options, {
      statuses: (raw) => catalogue.list(raw.map(readStatus)),
      flaggedFields: (ids) => {
        for (const id of ids) flagFields.add(id);
      },
      issue: (raw) => {
        if (isObject(raw)) waitingById.set(String(raw.id), raw);
      },
      histories: (issueId, histories) => {
        const issue = waitingById.get(issueId);
        waitingById.delete(issueId);
        if (issue === undefined) return;
        try {
          const part = readIssue({ ...issue, changelog: { histories } }, { catalogue, flagFields });
          tally.sawIssue(part, log.add(part));
        } catch (error) {
          if (!(error instanceof StageledgerError)) throw error;
          tally.skippedIssue(String(issue.key ?? issueId), error);
        }
      },
      progress: (complete, total) => {
        done = complete;
        reading.expect(total);
      },
      waiting: (milliseconds) => progress.note(`waiting ${Math.ceil(milliseconds / 1000)} s for the site`),
    });
  } finally {
    reading.end();
  }
  if (tally.issues === 0) {
    throw new StageledgerError("INPUT_EMPTY", "The query finds no issues that this account may see.", {
      next: "Try the query in Jira's issue search, or name another one with --jql.",
    });
  }
}
