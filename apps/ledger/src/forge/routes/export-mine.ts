import { dayText } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { getTenant, inOneOrder, listMyEntries } from "@stageledger/db";
import { EVERY_DAY, myExport } from "../../log-time/my-export.ts";
import { isKeyHidden } from "../is-key-hidden.ts";
import { mineRoute } from "../mine-route.ts";

export const exportMineRoute = mineRoute(
  ROUTES.exportMine,
  async ({ tenantId, context, query, asEach, keysHiddenIn }) => {
    const looks = await asEach(async (trx) => ({
      zone: (await getTenant(trx, tenantId)).zone,
      entries: await listMyEntries(trx, tenantId, EVERY_DAY.from, EVERY_DAY.to),
    }));
    const [{ zone }] = looks;
    const entries = inOneOrder(looks.map((look) => look.entries));
    return {
      fileName: `my-time-${dayText(zone.dayOf(context.now()))}.${query.format}`,
      entries: entries.length,
      text: myExport(
        entries.map((one) =>
          isKeyHidden(keysHiddenIn, one.entry.project, one.itemProject) ? { ...one, itemKey: "" } : one,
        ),
        query.format,
      ),
    };
  },
);
