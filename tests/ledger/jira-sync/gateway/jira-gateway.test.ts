import { describe, expect, it } from "vitest";
import { Canaries } from "../../../support/canaries.ts";
import { codedRejection } from "../../../support/rejection.ts";
import { aGateway } from "./a-gateway.ts";

const FIELDS = "created,updated,status,project,issuetype,parent,resolution,resolutiondate".split(",");
const absent = { status: 404, body: { errorMessages: ["It does not exist or you may not see it."], errors: {} } };

const worklog = (id: number, more: object = {}) => ({
  id: String(id),
  issueId: "10001",
  author: { accountId: "5b10" },
  started: "2026-09-07T09:00:00.000+0200",
  created: "2026-09-07T11:00:00.000+0200",
  updated: "2026-09-07T12:00:00.000+0200",
  timeSpentSeconds: 5400,
  ...more,
});
const readWorklog = (id: number) => ({
  id: String(id),
  issueId: "10001",
  account: "5b10",
  startedAt: Date.UTC(2026, 8, 7, 7),
  updatedAt: Date.UTC(2026, 8, 7, 10),
  seconds: 5400,
  isMirror: false,
});
const issue = (id: string) => ({ id, key: `PAY-${id}`, fields: { status: { id: "3", name: "Review" } } });
const history = (
  id: string,
  items: readonly object[] = [{ field: "status", fieldId: "status", from: "1", to: "3" }],
) => ({
  id,
  created: 1_788_768_000_000,
  items,
});

describe("issues", () => {
  it("are searched a page at a time, with the fields that count and nothing about people", async () => {
    const { gateway, heard, limiter } = await aGateway(() => ({
      body: { issues: [issue("1"), issue("2")], nextPageToken: "page-2", isLast: false },
    }));
    const page = await gateway.searchIssues('updated >= "-70m"', ["customfield_10021"], "page-1");
    expect(page).toEqual({ issues: [issue("1"), issue("2")], nextPageToken: "page-2" });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      method: "POST",
      path: "/ex/jira/1f2e/rest/api/3/search/jql",
      authorization: "Bearer token-1",
    });
    expect(JSON.parse(heard[0]?.body ?? "")).toEqual({
      jql: 'updated >= "-70m"',
      fields: [...FIELDS, "customfield_10021"],
      maxResults: 100,
      nextPageToken: "page-1",
    });
    expect(limiter).toMatchObject({ turns: 1, charges: [2] });
  });

  it.each([
    ["says so", { issues: [], isLast: true, nextPageToken: "left over" }],
    ["names no other", { issues: [] }],
    ["names none", { issues: [], nextPageToken: null }],
  ])("end with the page that %s", async (_case, body) => {
    const { gateway } = await aGateway(() => ({ body }));
    expect(await gateway.searchIssues("x", [])).toEqual({ issues: [], nextPageToken: undefined });
  });

  it.each([
    ["promise more without saying where", { issues: [], isLast: false }],
    ["go round in circles", { issues: [], nextPageToken: "page-1" }],
  ])("are not read on where the pages %s", async (_case, body) => {
    const { gateway } = await aGateway(() => ({ body }));
    expect((await codedRejection(gateway.searchIssues("x", [], "page-1"))).code).toBe("JIRA_WRONG_SHAPE");
  });

  it("are looked at one by one, as they are now", async () => {
    const { gateway, heard, limiter } = await aGateway(() => ({ body: issue("10001") }));
    expect(await gateway.findIssue("10001", ["customfield_10021"])).toEqual(issue("10001"));
    expect(heard[0]).toMatchObject({
      method: "GET",
      path: "/ex/jira/1f2e/rest/api/3/issue/10001",
      query: { fields: `${FIELDS.join(",")},customfield_10021` },
    });
    expect(limiter).toMatchObject({ turns: 1, charges: [1] });
  });

  it("are gone only where Jira itself says so: a gateway that does not know the site proves nothing", async () => {
    const { gateway } = await aGateway((_, number) =>
      number === 1 ? absent : { status: 404, body: { code: 404, message: "No message available" } },
    );
    expect(await gateway.findIssue("10001", [])).toBeUndefined();
    expect((await codedRejection(gateway.findIssue("10001", []))).code).toBe("JIRA_REFUSED");
  });

  it("are not taken for each other", async () => {
    const { gateway } = await aGateway(() => ({ body: issue("10002") }));
    expect((await codedRejection(gateway.findIssue("10001", []))).code).toBe("JIRA_WRONG_SHAPE");
  });
});

describe("histories", () => {
  it("are read to their last page, of the fields that count, and are there for issues without any", async () => {
    const { gateway, heard, limiter } = await aGateway((_, number) => ({
      body:
        number === 1
          ? {
              issueChangeLogs: [
                { issueId: "1", changeHistories: [history("91"), history("92")] },
                { issueId: "2", changeHistories: [history("93")] },
              ],
              nextPageToken: "page-2",
            }
          : { issueChangeLogs: [{ issueId: "2", changeHistories: [history("94")] }] },
    }));
    const histories = await gateway.readHistories(["1", "2", "3"], ["customfield_10021"]);
    expect([...histories].map(([id, all]) => [id, all.map((one) => one.id)])).toEqual([
      ["1", ["91", "92"]],
      ["2", ["93", "94"]],
      ["3", []],
    ]);
    expect(heard.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill("POST /ex/jira/1f2e/rest/api/3/changelog/bulkfetch"),
    );
    expect(JSON.parse(heard[1]?.body ?? "")).toEqual({
      issueIdsOrKeys: ["1", "2", "3"],
      fieldIds: ["status", "resolution", "project", "Key", "Link", "customfield_10021"],
      maxResults: 1000,
      nextPageToken: "page-2",
    });
    expect(limiter).toMatchObject({ turns: 2, charges: [3, 1] });
  });

  it("of no issue are no call", async () => {
    const { gateway, heard } = await aGateway(() => absent);
    expect(await gateway.readHistories([], [])).toEqual(new Map());
    expect(heard).toEqual([]);
  });

  it("of an issue that was not asked for are believed of none", async () => {
    const { gateway } = await aGateway(() => ({ body: { issueChangeLogs: [{ issueId: "zq", changeHistories: [] }] } }));
    const error = await codedRejection(gateway.readHistories(["1"], []));
    expect(error.code).toBe("JIRA_WRONG_SHAPE");
    expect(error.message).not.toContain("zq");
  });
});

describe("worklogs", () => {
  it("that changed are listed by id, with the place to go on from", async () => {
    const { gateway, heard, limiter } = await aGateway(({ path }) => ({
      body: path.endsWith("/updated")
        ? {
            values: [{ worklogId: 501, updatedTime: 2000 }, { worklogId: 502 }],
            since: 1000,
            until: 2000,
            lastPage: false,
          }
        : { values: [], since: 1000, lastPage: true },
    }));
    expect(await gateway.listUpdatedWorklogs(1000)).toEqual({ worklogIds: ["501", "502"], until: 2000, isLast: false });
    expect(await gateway.listDeletedWorklogs(1000)).toEqual({ worklogIds: [], until: 1000, isLast: true });
    expect(heard.map(({ method, path, query }) => [method, path, query])).toEqual([
      ["GET", "/ex/jira/1f2e/rest/api/3/worklog/updated", { since: "1000" }],
      ["GET", "/ex/jira/1f2e/rest/api/3/worklog/deleted", { since: "1000" }],
    ]);
    expect(limiter.charges).toEqual([2, 0]);
  });

  it("that changed are not listed on where the place stands still", async () => {
    const { gateway } = await aGateway(() => ({ body: { values: [{ worklogId: 1 }], until: 1000, lastPage: false } }));
    expect((await codedRejection(gateway.listUpdatedWorklogs(1000))).code).toBe("JIRA_WRONG_SHAPE");
  });

  it("are read by their ids, with the mark of those that our panel copied", async () => {
    const { gateway, heard, limiter } = await aGateway(() => ({
      body: [
        worklog(501),
        worklog(502, { properties: [{ key: "other" }, { key: "stageledger.entry" }] }),
        worklog(503, { properties: [{ key: "stageledger.entry.other" }], timeSpentSeconds: -60 }),
        worklog(504, { author: null, timeSpentSeconds: null }),
      ],
    }));
    expect(await gateway.readWorklogs(["501", "502", "503", "504"])).toEqual([
      readWorklog(501),
      { ...readWorklog(502), isMirror: true },
      { ...readWorklog(503), seconds: -60 },
      { ...readWorklog(504), account: undefined, seconds: 0 },
    ]);
    expect(heard[0]).toMatchObject({
      method: "POST",
      path: "/ex/jira/1f2e/rest/api/3/worklog/list",
      query: { expand: "properties" },
    });
    expect(JSON.parse(heard[0]?.body ?? "")).toEqual({ ids: [501, 502, 503, 504] });
    expect(limiter.charges).toEqual([4]);
  });

  it("of no id are no call", async () => {
    const { gateway, heard } = await aGateway(() => absent);
    expect(await gateway.readWorklogs([])).toEqual([]);
    expect(heard).toEqual([]);
  });

  it("of an issue are read to the last page, each once", async () => {
    const { gateway, heard, limiter } = await aGateway(({ query }) => ({
      body:
        query.startAt === "0"
          ? { startAt: 0, total: 3, worklogs: [worklog(1), worklog(2)] }
          : {
              startAt: 2,
              total: 3,
              worklogs: [worklog(2), worklog(3, { properties: [{ key: "stageledger.entry" }] })],
            },
    }));
    const worklogs = await gateway.listWorklogsOf("10001");
    expect(worklogs?.map(({ id, isMirror }) => [id, isMirror])).toEqual([
      ["1", false],
      ["2", false],
      ["3", true],
    ]);
    expect(heard.map(({ path, query }) => [path, query])).toEqual(
      ["0", "2"].map((startAt) => [
        "/ex/jira/1f2e/rest/api/3/issue/10001/worklog",
        { startAt, maxResults: "1000", expand: "properties" },
      ]),
    );
    expect(limiter.charges).toEqual([2, 2]);
  });

  it("of an issue that is gone are none, also when it goes while they are read", async () => {
    const { gateway } = await aGateway(() => absent);
    expect(await gateway.listWorklogsOf("10001")).toBeUndefined();
    const going = await aGateway((_, number) =>
      number === 1 ? { body: { total: 2, worklogs: [worklog(1)] } } : absent,
    );
    expect(await going.gateway.listWorklogsOf("10001")).toBeUndefined();
  });

  it("end with an empty page, whatever number it promises", async () => {
    const { gateway, heard } = await aGateway(() => ({ body: { total: 7, worklogs: [] } }));
    expect(await gateway.listWorklogsOf("10001")).toEqual([]);
    expect(heard).toHaveLength(1);
  });

  it.each([
    ["a date that is none", { started: "yesterday" }, "at 0.started"],
    ["half a second", { timeSpentSeconds: 0.5 }, "at 0.timeSpentSeconds"],
    ["no issue", { issueId: undefined }, "at 0.issueId"],
  ])("with %s are of an unknown shape", async (_case, more, where) => {
    const { gateway } = await aGateway(() => ({ body: [worklog(1, more)] }));
    const error = await codedRejection(gateway.readWorklogs(["1"]));
    expect(error.code).toBe("JIRA_WRONG_SHAPE");
    expect(error.message).toContain(where);
  });
});

describe("a site", () => {
  const project = (id: number) => ({ id: String(id), key: `P${id}`, name: `Project ${id}` });

  it("has its projects listed to the last page", async () => {
    const { gateway, heard, limiter } = await aGateway(({ query }) => ({
      body:
        query.startAt === "0" ? { values: [project(1), project(2)], total: 3 } : { values: [project(3)], isLast: true },
    }));
    expect(await gateway.listProjects()).toEqual([project(1), project(2), project(3)]);
    expect(heard.map(({ path, query }) => [path, query])).toEqual([
      ["/ex/jira/1f2e/rest/api/3/project/search", { startAt: "0", maxResults: "50" }],
      ["/ex/jira/1f2e/rest/api/3/project/search", { startAt: "2", maxResults: "50" }],
    ]);
    expect(limiter.charges).toEqual([2, 1]);
  });

  it("tells whether a project may still be browsed", async () => {
    const { gateway, heard } = await aGateway((_, number) => (number === 1 ? { body: project(7) } : absent));
    expect(await gateway.findProject("7")).toEqual(project(7));
    expect(await gateway.findProject("8")).toBeUndefined();
    expect(heard.map(({ path }) => path)).toEqual([
      "/ex/jira/1f2e/rest/api/3/project/7",
      "/ex/jira/1f2e/rest/api/3/project/8",
    ]);
  });

  it("has statuses, of which some are of a category that we know", async () => {
    const { gateway, heard } = await aGateway(() => ({
      body: [
        { id: "1", name: "Backlog", statusCategory: { id: 2, key: "new", name: "To Do" } },
        { id: "2", name: "Odd", statusCategory: { key: "undefined" } },
        { id: "3", name: "Bare" },
      ],
    }));
    expect(await gateway.listStatuses()).toEqual([
      { id: "1", name: "Backlog", category: "new" },
      { id: "2", name: "Odd", category: undefined },
      { id: "3", name: "Bare", category: undefined },
    ]);
    expect(heard[0]).toMatchObject({ method: "GET", path: "/ex/jira/1f2e/rest/api/3/status" });
  });

  it("has fields, of which some are the flag", async () => {
    const custom = "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes";
    const { gateway } = await aGateway(() => ({
      body: [
        { id: "status", name: "Status", schema: { type: "status" } },
        { id: "customfield_10021", name: "Flagged", schema: { type: "array", custom } },
      ],
    }));
    expect(await gateway.listFlagFields()).toEqual(["customfield_10021"]);
  });
});

describe("people", () => {
  const canaries = new Canaries();
  const person = (place: string) => ({
    accountId: canaries.plant(`${place}: account`),
    displayName: canaries.plant(`${place}: name`),
    emailAddress: canaries.plant(`${place}: e-mail`),
  });
  const told = (place: string) => ({ ...person(place), self: canaries.plant(`${place}: link`) });

  it("are dropped as the answer arrives, but for the account of a worklog's author", async () => {
    const { gateway } = await aGateway(({ path }) => {
      if (path.endsWith("/search/jql")) {
        return { body: { issues: [fullIssue("1")], names: told("names") } };
      }
      if (path.endsWith("/bulkfetch")) {
        const items = [
          { field: "status", fieldId: "status", from: "1", to: "2", tmpFromAccountId: canaries.plant("item: account") },
          { field: "assignee", fieldId: "assignee", from: canaries.plant("assignee: from"), to: null },
        ];
        const full = { ...history("91", items), author: person("history author"), historyMetadata: told("metadata") };
        return { body: { issueChangeLogs: [{ issueId: "1", changeHistories: [full] }] } };
      }
      if (path.endsWith("/worklog/list")) return { body: [fullWorklog("listed worklog")] };
      if (path.endsWith("/worklog")) return { body: { total: 1, worklogs: [fullWorklog("issue's worklog")] } };
      if (path.endsWith("/status"))
        return { body: [{ id: "1", name: "Backlog", description: canaries.plant("status") }] };
      const full = {
        id: "7",
        key: "PAY",
        name: "Payments",
        lead: person("lead"),
        description: canaries.plant("about"),
      };
      if (path.endsWith("/project/search")) return { body: { values: [full], isLast: true } };
      return { body: path.endsWith("/project/7") ? full : fullIssue("1") };
    });
    const seen = [
      await gateway.searchIssues("x", ["customfield_10021"]),
      await gateway.findIssue("1", ["customfield_10021"]),
      [...(await gateway.readHistories(["1"], []))],
      await gateway.readWorklogs(["501"]),
      await gateway.listWorklogsOf("1"),
      await gateway.listStatuses(),
      await gateway.listProjects(),
      await gateway.findProject("7"),
    ];
    expect(canaries.places.length).toBeGreaterThan(35);
    expect(canaries.foundIn(JSON.stringify(seen))).toEqual(["listed worklog: account", "issue's worklog: account"]);
  });

  function fullIssue(id: string) {
    const place = `issue ${id}`;
    const { fields } = issue(id);
    return {
      ...issue(id),
      self: canaries.plant(`${place}: self`),
      changelog: { histories: [{ author: person(`${place} changelog`) }] },
      fields: {
        ...fields,
        summary: canaries.plant(`${place}: summary`),
        assignee: person(`${place} assignee`),
        parent: { id: "9", key: "PAY-9", fields: { summary: canaries.plant(`${place}: parent's summary`) } },
        project: { id: "7", key: "PAY", name: "Payments", lead: person(`${place} lead`) },
        created: person(`${place} in the place of a date`),
        customfield_10021: [{ id: "1", value: "Impediment", self: canaries.plant(`${place}: flag`) }],
      },
    };
  }

  function fullWorklog(place: string) {
    const { accountId, ...others } = person(place);
    return worklog(501, {
      author: { accountId, ...others },
      updateAuthor: person(`${place} updater`),
      comment: { content: [{ text: canaries.plant(`${place}: comment`) }] },
      visibility: { value: canaries.plant(`${place}: role`) },
      properties: [{ key: "other", value: canaries.plant(`${place}: property`) }],
    });
  }
});
