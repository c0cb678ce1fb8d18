/** Another time zone, while no day is recorded: days that were recorded in one zone mean something else in another. */
import { ReportZone, StageledgerError } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { getTenant, hasRecordedDays, setZone } from "@stageledger/db";
import { siteStateAnswer } from "../site-state-answer.ts";
import { writeRoute } from "../write-route.ts";

/** Hours from UTC are no zone: they do not know when clocks change. */
const OFFSET = /^[+-]/u;

export const putZoneRoute = writeRoute(ROUTES.putZone, async ({ trx, tenantId, context, body }) => {
  const wanted = ReportZone.find(body.zone);
  if (wanted === undefined || OFFSET.test(wanted.id)) throw zoneUnknown();
  const { zone } = await getTenant(trx, tenantId);
  if (wanted.id !== zone.id) {
    if (await hasRecordedDays(trx, tenantId)) throw daysRecorded(zone);
    await setZone(trx, tenantId, wanted);
  }
  return siteStateAnswer(trx, tenantId, context);
});

function zoneUnknown(): StageledgerError {
  return new StageledgerError("SETTING_UNKNOWN_ZONE", "There is no such time zone.", {
    next: "Use an IANA name such as Europe/Berlin, America/New_York or UTC.",
  });
}

function daysRecorded({ id }: ReportZone): StageledgerError {
  return new StageledgerError("SETTING_INVALID", `The ledger has the time zone ${id}, and days are recorded in it.`, {
    next: "It stays. Whoever runs the ledger can begin another one in another zone, and connect this site to that.",
  });
}
