/** From a Jira REST issue to neutral facts. Pure; keeps only what the flow rules need: no person, summary or comment. */
import type { ItemPart, StatusCategory } from "@stageledger/core";
import {
  arrayAt,
  idAt,
  instantAt,
  isObject,
  type JsonObject,
  objectAt,
  optionalText,
  wrongShape,
} from "./json-shape.ts";
import { type ReadContext, readHistories } from "./read-histories.ts";

/**
 * Reads one issue as REST v2 or v3 gives it, and tells the catalogue what it says about statuses.
 *
 * @throws StageledgerError INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE; the message names the path
 */
export function readIssue(raw: unknown, context: ReadContext): ItemPart {
  const issue = objectAt(raw, "issue");
  const fields = objectAt(issue.fields, "issue.fields");
  const id = idAt(issue.id, "issue.id");
  const status = objectAt(fields.status, "issue.fields.status");
  const statusId = idAt(status.id, "issue.fields.status.id");
  context.catalogue.sawCurrent(statusId, optionalText(status.name) ?? statusId, categoryOf(status.statusCategory));

  const createdAt = instantAt(fields.created, "issue.fields.created");
  const changelog = issue.changelog;
  const issueType = fields.issuetype;
  const isSubtask = isObject(issueType) && issueType.subtask === true;
  const history = isObject(changelog) ? readChangelog(changelog, context) : undefined;
  return {
    id,
    createdAt,
    changes: history?.changes ?? [],
    blocks: history?.blocks ?? [],
    otherActivity: history?.otherActivity ?? [],
    hasHistory: history !== undefined,
    isTruncated: history?.isTruncated ?? false,
    snapshot: {
      updatedAt: optionalInstant(fields.updated, "issue.fields.updated") ?? createdAt,
      key: idAt(issue.key ?? issue.id, "issue.key"),
      project: projectOf(fields.project),
      currentStatus: statusId,
      resolution: resolutionOf(fields.resolution),
      isSubtask,
      parentId: isSubtask ? parentOf(fields.parent) : undefined,
    },
  };
}

/** Jira's id of the project that an issue is in; undefined where an export names it by its key alone. */
export function findProjectId(issue: unknown): string | undefined {
  const fields = isObject(issue) ? issue.fields : undefined;
  const project = isObject(fields) ? fields.project : undefined;
  if (!isObject(project)) return undefined;
  return typeof project.id === "number" ? String(project.id) : optionalText(project.id);
}

/** A status list as GET /rest/api/3/status gives it. @throws StageledgerError INPUT_WRONG_SHAPE */
export function readStatus(raw: unknown): {
  readonly id: string;
  readonly name: string;
  readonly category: StatusCategory | undefined;
} {
  const status = objectAt(raw, "status");
  const id = idAt(status.id, "status.id");
  const name = optionalText(status.name);
  if (name === undefined) throw wrongShape("status.name", "a name", status.name);
  return { id, name, category: categoryOf(status.statusCategory) };
}

function readChangelog(
  changelog: JsonObject,
  context: ReadContext,
): ReturnType<typeof readHistories> & { isTruncated: boolean } {
  const histories = arrayAt(changelog.histories ?? changelog.values, "issue.changelog.histories");
  const total = changelog.total;
  return { ...readHistories(histories, context), isTruncated: typeof total === "number" && total > histories.length };
}

function categoryOf(raw: unknown): StatusCategory | undefined {
  const key = isObject(raw) ? raw.key : raw;
  return key === "new" || key === "indeterminate" || key === "done" ? key : undefined;
}

function projectOf(raw: unknown): string {
  const project = objectAt(raw, "issue.fields.project");
  return idAt(project.key ?? project.id, "issue.fields.project.key");
}

function resolutionOf(raw: unknown): string | undefined {
  return isObject(raw) ? optionalText(raw.name) : optionalText(raw);
}

function parentOf(raw: unknown): string | undefined {
  return isObject(raw) && raw.id !== undefined ? idAt(raw.id, "issue.fields.parent.id") : undefined;
}

function optionalInstant(value: unknown, path: string): number | undefined {
  return value === undefined || value === null ? undefined : instantAt(value, path);
}
