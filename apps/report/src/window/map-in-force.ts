/** Which version of the stages the ledger uses where none is asked for. Pure. */
import type { PageReport } from "@stageledger/core/contract/page-report";

/** The newest whose start is not after the report's instant (F1, E7); null where none had begun. */
export function findVersionInForce({ asOf, mapVersions }: Pick<PageReport, "asOf" | "mapVersions">): number | null {
  const at = Date.parse(asOf);
  const startOf = (from: string | null): number => (from === null ? Number.NEGATIVE_INFINITY : Date.parse(from));
  let found: { readonly version: number; readonly from: number } | null = null;
  for (const { version, effectiveFrom } of mapVersions) {
    const from = startOf(effectiveFrom);
    if (from > at) continue;
    if (found === null || from > found.from || (from === found.from && version > found.version))
      found = { version, from };
  }
  return found?.version ?? null;
}
