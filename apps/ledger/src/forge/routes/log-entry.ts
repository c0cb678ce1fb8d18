import { ROUTES } from "@stageledger/core/contract/routes";
import { loadEntryBasis } from "@stageledger/db";
import { leaveNewEntry } from "../../log-time/leave-new-entry.ts";
import { newEntry } from "../../log-time/new-entry.ts";
import { newEntryAnswer } from "../entry-answer.ts";
import { entryDate, possibleDates } from "../entry-date.ts";
import { knownItem } from "../known-item.ts";
import { writeRoute } from "../write-route.ts";

export const logEntryRoute = writeRoute(
  ROUTES.logEntry,
  async (call) => {
    const { trx, leave, tenantId, contributorId, context, params, body } = call;
    const now = context.now();
    const basis = await loadEntryBasis(trx, tenantId, contributorId, params.item, possibleDates(body.date, now));
    const { rules } = basis;
    const item = knownItem(basis.item);
    const entry = newEntry(item, { ...body, date: entryDate(body.date, rules, now), stage: body.stage }, rules);
    const entryId = context.newId();
    leaveNewEntry(leave, call, entryId, entry, basis);
    return newEntryAnswer(entryId, entry, item.key, rules);
  },
  { holds: "person" },
);
