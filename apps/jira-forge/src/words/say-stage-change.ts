import type { StageChange } from "../state/admin/stage-changes.ts";
import type { Words } from "./english.ts";

export function sayStageChange(change: StageChange, { admin: { stages } }: Words): string {
  const { said, kinds } = stages;
  const named = (stage: string): string => (stage === "" ? stages.unnamed : stage);
  switch (change.what) {
    case "added":
    case "removed":
    case "commitment":
      return said[change.what](named(change.stage));
    case "renamed":
      return said.renamed(change.from, named(change.to));
    case "kind":
      return said.kind(named(change.stage), kinds[change.kind]);
    case "limit":
      return said.limit(named(change.stage), change.limit);
    case "order":
      return said.order(change.stages.map(named));
    case "placed":
      return said.placed(change.status, change.stage === null ? null : named(change.stage));
    case "blocked":
    case "unblocked":
      return said[change.what](change.status);
  }
}
