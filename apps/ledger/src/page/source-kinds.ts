import type { PageProjects } from "@stageledger/core/contract/page-projects";

type SourceKind = PageProjects["projects"][number]["sources"][number];

/** From which tools the items of a project come, given what it is made of, such as `jira:10001`. Pure. */
export function sourceKinds(sources: readonly string[]): readonly SourceKind[] {
  const kindOf = (source: string): SourceKind =>
    source.startsWith("jira:") ? "jira" : source.startsWith("asana:") ? "asana" : "other";
  return [...new Set(sources.map(kindOf))].sort();
}
