import type { ROADBLOCK_KINDS, RoadblockAnswer } from "@stageledger/core/contract/roadblocks";
import { ROUTES } from "@stageledger/core/contract/routes";
import { eventOf, type PanelDesk } from "./panel-desk.ts";

/** What a person says of what is in the way. */
export function roadblockActions(desk: PanelDesk) {
  const { ledger, params } = desk;
  return {
    /** @param words shown to all who see the issue; empty = none */
    raise: (kind: (typeof ROADBLOCK_KINDS)[number], words: string) =>
      desk.work(`raise ${kind}`, async () => {
        const said = words.trim();
        const body = { kind, ...(said === "" ? {} : { words: said }) };
        return eventOf(await ledger.call(ROUTES.raiseRoadblock, { params, body }), (roadblock) => ({
          type: "raised",
          roadblock,
        }));
      }),

    resolve: ({ id }: RoadblockAnswer) =>
      desk.work(`resolve ${id}`, async () =>
        eventOf(await ledger.call(ROUTES.resolveRoadblock, { params: { roadblock: id } }), (roadblock) => ({
          type: "resolved",
          roadblock,
        })),
      ),
  };
}
