/** The protected cells of some weeks, as the disclosure rules take them: contributors sealed. */
import { Contributors, dayText, type EpochDay, type ProtectedCell, parseEntryDate } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

type CellRow = Omit<Schema["ledger.cell"], "tenant_id"> & {
  readonly source: string;
  readonly human_id: string | null;
};

export async function readCells(
  trx: Transaction<Schema>,
  tenantId: string,
  weeks: readonly EpochDay[],
): Promise<readonly ProtectedCell[]> {
  if (weeks.length === 0) return [];
  const { rows } = await sql<CellRow>`
    select cell.week, cell.project, cell.stage, cell.activity, cell.contributor_id, cell.visibility, cell.kind,
      cell.minutes, contributor.source, contributor.human_id
    from ledger.cell cell
    join ledger.contributor contributor
      on contributor.tenant_id = cell.tenant_id and contributor.contributor_id = cell.contributor_id
    where cell.tenant_id = ${tenantId}::uuid and cell.minutes <> 0
      and cell.week in (select json_array_elements_text(${JSON.stringify(weeks.map(dayText))}::json)::date)`.execute(
    trx,
  );
  const contributors = new Contributors();
  return rows.map(
    ({ week, project, stage, activity, contributor_id, visibility, kind, minutes, source, human_id }) => ({
      project,
      stage,
      activity,
      week: parseEntryDate(week),
      contributor: human_id === null ? contributors.unlinked(contributor_id, source) : contributors.linked(human_id),
      visibility,
      isLate: kind !== "in-time",
      minutes,
    }),
  );
}
