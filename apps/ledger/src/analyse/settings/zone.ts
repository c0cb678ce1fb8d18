import { ReportZone, StageledgerError } from "@stageledger/core";

/** @throws StageledgerError SETTING_UNKNOWN_ZONE */
export function zoneNamed(id: string): ReportZone {
  const zone = ReportZone.find(id);
  if (zone === undefined) {
    throw new StageledgerError("SETTING_UNKNOWN_ZONE", `"${id}" is no time zone.`, {
      next: "Use an IANA name such as Europe/Berlin, America/New_York or UTC.",
    });
  }
  return zone;
}
