import { ROUTES } from "@stageledger/core/contract/routes";
import { type FoundIssue, findIssues } from "../../jira/find-issues.ts";
import { eventOf, type MyTimeDesk } from "./my-time-desk.ts";
import type { MyTimeEvent } from "./my-time-reducer.ts";

/** How a person brings another issue into the grid. */
export function rowActions(desk: MyTimeDesk) {
  /** The ledger has to know it, and the person may have to be let see it: better said now than when the week is saved. */
  async function add({ itemId, title }: FoundIssue): Promise<MyTimeEvent> {
    const outcome = await desk.ledger.call(ROUTES.listItemEntries, { params: { item: itemId } });
    if (outcome.isDone && title !== "") desk.tell({ type: "titles-told", titles: new Map([[itemId, title]]) });
    return eventOf(outcome, ({ itemKey }) => ({ type: "row-added", item: { itemId, itemKey } }));
  }

  return {
    typeSearch: (text: string) => desk.tell({ type: "search-typed", text }),

    /** One that is found alone is meant. */
    find: () =>
      desk.work("find", async ({ search }) => {
        if (search.text.trim() === "") return { type: "told", notice: undefined };
        const issues = await findIssues(search.text);
        if (issues === undefined) return { type: "told", notice: { kind: "jira-unreached" } };
        const [only] = issues;
        return only !== undefined && issues.length === 1 ? add(only) : { type: "found", issues };
      }),

    showAllRows: () => {
      desk.tellTyped();
      desk.tell({ type: "all-rows-wanted" });
    },

    addRow: (issue: FoundIssue) => desk.work(`add ${issue.key}`, () => add(issue)),
  };
}
