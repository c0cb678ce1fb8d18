import { GONE } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { issueFacts } from "../../../../apps/ledger/src/jira-sync/jira/issue-facts.ts";
import { keptIssue } from "../../../../apps/ledger/src/jira-sync/jira/kept-issue.ts";
import { projectStays } from "../../../../apps/ledger/src/jira-sync/jira/project-stays.ts";
import { settled } from "../../../../apps/ledger/src/jira-sync/jira/settle.ts";
import { codedErrorOf } from "../../../support/coded-error.ts";
import { aHistory, anIssue, aView, toProject, toStatus } from "../../../support/jira/an-issue.ts";
import { HOUR, utc } from "../../../support/moments.ts";

const FLAG = "customfield_10021";
const AT = utc("2026-09-08T09:00");
const ours = aView(["P"], [FLAG]);

describe("facts of an issue", () => {
  test("a move with a resolution in the same history: a change, and that something else happened", () => {
    const resolution = { field: "resolution", fieldId: "resolution", from: null, to: "1", toString: "Done" };
    const done = aHistory(91, AT, resolution, toStatus("A", "C"));
    const { part, statuses } = issueFacts(
      ours,
      anIssue({ status: "C", fields: { resolution: { id: "1", name: "Gereed" } } }),
      [done],
      undefined,
    );
    expect(part.changes).toEqual([{ at: AT, sequence: 91, index: 0, from: "jira:A", to: "jira:C" }]);
    expect(part.otherActivity).toEqual([AT]);
    expect(part.snapshot).toMatchObject({ currentStatus: "jira:C", resolution: "Gereed", project: "P", key: "P-1" });
    // Of a status that the site has no more, the resolution is what is left to guess by (E6).
    expect(statuses.map(({ statusId, origin }) => `${statusId} ${origin}`)).toEqual([
      "jira:C current",
      "jira:C history-resolved",
      "jira:A history",
    ]);
  });

  test("the flag, known by its field whatever the site calls it, and a link, whatever else links say", () => {
    const flag = { field: "Gemarkeerd", fieldId: FLAG, from: "", to: "[10019]", toString: "Belemmering" };
    const link = { field: "Link", from: null, to: "P-9", toString: "This work item is blocked by P-9" };
    const other = { field: "Link", from: null, to: "P-8", toString: "This work item relates to P-8" };
    const { part } = issueFacts(ours, anIssue(), [aHistory(92, AT, flag, other, link)], undefined);
    expect(part.blocks).toEqual([
      { at: AT, sequence: 92, index: 0, reason: "flag", source: "", begins: true },
      { at: AT, sequence: 92, index: 0, reason: "link", source: "P-9", begins: true },
    ]);
    expect(part.changes).toEqual([]);
  });

  test("a sub-task and its parent", () => {
    const fields = { issuetype: { id: "10002", subtask: true }, parent: { id: "77", key: "P-77" } };
    expect(issueFacts(ours, anIssue({ fields }), [], undefined).part.snapshot).toMatchObject({
      isSubtask: true,
      parentId: "jira:77",
    });
  });

  test("of a direct look the instant of the look counts, of a list what the issue itself says", () => {
    const issue = anIssue({ updated: AT });
    expect(issueFacts(ours, issue, [], AT + HOUR).part.snapshot?.updatedAt).toBe(AT + HOUR);
    expect(issueFacts(ours, issue, [], AT - HOUR).part.snapshot?.updatedAt).toBe(AT);
    expect(issueFacts(ours, issue, [], undefined).part.snapshot?.updatedAt).toBe(AT);
  });

  test("one of no project of the ledger has no snapshot", () => {
    const { home, part } = issueFacts(ours, anIssue({ project: "R" }), [], AT);
    expect([home, part.snapshot]).toEqual([undefined, undefined]);
  });

  test("whether its histories end where it is", () => {
    const isWhole = (status: string, project: string, ...items: readonly object[]) =>
      issueFacts(ours, anIssue({ status, project }), items.length === 0 ? [] : [aHistory(91, AT, ...items)], AT)
        .isWhole;
    expect(isWhole("A", "P")).toBe(true);
    expect(isWhole("B", "P", toStatus("A", "B"))).toBe(true);
    expect(isWhole("C", "P", toStatus("A", "B"))).toBe(false);
    expect(isWhole("A", "P", toProject("P", "R"))).toBe(false);
    expect(isWhole("A", "R", toProject("P", "R"))).toBe(true);
  });

  test.each<[string, object]>([
    ["no status", { status: null }],
    ["a status that is a text", { status: "To Do" }],
    ["no project", { project: null }],
    ["an instant that there is not", { updated: "2026-02-31T09:00:00.000+0000" }],
  ])("%s is an unknown shape, by its code and without a word of it", (_what, fields) => {
    const error = codedErrorOf(() =>
      issueFacts(ours, anIssue({ fields: { ...fields, summary: "Ilse is ill" } }), [], AT),
    );
    expect(error.code).toBe("JIRA_WRONG_SHAPE");
    expect(JSON.stringify([error.message, error.next])).not.toMatch(/Ilse|2026-02-31/u);
  });

  test("the checksum is another when anything that counts is, and the same when names are", () => {
    const sumOf = (sketch: Parameters<typeof anIssue>[0]) => keptIssue(anIssue(sketch), [FLAG], ours.secrets).checksum;
    const same = sumOf({});
    const others = [
      { status: "B" },
      { project: "Q" },
      { updated: AT },
      { fields: { resolution: { id: "1", name: "Done" } } },
      { fields: { issuetype: { id: "7" } } },
      { fields: { parent: { id: "77" } } },
      { fields: { [FLAG]: [{ id: "10019", value: "Impediment" }] } },
    ].map(sumOf);
    expect(new Set([same, ...others]).size).toBe(8);
    expect(sumOf({ fields: { status: { id: "A", name: "Te doen" }, priority: { id: "3" } } })).toBe(same);
  });
});

describe("where an issue was", () => {
  const moves = [aHistory(92, AT + HOUR, toProject("Q", "R")), aHistory(91, AT, toProject("P", "Q"))];

  test("by its histories, an instant of a move being the new project's", () => {
    const { projectAt } = projectStays(moves, "R");
    expect([AT - 1, AT, AT + HOUR - 1, AT + HOUR].map(projectAt)).toEqual(["P", "Q", "Q", "R"]);
  });

  test("histories are newer than where it was shown", () => {
    expect(projectStays(moves, "P").projectAt(AT + 2 * HOUR)).toBe("R");
    expect(projectStays([], "P").projectAt(AT)).toBe("P");
  });

  test("two moves at one instant, in the order of their histories", () => {
    const { projectAt } = projectStays(
      [aHistory(92, AT, toProject("Q", "R")), aHistory(91, AT, toProject("P", "Q"))],
      "R",
    );
    expect([AT - 1, AT].map(projectAt)).toEqual(["P", "R"]);
  });
});

describe("what no history tells", () => {
  const part = issueFacts(ours, anIssue({ status: "C" }), [aHistory(91, AT, toStatus("A", "B"))], AT).part;
  const [told] = part.changes;
  if (told === undefined) throw new Error("There is a change.");
  const recorded = { createdAt: part.createdAt, status: "jira:B", changes: [told] };

  test("is dated at the look, and stands behind the last history", () => {
    expect(settled(part, "jira:C", recorded, AT + HOUR).changes).toEqual([
      told,
      { at: AT + HOUR, sequence: 91, index: 1000, from: "jira:B", to: "jira:C" },
    ]);
  });

  test("not before what is known, when our clock is behind", () => {
    expect(settled(part, "jira:C", recorded, AT - HOUR).changes.at(-1)?.at).toBe(AT + 1);
  });

  test("is no change of an issue without histories that is seen for the first time", () => {
    expect(settled({ ...part, changes: [] }, "jira:C", undefined, AT).changes).toEqual([]);
    expect(settled({ ...part, changes: [] }, GONE, undefined, AT).changes).toEqual([]);
  });

  test("gone twice is gone once, and back is since the look", () => {
    const gone = { at: AT + HOUR, sequence: 91, index: 1000, from: "jira:B", to: GONE };
    const wasGone = { ...recorded, changes: [told, gone] };
    expect(settled(part, GONE, wasGone, AT + 2 * HOUR).changes).toEqual([told]);
    expect(settled(part, "jira:B", wasGone, AT + 2 * HOUR).changes.at(-1)).toMatchObject({
      at: AT + 2 * HOUR,
      from: GONE,
      to: "jira:B",
    });
  });
});
