/** What was in the way of items in the demo's Jira. People raise it in the panel; nobody knows who, since a roadblock has no author. */
import { ROADBLOCK_KINDS } from "@stageledger/core/contract/roadblocks";
import { addRoadblock, inTransaction, resolveRoadblock } from "@stageledger/db";
import { stageWorkedIn, type World } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import type { Ledger } from "../access/with-ledger.ts";
import { JIRA } from "../jira/ledger-ids.ts";
import type { CliContext } from "./cli-context.ts";

const PROJECTS = ["PAY", "SHOP"];
const HOUR_MILLISECONDS = 3_600_000;
const QUARTER_MILLISECONDS = 13 * 7 * 24 * HOUR_MILLISECONDS;
/** Of the times that somebody began to work on an item, one in so many. */
const ONE_IN = 17;
/** Stays in a stage are longer than most of them. */
const HOURS = [20, 45, 7, 70, 28];

export function raiseDemoRoadblocks(
  { database, tenantId }: Ledger,
  { items, asOf }: World,
  { newId }: Pick<CliContext, "newId">,
): Promise<void> {
  const begun = PROJECTS.flatMap((project) => items.get(project) ?? [])
    .flatMap(({ id, changes }) =>
      changes.map(({ at, to }) => ({ itemId: JIRA + id, at: Math.floor(at), stage: stageWorkedIn(to) })),
    )
    .filter(({ at, stage }) => stage !== undefined && at > asOf - QUARTER_MILLISECONDS && at < asOf)
    .filter((_, place) => place % ONE_IN === 0);
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    for (const [place, { itemId, at, stage = "" }] of begun.entries()) {
      const kind = ROADBLOCK_KINDS[(place * place) % ROADBLOCK_KINDS.length] ?? "other";
      const roadblockId = newId();
      await addRoadblock(trx, tenantId, itemId, {
        roadblockId,
        kind,
        words: undefined,
        stage,
        raisedAt: at,
        resolvedAt: undefined,
      });
      const resolvedAt = at + (HOURS[place % HOURS.length] ?? 0) * HOUR_MILLISECONDS;
      if (resolvedAt < asOf) await resolveRoadblock(trx, tenantId, roadblockId, resolvedAt);
    }
  });
}
