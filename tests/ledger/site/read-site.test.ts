import { describe, expect, test } from "vitest";
import {
  aCustomField,
  aHistory,
  aJiraSite,
  anIssue,
  assigned,
  CANARY,
  changed,
  DOING,
  DONE,
  FLAGGED_FIELD,
  issuesThatMoved,
  moved,
  TODO,
} from "../../support/jira-site-builder.ts";
import { aSiteReading, TOKEN } from "../../support/site-reading.ts";

const CHECKBOXES = FLAGGED_FIELD.schema;

describe("reading a live site", () => {
  test("hands over an issue and its histories with the named members only", async () => {
    const histories = [
      aHistory("501", "2026-09-07T08:00:00.000+0000", moved(TODO, DOING), assigned),
      aHistory("502", "2026-09-08T08:00:00.500+0000", moved(DOING, DONE)),
      aHistory("503", "2026-09-08T09:00:00.000+0000", assigned),
      aHistory("504", "2026-09-08T10:00:00.000+0000", {
        field: "Key",
        fieldtype: "jira",
        from: null,
        fromString: "OLD-7",
        to: null,
        toString: "PAY-1",
      }),
    ];
    const parent = { id: "10999", key: "PAY-999", fields: { summary: CANARY, status: DOING } };
    const fields = { status: DONE, parent, customfield_10021: [{ id: "10019", value: "Impediment", self: CANARY }] };
    const reading = await aSiteReading(aJiraSite({ issues: [anIssue(1, { fields, histories })] }));

    const summary = await reading.read();

    expect(reading.sink.of("issue")).toEqual([
      [
        {
          id: "10001",
          key: "PAY-1",
          fields: {
            created: "2026-09-01T08:00:00.000+0200",
            updated: "2026-09-09T10:30:00.000+0200",
            status: {
              id: "10001",
              name: "Done",
              untranslatedName: "Done",
              statusCategory: { id: 3, key: "done", name: "Done" },
            },
            project: { id: "20000", key: "PAY", name: "Payments" },
            issuetype: { id: "30000", name: "Story", subtask: false, hierarchyLevel: 0 },
            parent: { id: "10999", key: "PAY-999" },
            resolution: null,
            resolutiondate: null,
            customfield_10021: [{ id: "10019", value: "Impediment" }],
          },
        },
      ],
    ]);
    // Newest first, and in epoch milliseconds: 2026-09-07T08:00:00Z is 1,788,768,000 s.
    expect(reading.sink.of("histories")).toEqual([
      [
        "10001",
        [
          {
            id: "504",
            created: 1_788_861_600_000,
            items: [{ field: "Key", fieldtype: "jira", from: null, fromString: "OLD-7", to: null, toString: "PAY-1" }],
          },
          {
            id: "502",
            created: 1_788_854_400_500,
            items: [
              {
                field: "status",
                fieldtype: "jira",
                fieldId: "status",
                from: "3",
                fromString: "In Progress",
                to: "10001",
                toString: "Done",
              },
            ],
          },
          {
            id: "501",
            created: 1_788_768_000_000,
            items: [
              {
                field: "status",
                fieldtype: "jira",
                fieldId: "status",
                from: "10000",
                fromString: "To Do",
                to: "3",
                toString: "In Progress",
              },
            ],
          },
        ],
      ],
    ]);
    expect(summary).toEqual({
      issueCount: 1,
      historyCount: 3,
      statusCount: 3,
      flaggedFieldIds: ["customfield_10021"],
      approximateTotal: 1,
      repeatedIssueCount: 0,
    });
  });

  test("asks for named fields only", async () => {
    const reading = await aSiteReading(aJiraSite());
    await reading.read();

    const bodies = reading.jira.requests
      .filter(({ method }) => method === "POST")
      .map(({ path, body }) => [path, body]);
    expect(Object.fromEntries(bodies)).toEqual({
      "/rest/api/3/search/approximate-count": { jql: "project = PAY" },
      "/rest/api/3/search/jql": {
        jql: "project = PAY",
        fields: [
          "created",
          "updated",
          "status",
          "project",
          "issuetype",
          "parent",
          "resolution",
          "resolutiondate",
          "customfield_10021",
        ],
        maxResults: 100,
      },
      "/rest/api/3/changelog/bulkfetch": {
        issueIdsOrKeys: ["10001"],
        fieldIds: ["status", "resolution", "project", "Key", "Link", "customfield_10021"],
        maxResults: 10_000,
      },
    });
  });

  test("hands over the statuses before any issue", async () => {
    const reading = await aSiteReading(aJiraSite());
    await reading.read();
    expect(reading.sink.calls.slice(0, 2)).toEqual([
      [
        "statuses",
        [
          {
            id: "10000",
            name: "To Do",
            untranslatedName: "To Do",
            statusCategory: { id: 2, key: "new", name: "To Do" },
          },
          {
            id: "3",
            name: "In Progress",
            untranslatedName: "In Progress",
            statusCategory: { id: 4, key: "indeterminate", name: "In Progress" },
          },
          { id: "10001", name: "Done", untranslatedName: "Done", statusCategory: { id: 3, key: "done", name: "Done" } },
        ],
      ],
      ["flaggedFields", ["customfield_10021"]],
    ]);
  });

  test("follows the search's page tokens, and tells how far it is when a page is complete", async () => {
    const reading = await aSiteReading(aJiraSite({ issues: issuesThatMoved(7, 1) }), { searchPageSize: 3 });
    const summary = await reading.read();

    const order = reading.sink.calls.map(([kind, first]) => (kind === "histories" ? `histories ${first}` : kind));
    expect(order.slice(2)).toEqual([
      ...["issue", "issue", "issue", "histories 10001", "histories 10002", "histories 10003", "progress"],
      ...["issue", "issue", "issue", "histories 10004", "histories 10005", "histories 10006", "progress"],
      ...["issue", "histories 10007", "progress"],
    ]);
    expect(reading.sink.of("progress")).toEqual([
      [3, 7],
      [6, 7],
      [7, 7],
    ]);
    expect(summary).toMatchObject({ issueCount: 7, historyCount: 7 });
  });

  test("puts the histories of an issue together that lie on several changelog pages", async () => {
    const reading = await aSiteReading(aJiraSite({ issues: issuesThatMoved(2, 5) }), { changelogPageSize: 3 });
    const summary = await reading.read();

    const ids = reading.sink
      .of("histories")
      .map(([issueId, histories]) => [issueId, Array.isArray(histories) ? histories.map(({ id }) => id).sort() : []]);
    expect(ids).toEqual([
      ["10001", ["100", "101", "102", "103", "104"]],
      ["10002", ["200", "201", "202", "203", "204"]],
    ]);
    // 10 histories, 3 a page.
    expect(reading.jira.requests.filter(({ path }) => path.endsWith("bulkfetch"))).toHaveLength(4);
    expect(summary.historyCount).toBe(10);
  });

  test("stops at the last page, even if that brings a token", async () => {
    const reading = await aSiteReading(aJiraSite());
    const body = { issues: [{ id: "10001", fields: {} }], nextPageToken: "beyond", isLast: true };
    reading.jira.disturb("search/jql", { kind: "answer", status: 200, body });
    expect(await reading.read()).toMatchObject({ issueCount: 1 });
    expect(reading.jira.requests.filter(({ path }) => path.endsWith("search/jql"))).toHaveLength(1);
  });

  test("tells a change's field by its id, and by its name only where it has no id", async () => {
    const from = { from: null, fromString: null };
    const flag = {
      ...changed("customfield_10021", { ...from, to: "[10019]", toString: "Impediment" }),
      field: "Flagged",
    };
    const peopleFieldNamedLink = {
      ...changed("customfield_5", { ...from, to: CANARY, toString: CANARY }),
      field: "Link",
    };
    const histories = [aHistory("1", "2026-09-07T08:00:00.000+0000", flag, peopleFieldNamedLink)];
    const reading = await aSiteReading(aJiraSite({ issues: [anIssue(1, { histories })] }));
    await reading.read();
    expect(reading.sink.of("histories")).toEqual([["10001", [{ id: "1", created: 1_788_768_000_000, items: [flag] }]]]);
  });

  test("says that an issue has no changes", async () => {
    const reading = await aSiteReading(aJiraSite({ issues: [anIssue(1)] }));
    await reading.read();
    expect(reading.sink.of("histories")).toEqual([["10001", []]]);
  });

  test("asks for no changelog where the search finds nothing", async () => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb("search/jql", { kind: "answer", status: 200, body: { issues: [], isLast: true } });
    const summary = await reading.read();
    expect(summary.issueCount).toBe(0);
    expect(reading.jira.requests.filter(({ path }) => path.endsWith("bulkfetch"))).toEqual([]);
  });

  test("takes an issue once that a later page brings again", async () => {
    const reading = await aSiteReading(aJiraSite({ issues: issuesThatMoved(3, 1) }));
    const page = (...numbers: number[]) =>
      numbers.map((number) => ({ id: String(10_000 + number), key: "", fields: {} }));
    reading.jira.disturb("search/jql", {
      kind: "answer",
      status: 200,
      body: { issues: page(1, 2), nextPageToken: "more", isLast: false },
    });
    reading.jira.disturb("search/jql", { kind: "answer", status: 200, body: { issues: page(2, 3), isLast: true } });

    const summary = await reading.read();

    expect(reading.sink.of("histories").map(([issueId]) => issueId)).toEqual(["10001", "10002", "10003"]);
    expect(summary).toMatchObject({ issueCount: 3, historyCount: 3, repeatedIssueCount: 1 });
  });

  test("reads on without a total where the site will not count", async () => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb("approximate-count", { kind: "answer", status: 404 });
    const summary = await reading.read();
    expect(summary.approximateTotal).toBeUndefined();
    expect(reading.sink.of("progress")).toEqual([[1, undefined]]);
  });

  test("raises an estimate that turns out too low", async () => {
    const reading = await aSiteReading(aJiraSite({ issues: issuesThatMoved(4, 0) }), { searchPageSize: 2 });
    reading.jira.disturb("approximate-count", { kind: "answer", status: 200, body: { count: 3 } });
    await reading.read();
    expect(reading.sink.of("progress")).toEqual([
      [2, 3],
      [4, 4],
    ]);
  });

  test("searches the next page while it fetches the changelog of this one, with two calls at once and never more", async () => {
    const issues = issuesThatMoved(8, 3);
    const reading = await aSiteReading(aJiraSite({ issues }), { searchPageSize: 2, changelogPageSize: 2 });
    reading.jira.disturb("", { kind: "slow", milliseconds: 20 }, 100);

    await reading.read();

    expect(reading.jira.mostAtOnce).toBe(2);
    // 6 histories a page of issues, 2 a changelog page: the search's next page comes among the first two of three.
    const order = reading.jira.requests.map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
    expect(order.slice(4, 6).sort()).toEqual(["bulkfetch", "jql"]);
    expect(order.filter((name) => name === "bulkfetch")).toHaveLength(12);
  });

  test("asks nothing more once the sink has had enough", async () => {
    const reading = await aSiteReading(aJiraSite({ issues: issuesThatMoved(9, 1) }), { searchPageSize: 1 });
    reading.sink.progress = () => {
      throw new RangeError("enough");
    };
    await expect(reading.read()).rejects.toThrow("enough");
    const asked = reading.jira.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(reading.jira.requests).toHaveLength(asked);
  });

  test("stops when the caller aborts", async () => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb("", { kind: "slow", milliseconds: 5_000 }, 100);
    await expect(reading.read({ signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(reading.sink.of("waiting")).toEqual([]);
  });

  test("signs in with a bearer token where no e-mail is given", async () => {
    const reading = await aSiteReading(aJiraSite());
    const bearer = await aSiteReading(aJiraSite(), { email: undefined });
    const summary = await bearer.read({ credentials: { token: TOKEN } });
    expect(summary.issueCount).toBe(1);
    await expect(reading.read({ credentials: { token: TOKEN } })).rejects.toMatchObject({ code: "SITE_UNAUTHORISED" });
  });

  test("reads a site behind a path, with or without a slash at its end", async () => {
    const reading = await aSiteReading(aJiraSite(), { contextPath: "/ex/jira/1234" });
    expect(await reading.read({ site: `${reading.jira.url}/ex/jira/1234` })).toMatchObject({ issueCount: 1 });
    expect(await reading.read({ site: `${reading.jira.url}/ex/jira/1234/` })).toMatchObject({ issueCount: 1 });
    expect(reading.jira.requests.every(({ path }) => path.startsWith("/ex/jira/1234/rest/api/3/"))).toBe(true);
  });
});

describe("the Flagged field", () => {
  test.each([
    ["found by its name", [FLAGGED_FIELD], ["customfield_10021"]],
    [
      "found by its untranslated name",
      [aCustomField("customfield_7", "Markiert", CHECKBOXES, "Flagged")],
      ["customfield_7"],
    ],
    [
      "not a text field that somebody named so",
      [aCustomField("customfield_8", "Flagged", { type: "string", custom: "x:textfield" })],
      [],
    ],
    ["not other checkboxes", [aCustomField("customfield_9", "Flags", CHECKBOXES)], []],
  ])("is %s", async (_case, customFields, expected) => {
    const histories = [
      aHistory(
        "1",
        "2026-09-07T08:00:00.000+0000",
        changed("customfield_7", { from: null, fromString: null, to: "[1]", toString: "Hindernis" }),
      ),
    ];
    const fields = { customfield_10021: undefined };
    const reading = await aSiteReading(aJiraSite({ issues: [anIssue(1, { fields, histories })], customFields }));
    const summary = await reading.read();
    expect(summary.flaggedFieldIds).toEqual(expected);
    expect(summary.historyCount).toBe(expected.includes("customfield_7") ? 1 : 0);
  });
});
