import { ROUTES } from "@stageledger/core/contract/routes";
import { useEffect, useMemo, useReducer, useRef } from "react";
import { type FoundIssue, findIssues } from "../../jira/find-issues.ts";
import { readTitles } from "../../jira/issue-titles.ts";
import { jiraIssueId } from "../../jira/jira-issue-id.ts";
import { Ledger } from "../../ledger/ledger.ts";
import { type CommandEvent, type CommandState, commandReducer, startingWith } from "./command-state.ts";

const MOST_RECENT = 5;

/** @param opened the issue on which the palette was opened, where Jira says so */
export function useCommand(opened: FoundIssue | undefined): {
  readonly state: CommandState;
  readonly actions: CommandActions;
} {
  const [state, dispatch] = useReducer(commandReducer, opened, startingWith);
  const latest = useRef(state);
  latest.current = state;
  const actions = useMemo(() => commandActions(new Ledger(), () => latest.current, dispatch), []);
  const isAsked = state.chosen === undefined && state.recent === undefined;
  useEffect(() => {
    if (isAsked) void actions.readRecent();
  }, [actions, isAsked]);
  return { state, actions };
}

type CommandActions = ReturnType<typeof commandActions>;

function commandActions(ledger: Ledger, getState: () => CommandState, dispatch: (event: CommandEvent) => void) {
  return {
    /** That nothing can be read is told by nothing here: whoever chooses an issue is told then. */
    readRecent: async (): Promise<void> => {
      const outcome = await ledger.call(ROUTES.getMyWeek);
      const entries = outcome.isDone ? outcome.answer.entries : [];
      const keys = new Map(
        [...entries]
          .sort((a, b) => b.date.localeCompare(a.date))
          .filter(({ itemId }) => jiraIssueId(itemId) !== undefined)
          .map(({ itemId, itemKey }) => [itemId, itemKey]),
      );
      const recent = [...keys].slice(0, MOST_RECENT);
      const titles = await readTitles(recent.map(([itemId]) => itemId));
      const issues = recent.map(([itemId, key]) => ({ itemId, key, title: titles.get(itemId) ?? "" }));
      dispatch({ type: "recent-told", recent: issues });
    },

    type: (text: string) => dispatch({ type: "typed", text }),

    find: async (): Promise<void> => {
      const { text, isSearching } = getState();
      if (isSearching || text.trim() === "") return;
      dispatch({ type: "searched" });
      dispatch({ type: "found", issues: await findIssues(text) });
    },

    choose: (issue: FoundIssue | undefined) => dispatch({ type: "chosen", issue }),
  };
}
