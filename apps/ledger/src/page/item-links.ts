/** Where the items that a report names can be opened. Pure. */
import type { ItemFacts } from "@stageledger/core";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";

const KINDS = ["jira", "asana"] as const;

/** Only of keys that are in the report, in the order of the items. */
export function linkKinds(items: readonly ItemFacts[], flow: PageFlow): PageReport["linkKindByKey"] {
  const named = keysIn(flow);
  return Object.fromEntries(
    items.flatMap(({ id, key }) => {
      const kind = KINDS.find((one) => id.startsWith(`${one}:`));
      return kind !== undefined && named.has(key) ? [[key, kind] as const] : [];
    }),
  );
}

function keysIn({ verdict, stalled, charts, findings }: PageFlow): ReadonlySet<string | null> {
  return new Set([
    ...verdict.items.keys,
    ...verdict.parked.keys,
    ...stalled.keys,
    ...charts.scatter.map(({ key }) => key),
    ...charts.ageing.map(({ key }) => key),
    ...findings.flatMap(({ keys }) => keys),
  ]);
}
