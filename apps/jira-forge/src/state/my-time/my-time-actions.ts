/** What a person can do in My time. */
import { accountActions } from "./account-actions.ts";
import { dataActions } from "./data-actions.ts";
import { mirrorActions } from "./mirror-actions.ts";
import { MyTimeDesk, type MyTimeSurroundings } from "./my-time-desk.ts";
import type { Section } from "./my-time-state.ts";
import { rowActions } from "./row-actions.ts";
import { unassignedActions } from "./unassigned-actions.ts";
import { weekActions } from "./week-actions.ts";

export type MyTimeActions = ReturnType<typeof myTimeActions>;

export function myTimeActions(surroundings: MyTimeSurroundings) {
  const desk = new MyTimeDesk(surroundings);
  const unassigned = unassignedActions(desk);
  const accounts = accountActions(desk);

  async function open(): Promise<void> {
    const [outcome, mirrorsToJira] = await Promise.all([desk.readWeek(), desk.readMirrorSetting()]);
    if (!outcome.isDone) return desk.tell({ type: "not-read", failure: outcome.failure });
    desk.tell({ type: "read", week: outcome.answer, today: desk.today(outcome.answer), mirrorsToJira });
    await Promise.all([desk.readTitles(), unassigned.readUnassigned()]);
  }

  return {
    now: surroundings.now,
    open,
    openAgain: async (): Promise<void> => {
      desk.tell({ type: "reading" });
      await open();
    },
    openSection: (section: Section): void => {
      const state = desk.ready();
      if (state === undefined) return;
      desk.tell({ type: "section-opened", section });
      if (section === "accounts" && state.links.phase !== "read") void accounts.readLinks();
    },
    ...weekActions(desk),
    ...rowActions(desk),
    ...unassigned,
    ...accounts,
    ...dataActions(desk),
    ...mirrorActions(desk),
  };
}
