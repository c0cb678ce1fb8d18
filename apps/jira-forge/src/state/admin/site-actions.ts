import { ROUTES } from "@stageledger/core/contract/routes";
import { name } from "@stageledger/core/contract/values";
import type { Outcome } from "../../ledger/failure.ts";
import type { AdminDesk } from "./admin-desk.ts";
import type { AdminEvent } from "./admin-reducer.ts";
import type { Opened, Site, SiteNotice, SitePlace } from "./admin-state.ts";

type OpenSource = Extract<Opened, { readonly kind: "source" }>;

/** What an admin sets for the whole site. */
export function siteActions(desk: AdminDesk) {
  const { ledger } = desk;
  return {
    unfold: (open: Opened | undefined) => desk.tell({ type: "opened", open }),

    typeSourceName: (newName: string): void => {
      const open = desk.state()?.open;
      if (open?.kind === "source") desk.tell({ type: "opened", open: { ...open, newName, isRemarked: false } });
    },

    putWorklogs: (isOn: boolean) =>
      desk.work("worklogs", async () =>
        told("worklogs", await ledger.call(ROUTES.putWorklogs, { body: { isOn } }), {
          at: "worklogs",
          kind: "worklogs",
          isOn,
        }),
      ),

    putZone: (zone: string) =>
      desk.work("zone", async () =>
        told("zone", await ledger.call(ROUTES.putZone, { body: { zone } }), { at: "zone", kind: "zone", zone }),
      ),

    /** Asks first, and says what it means. */
    askForSource: (open: OpenSource) => {
      const isPossible = projectMeant(open) !== undefined;
      desk.tell({ type: "opened", open: { ...open, asks: isPossible, isRemarked: !isPossible } });
    },

    putSourceProject: (open: OpenSource) =>
      desk.work("source", async ({ site }) => {
        const project = projectMeant(open);
        if (project === undefined) return { type: "opened", open: { ...open, asks: false, isRemarked: true } };
        const params = { sourceProject: open.source };
        const kind = isKnown(project, site) ? "joined" : "renamed";
        const outcome = await ledger.call(ROUTES.putSourceProject, { params, body: { project } });
        return told("projects", outcome, { at: "projects", kind, source: open.source, to: project });
      }),
  };
}

/** Undefined where it cannot be meant: no name, one that cannot be written, or the one that it has. */
export function projectMeant({ project, newName, from }: OpenSource): string | undefined {
  const meant = project ?? newName.trim();
  return meant !== from && name.safeParse(meant).success ? meant : undefined;
}

export function isKnown(project: string, { projects }: Site): boolean {
  return projects.some((one) => one.project === project);
}

function told(at: SitePlace, outcome: Outcome<Site>, notice: SiteNotice): AdminEvent {
  return outcome.isDone
    ? { type: "site-told", site: outcome.answer, notice }
    : { type: "failed", at, failure: outcome.failure };
}
