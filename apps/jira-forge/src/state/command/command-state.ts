/** What the command knows before it is known which issue is meant. Pure. */
import type { FoundIssue } from "../../jira/find-issues.ts";

export interface CommandState {
  readonly text: string;
  /** Undefined while it is read. */
  readonly recent: readonly FoundIssue[] | undefined;
  /** Undefined until somebody looked for one. */
  readonly found: readonly FoundIssue[] | undefined;
  readonly isSearching: boolean;
  readonly remark: "nothing-found" | "jira-unreached" | undefined;
  readonly chosen: FoundIssue | undefined;
}

export type CommandEvent =
  | { readonly type: "recent-told"; readonly recent: readonly FoundIssue[] }
  | { readonly type: "typed"; readonly text: string }
  | { readonly type: "searched" }
  | { readonly type: "found"; readonly issues: readonly FoundIssue[] | undefined }
  | { readonly type: "chosen"; readonly issue: FoundIssue | undefined };

/** @param chosen where Jira says on which issue the palette was opened */
export function startingWith(chosen: FoundIssue | undefined): CommandState {
  return { text: "", recent: undefined, found: undefined, isSearching: false, remark: undefined, chosen };
}

export function commandReducer(state: CommandState, event: CommandEvent): CommandState {
  switch (event.type) {
    case "recent-told":
      return { ...state, recent: event.recent };
    case "typed":
      return { ...state, text: event.text, remark: undefined };
    case "searched":
      return { ...state, isSearching: true, remark: undefined };
    case "found": {
      const { issues } = event;
      const [only] = issues ?? [];
      // One that is found alone is meant.
      const chosen = issues?.length === 1 ? only : undefined;
      const remark = issues === undefined ? "jira-unreached" : issues.length === 0 ? "nothing-found" : undefined;
      return { ...state, isSearching: false, found: issues, remark, chosen };
    }
    case "chosen":
      return { ...state, chosen: event.issue, text: "", found: undefined, remark: undefined };
  }
}
