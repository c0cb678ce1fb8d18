import type { StageChange } from "../state/admin/stage-changes.ts";
import type { Words } from "./english.ts";

export function sayStageChange(change: StageChange, { admin: { stages } }: Words): string {
  const { said, kinds } = stages;
  switch (change.what) {
    case "added":
    case "removed":
    case "commitment":
      return said[change.what](change.stage);
    case "renamed":
      return said.renamed(change.from, change.to);
    case "kind":
      return said.kind(change.stage, kinds[change.kind]);
    case "limit":
      return said.limit(change.stage, change.limit);
    case "order":
      return said.order(change.stages);
    case "placed":
      return said.placed(change.status, change.stage);
    case "blocked":
    case "unblocked":
      return said[change.what](change.status);
  }
}
