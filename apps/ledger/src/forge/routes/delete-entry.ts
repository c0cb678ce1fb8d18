import { deleteEntry } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { loadPostingRules } from "@stageledger/db";
import { recordRevision } from "../../log-time/record-revision.ts";
import { writeRoute } from "../write-route.ts";
import { getChangeable } from "./change-entry.ts";

export const deleteEntryRoute = writeRoute(ROUTES.deleteEntry, async (call) => {
  const { trx, tenantId, contributorId, params, query } = call;
  const { latest } = await getChangeable(trx, tenantId, contributorId, params.entry, Number(query.revision));
  const revision = deleteEntry(latest);
  await recordRevision(trx, tenantId, revision, await loadPostingRules(trx, tenantId));
  return { id: params.entry, revision: revision.number };
});
