/** Ids of Jira as the ledger keeps them: with their source in front, since another source may use the same numbers. */
import type { ItemPart } from "@stageledger/core";

export const JIRA = "jira:";

export function withSource(part: ItemPart): ItemPart {
  const { snapshot } = part;
  return {
    ...part,
    id: JIRA + part.id,
    changes: part.changes.map((change) => ({ ...change, from: prefixed(change.from), to: JIRA + change.to })),
    snapshot: snapshot && {
      ...snapshot,
      currentStatus: prefixed(snapshot.currentStatus),
      parentId: prefixed(snapshot.parentId),
    },
  };
}

function prefixed(id: string | undefined): string | undefined {
  return id === undefined ? undefined : JIRA + id;
}
