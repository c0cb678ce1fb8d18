/** What of an issue the sync goes by, besides what becomes facts. */

import { parseInstant, StageledgerError } from "@stageledger/core";
import type { SeenItem, TenantSecrets } from "@stageledger/db";
import { z } from "zod";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { StrippedIssue } from "./gateway.ts";

const named = z.object({ id: z.string() });
const kept = z.object({
  key: z.string(),
  fields: z.looseObject({
    updated: z.string(),
    status: named,
    project: named,
    resolution: named.nullish(),
    issuetype: z.object({ id: z.string(), subtask: z.boolean().optional() }).nullish(),
    parent: named.nullish(),
  }),
});

export interface KeptIssue {
  readonly id: string;
  readonly projectId: string;
  /** The ledger's id. */
  readonly statusId: string;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
  /** The same for an issue that looks as it did. Made with the tenant's key. */
  readonly checksum: string;
}

/** @throws StageledgerError JIRA_WRONG_SHAPE */
export function keptIssue(
  issue: StrippedIssue,
  flagFields: readonly string[],
  secrets: Pick<TenantSecrets, "checksum">,
): KeptIssue {
  const parsed = kept.safeParse(issue);
  const updatedAt = parsed.success ? parseInstant(parsed.data.fields.updated) : undefined;
  if (!parsed.success || updatedAt === undefined) {
    throw new StageledgerError("JIRA_WRONG_SHAPE", "Jira shows an issue in an unknown shape.", {
      next: "Please report it.",
    });
  }
  const { key, fields } = parsed.data;
  const { status, project, resolution, issuetype, parent } = fields;
  const flags = flagFields.map((field) => JSON.stringify(fields[field] ?? null));
  return {
    id: issue.id,
    projectId: project.id,
    statusId: JIRA + status.id,
    updatedAt,
    checksum: secrets.checksum([
      key,
      fields.updated,
      status.id,
      project.id,
      resolution?.id,
      issuetype?.id,
      parent?.id,
      ...flags,
    ]),
  };
}

/**
 * Whether an issue of a list looks as it did when it was recorded. One in an unknown shape does not, and keeps no other from being
 * compared: looked at by itself, it is parked by itself.
 */
export function looksAs(
  seen: SeenItem | undefined,
  issue: StrippedIssue,
  {
    flagFields,
    secrets,
  }: { readonly flagFields: readonly string[]; readonly secrets: Pick<TenantSecrets, "checksum"> },
): boolean {
  if (seen === undefined || seen.goneAt !== undefined) return false;
  try {
    return seen.checksum === keptIssue(issue, flagFields, secrets).checksum;
  } catch (error) {
    if (error instanceof StageledgerError) return false;
    throw error;
  }
}
