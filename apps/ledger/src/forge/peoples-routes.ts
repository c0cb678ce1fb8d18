/** The routes for people, with what each asks of whoever calls. */
import type { RateLimitOptions } from "../http/rate-limit.ts";
import {
  administersSite,
  type RightOfRoute,
  seesItem,
  seesItemOfRoadblock,
  seesItemOfTimer,
  seesProject,
  seesSourceProject,
} from "./rights/right-of-route.ts";
import type { Route } from "./route.ts";
import { changeWeekRoute } from "./routes/change-week.ts";
import { deleteEntryRoute } from "./routes/delete-entry.ts";
import { discardTimerRoute } from "./routes/discard-timer.ts";
import { editEntryRoute } from "./routes/edit-entry.ts";
import { eraseMineRoute } from "./routes/erase-mine.ts";
import { exportMineRoute } from "./routes/export-mine.ts";
import { getPurposeRoute } from "./routes/get-purpose.ts";
import { getSiteRoute } from "./routes/get-site.ts";
import { getStagesRoute } from "./routes/get-stages.ts";
import { getTimerRoute } from "./routes/get-timer.ts";
import { issueLinkCodeRoute } from "./routes/issue-link-code.ts";
import { itemEntriesRoute } from "./routes/item-entries.ts";
import { listRoadblocksRoute } from "./routes/list-roadblocks.ts";
import { logEntryRoute } from "./routes/log-entry.ts";
import { logTimerRoute } from "./routes/log-timer.ts";
import { myLinksRoute } from "./routes/my-links.ts";
import { getMySettingsRoute, putMySettingsRoute } from "./routes/my-settings.ts";
import { myUnassignedRoute } from "./routes/my-unassigned.ts";
import { myWeekRoute } from "./routes/my-week.ts";
import { pauseTimerRoute } from "./routes/pause-timer.ts";
import { placeEntryRoute } from "./routes/place-entry.ts";
import { projectReportRoute } from "./routes/project-report.ts";
import { proposeStagesRoute } from "./routes/propose-stages.ts";
import { putSourceProjectRoute } from "./routes/put-source-project.ts";
import { putStagesRoute } from "./routes/put-stages.ts";
import { putWorklogsRoute } from "./routes/put-worklogs.ts";
import { putZoneRoute } from "./routes/put-zone.ts";
import { raiseRoadblockRoute } from "./routes/raise-roadblock.ts";
import { redeemLinkCodeRoute } from "./routes/redeem-link-code.ts";
import { removeLinksRoute } from "./routes/remove-links.ts";
import { resolveRoadblockRoute } from "./routes/resolve-roadblock.ts";
import { sourceReportRoute } from "./routes/source-report.ts";
import { startTimerRoute } from "./routes/start-timer.ts";
import { undoEntryRoute } from "./routes/undo-entry.ts";

export interface PeoplesRoute {
  readonly route: Route;
  /** None for what is the caller's own, or every member's. */
  readonly right?: RightOfRoute;
  /** A limit of its own, beside that of all calls. */
  readonly limit?: CallLimit;
}

export type CallLimit = Pick<RateLimitOptions, "most" | "perSecond">;

/** Whoever types a code in mistypes it a few times; guessing one would take longer than the code lasts. */
const GUESSES: CallLimit = { most: 10, perSecond: 1 / 60 };

export const PEOPLES_ROUTES: readonly PeoplesRoute[] = [
  { route: logEntryRoute, right: seesItem },
  { route: itemEntriesRoute, right: seesItem },
  { route: editEntryRoute },
  { route: undoEntryRoute },
  { route: deleteEntryRoute },
  { route: myWeekRoute },
  { route: getTimerRoute },
  { route: startTimerRoute, right: seesItem },
  { route: pauseTimerRoute },
  { route: logTimerRoute, right: seesItemOfTimer },
  { route: discardTimerRoute },
  { route: raiseRoadblockRoute, right: seesItem },
  { route: listRoadblocksRoute, right: seesItem },
  { route: resolveRoadblockRoute, right: seesItemOfRoadblock },
  { route: getPurposeRoute },
  { route: projectReportRoute, right: seesProject },
  { route: sourceReportRoute, right: seesSourceProject },
  { route: getStagesRoute },
  { route: putStagesRoute, right: administersSite },
  { route: proposeStagesRoute, right: administersSite },
  { route: getSiteRoute, right: administersSite },
  { route: putWorklogsRoute, right: administersSite },
  { route: putZoneRoute, right: administersSite },
  { route: putSourceProjectRoute, right: administersSite },
  { route: issueLinkCodeRoute },
  { route: redeemLinkCodeRoute, limit: GUESSES },
  { route: removeLinksRoute },
  { route: myLinksRoute },
  { route: changeWeekRoute },
  { route: myUnassignedRoute },
  { route: placeEntryRoute },
  { route: getMySettingsRoute },
  { route: putMySettingsRoute },
  { route: exportMineRoute },
  { route: eraseMineRoute },
];
