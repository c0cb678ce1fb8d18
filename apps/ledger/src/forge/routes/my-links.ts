import { ROUTES } from "@stageledger/core/contract/routes";
import { mineRoute } from "../mine-route.ts";

export const myLinksRoute = mineRoute(ROUTES.getMyLinks, async ({ others }) => ({ others }));
