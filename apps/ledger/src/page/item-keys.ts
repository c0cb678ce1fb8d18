/** Who may read the keys of a project's items. Pure. */
import type { Finding, ProjectFlow } from "@stageledger/core";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import { findingWords } from "../analyse/finding-words.ts";

/** Inside Jira, Jira has been asked what the one who looks may see; on the page and in files nobody has. */
export type Reader = "page" | "jira";

/** A flow whose findings are still of kinds that have words. */
export type ShownFlow = PageFlow & { readonly findings: readonly Finding[] };

/** Of a restricted project, the page is told counts where it would be told keys. */
export function withKeysFor(reader: Reader, isRestricted: boolean, flow: ProjectFlow): ShownFlow {
  return isRestricted && reader === "page" ? withoutKeys(flow) : flow;
}

function withoutKeys(flow: ProjectFlow): ShownFlow {
  const { verdict, stalled, charts, findings } = flow;
  return {
    ...flow,
    verdict: {
      ...verdict,
      items: { ...verdict.items, keys: [] },
      parked: { ...verdict.parked, keys: [] },
    },
    stalled: { ...stalled, keys: [] },
    charts: {
      ...charts,
      scatter: charts.scatter.map((dot) => ({ ...dot, key: null })),
      ageing: charts.ageing.map((item) => ({ ...item, key: null })),
    },
    findings: findings.map((finding) =>
      findingWords(finding.kind).keysAre === "status ids" ? finding : { ...finding, keys: [] },
    ),
  };
}
