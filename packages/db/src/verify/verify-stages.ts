/** Asks for the stages of every entry in an open week anew (E19). Those of closed weeks are frozen as they were. */
import { postEntry } from "@stageledger/core";
import type { Transaction } from "kysely";
import { toEntry } from "../record/entry-rows.ts";
import { entriesOfOpenWeeks, loadPostings } from "../record/load-entries.ts";
import { attribution } from "../record/post-changes.ts";
import { loadPostingRules } from "../record/posting-rules.ts";
import type { Schema } from "../schema.ts";
import type { Difference } from "./difference.ts";

export async function verifyStages(trx: Transaction<Schema>, tenantId: string): Promise<readonly Difference[]> {
  const rules = await loadPostingRules(trx, tenantId);
  const differences: Difference[] = [];
  for await (const page of entriesOfOpenWeeks(trx, tenantId)) {
    const postingsByEntry = await loadPostings(
      trx,
      tenantId,
      page.map(({ entry_id }) => entry_id),
    );
    const attribute = await attribution(trx, tenantId, page, rules);
    for (const row of page) {
      const entry = toEntry(row);
      const present = postingsByEntry.get(row.entry_id) ?? [];
      const missing = postEntry(
        { entryId: row.entry_id, contributor: row.contributor_id, posted: entry, current: entry, present, attribute },
        rules.isClosed,
      );
      if (missing.length === 0 || entry === undefined) continue;
      const expected = attribute(entry)
        .map(({ stage, minutes }) => `${stage} ${minutes} min`)
        .join(", ");
      const found = present.map(({ stage, minutes }) => `${stage} ${minutes} min`).join(", ");
      differences.push({ kind: "stage", what: row.entry_id, expected, found });
    }
  }
  return differences;
}
