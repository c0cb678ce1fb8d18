import { describe, expect, it } from "vitest";
import { readHistories } from "../../../apps/ledger/src/jira/read-histories.ts";

const FLAG = "customfield_10021";
const context = {
  catalogue: { sawCurrent: () => {}, sawInHistory: () => {} },
  flagFields: new Set([FLAG]),
};
const AT = Date.UTC(2026, 8, 7, 9);

const assignee = { field: "assignee", fieldId: "assignee", from: null, to: "5b10" };
const review = { field: "status", fieldId: "status", from: "1", to: "3" };
const test = { field: "status", fieldId: "status", from: "3", to: "4" };
const flagged = { field: "Flagged", fieldId: FLAG, from: null, to: "[10019]" };
const unflagged = { field: "Flagged", fieldId: FLAG, from: "[10019]", to: "" };
const related = { field: "Link", to: "PAY-8", toString: "This work item relates to PAY-8" };
const blocked = { field: "Link", to: "PAY-9", toString: "This work item is blocked by PAY-9" };
const resolved = { field: "resolution", fieldId: "resolution", from: null, to: "1" };

/** As an export has it, and as changelog/bulkfetch has it. */
const exported = (...items: readonly object[]) => [{ id: "91", created: "2026-09-07T11:00:00.000+0200", items }];
const fetched = (...items: readonly object[]) => [{ id: "91", created: AT, items }];

describe("the changes of one history", () => {
  it("are the same facts, whether all of its items are shown or only those that count", () => {
    const whole = readHistories(
      exported(assignee, flagged, related, review, assignee, unflagged, resolved, blocked, test),
      context,
    );
    const shown = readHistories(fetched(flagged, related, review, unflagged, resolved, blocked, test), context);
    expect(shown).toEqual(whole);
    expect(whole).toEqual({
      changes: [
        { at: AT, sequence: 91, index: 0, from: "1", to: "3" },
        { at: AT, sequence: 91, index: 1, from: "3", to: "4" },
      ],
      blocks: [
        { at: AT, sequence: 91, index: 0, reason: "flag", source: "", begins: true },
        { at: AT, sequence: 91, index: 1, reason: "flag", source: "", begins: false },
        { at: AT, sequence: 91, index: 0, reason: "link", source: "PAY-9", begins: true },
      ],
      otherActivity: [AT],
    });
  });

  it("are the same facts where only its status is shown", () => {
    const { changes } = readHistories(exported(flagged, blocked, review, test), context);
    expect(readHistories(fetched(review, test), context).changes).toEqual(changes);
    expect(changes.map(({ index }) => index)).toEqual([0, 1]);
  });
});
