import { expect, test } from "vitest";
import { aFakeJiraSite } from "../../support/jira/a-fake-jira-site.ts";
import { findJiraReferee } from "../../support/jira/jira-referee.ts";
import { describeWithReference } from "../../support/reference-dir.ts";
import type { Answer } from "./answer.ts";
import type { SpecReferee } from "./spec-referee.ts";

describeWithReference("the referee with Jira's own document", () => {
  test("judges every call that the ledger makes but two, and has nothing to object to the fake", async () => {
    const referee = getReferee();
    const { world, clock, project, statuses, ask, jira } = await aFakeJiraSite({ isRefereed: false, referee });
    const [by, admin] = [world.createPerson(), world.createPerson()];
    const issue = world.createIssue({ project, status: statuses.toDo, by });
    const blocker = world.createIssue({ project, status: statuses.toDo });
    world.createIssue({ project, status: statuses.toDo, parent: issue });
    world.linkBlockedBy(issue, blocker);
    world.moveStatus(issue, statuses.done);
    world.flag(issue);
    world.comment(issue, "Done");
    const worklog = world.addWorklog({ issue, seconds: 60, properties: new Map([["stageledger.entry", 1]]) });
    world.deleteWorklog(world.addWorklog({ issue, seconds: 60 }));
    world.deletePerson(admin);
    clock.advance(60_000);
    const jql = { jql: "project = PAY", fields: ["*all"] };
    const changes = { issueIdsOrKeys: [issue], fieldIds: ["status"] };
    const replies = [
      await ask("project/search?startAt=0&maxResults=50"),
      await ask(`project/${project}`),
      await ask("status"),
      await ask("field"),
      await ask(`issue/${issue}`),
      await ask(`issue/${issue}/worklog?startAt=0&maxResults=10&expand=properties`),
      await ask("worklog/updated?since=0"),
      await ask("worklog/deleted?since=0"),
      await ask("worklog/list?expand=properties", { body: { ids: [Number(worklog)] } }),
      await ask(`mypermissions?permissions=BROWSE_PROJECTS&issueId=${issue}`, { token: jira.tokens.giveUserToken(by) }),
      await ask("search/jql", { body: jql }),
      await ask("changelog/bulkfetch", { body: changes }),
    ];
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    for (const path of ["issue/1", "project/1", "mypermissions?permissions=FLY"]) {
      expect((await ask(path)).status).toBeGreaterThanOrEqual(400);
    }
    jira.limits.storm(1, 1);
    expect((await ask("status")).status).toBe(429);
    expect(referee.objections).toEqual([]);
    expect([...referee.notCovered].sort()).toEqual([
      "POST /rest/api/3/changelog/bulkfetch",
      "POST /rest/api/3/search/jql",
    ]);
    expect(referee.judged.size).toBe(10);
  });

  test("judges what a person writes from their browser: a worklog of their own, its change and its end", async () => {
    const referee = getReferee();
    const { world, project, statuses, ask, jira } = await aFakeJiraSite({ isRefereed: false, referee });
    const [by, other] = [world.createPerson(), world.createPerson()];
    const issue = world.createIssue({ project, status: statuses.toDo, by });
    const token = jira.tokens.giveUserToken(by);
    const properties = [{ key: "stageledger.entry", value: { minutes: 30 } }];
    const written = { timeSpentSeconds: 1800, started: "2026-09-07T12:00:00.000+0200", properties };
    const path = `issue/${issue}/worklog`;
    const made = await ask(`${path}?notifyUsers=false&adjustEstimate=leave`, { token, body: written });
    expect(made).toMatchObject({ status: 201, json: { timeSpentSeconds: 1800, author: { accountId: by } } });
    const [worklog] = world.worklogsOf(issue);
    expect(worklog).toMatchObject({
      startedAt: Date.parse("2026-09-07T10:00Z"),
      properties: new Map([["stageledger.entry", { minutes: 30 }]]),
    });
    const own = `${path}/${worklog?.id}?notifyUsers=false&adjustEstimate=leave`;
    expect((await ask(own, { token, method: "PUT", body: { timeSpentSeconds: 60 } })).status).toBe(200);
    expect(world.worklogsOf(issue)).toMatchObject([{ seconds: 60, properties: worklog?.properties }]);
    const stranger = { token: jira.tokens.giveUserToken(other) };
    expect((await ask(own, { ...stranger, method: "DELETE" })).status).toBe(400);
    expect((await ask(path, { body: written })).status).toBe(400);
    expect((await ask(path, { token, body: { ...written, started: "2026-09-07T12:00:00+02:00" } })).status).toBe(400);
    jira.dials.closedIssues.add(issue);
    expect((await ask(own, { token, method: "DELETE" })).status).toBe(400);
    jira.dials.closedIssues.clear();
    jira.rights.letLogWork(by, project, false);
    expect((await ask(path, { token, body: written })).status).toBe(400);
    jira.rights.letLogWork(by, project);
    expect((await ask(own, { token, method: "DELETE" })).status).toBe(204);
    expect(world.worklogsOf(issue)).toEqual([]);
    expect((await ask(own, { token, method: "DELETE" })).status).toBe(404);
    expect(referee.objections).toEqual([]);
    expect([...referee.judged].sort()).toEqual([
      "DELETE /rest/api/3/issue/{issueIdOrKey}/worklog/{id}",
      "POST /rest/api/3/issue/{issueIdOrKey}/worklog",
      "PUT /rest/api/3/issue/{issueIdOrKey}/worklog/{id}",
    ]);
  });

  test.for<[string, string, object | undefined, string]>([
    ["GET", "/rest/api/3/tusks", undefined, "is not in the document"],
    ["POST", "/rest/api/3/status", undefined, "is not in the document"],
    ["GET", "/rest/api/3/worklog/updated?from=1", undefined, "unknown parameter from"],
    ["POST", "/rest/api/3/worklog/list", { ids: ["1"] }, "must be integer"],
    ["POST", "/rest/api/3/worklog/list", {}, "must have required property 'ids'"],
    ["POST", "/rest/api/3/worklog/list", { ids: [1], since: 1 }, "must NOT have additional properties"],
  ])("objects to a request %s %s %j", ([method, address, body, objection]) => {
    const answer = { status: 200, json: address.includes("updated") ? {} : [] };
    expect(objections(method, address, answer, body)).toEqual([expect.stringContaining(objection)]);
  });

  const OF_ISSUE = "/rest/api/3/issue/1/worklog";
  test.for<[string, string, object | undefined, Answer, string]>([
    ["POST", `${OF_ISSUE}?notify=false`, {}, { status: 201, json: {} }, "unknown parameter notify"],
    ["POST", OF_ISSUE, { started: 1 }, { status: 201, json: {} }, "must be string"],
    ["POST", OF_ISSUE, {}, { status: 200, json: {} }, "200, which the document does not know"],
    ["PUT", `${OF_ISSUE}/2`, { timeSpentSeconds: "1h" }, { status: 200, json: {} }, "must be integer"],
    ["DELETE", `${OF_ISSUE}/2`, undefined, { status: 204, json: {} }, "a body where there is none"],
  ])("objects to a write %s %s %j answered with %j", ([method, address, body, answer, objection]) => {
    expect(objections(method, address, answer, body)).toEqual([expect.stringContaining(objection)]);
  });

  test.for<[string, Answer, string]>([
    ["/rest/api/3/status", { status: 200, json: [{ id: 3 }] }, "must be string"],
    ["/rest/api/3/project/search", { status: 200, json: { values: [{ id: "1", colour: 1 }] } }, "colour"],
    ["/rest/api/3/issue/1", { status: 200, json: { id: 1 } }, "must be string"],
    ["/rest/api/3/issue/1", { status: 200, json: { fields: { creator: { mail: "x" } } } }, "creator"],
    ["/rest/api/3/issue/1/worklog", { status: 200, json: { worklogs: [{ id: 1 }] } }, "must be string"],
    ["/rest/api/3/worklog/updated", { status: 200, json: { values: [{ worklogId: "1" }] } }, "must be integer"],
    [
      "/rest/api/3/mypermissions",
      { status: 200, json: { permissions: { A: { havePermission: 1 } } } },
      "must be boolean",
    ],
    ["/rest/api/3/issue/1", { status: 404, json: { message: "gone" } }, "message"],
  ])("objects to a reply of %s: %j", ([path, answer, objection]) => {
    expect(objections("GET", path, answer)).toEqual([expect.stringContaining(objection)]);
  });
});

describeWithReference(
  "search/jql and changelog/bulkfetch, which the document lacks: refereed by our own schemas",
  () => {
    const SEARCH = "/rest/api/3/search/jql";
    const CHANGES = "/rest/api/3/changelog/bulkfetch";
    const page = (issue: object): Answer => ({ status: 200, json: { issues: [issue], isLast: true } });
    const histories = (history: object): Answer => ({
      status: 200,
      json: { issueChangeLogs: [{ issueId: "1", changeHistories: [history] }], nextPageToken: null },
    });
    const good = { jql: "project = PAY" };
    const history = { id: "1", author: { accountId: "a" }, created: 1, items: [] };

    test("lets pass what is right", () => {
      expect(objections("POST", SEARCH, page({ id: "1", fields: {} }), good)).toEqual([]);
      expect(objections("POST", CHANGES, histories(history), { issueIdsOrKeys: ["1"] })).toEqual([]);
    });

    test.for<[string, Answer, object, string]>([
      [SEARCH, page({ id: "1" }), { ...good, startAt: 0 }, "startAt"],
      [SEARCH, page({ id: "1" }), { ...good, maxResults: 5001 }, "/maxResults"],
      [SEARCH, page({ id: "1", fields: { status: { id: 3 } } }), good, "status: /id must be string"],
      [SEARCH, page({ id: "1", colour: 1 }), good, "colour"],
      [SEARCH, { status: 200, json: { issues: [] } }, good, "/isLast"],
      [CHANGES, histories(history), { issueIdsOrKeys: [] }, "/issueIdsOrKeys"],
      [CHANGES, histories({ ...history, created: "2026-09-07" }), { issueIdsOrKeys: ["1"] }, "/created"],
      [CHANGES, histories({ ...history, items: [{ field: "status" }] }), { issueIdsOrKeys: ["1"] }, "/items"],
    ])("objects to %s: %j, asked with %j", ([path, answer, body, objection]) => {
      expect(objections("POST", path, answer, body).join("\n")).toContain(objection);
    });
  },
);

function objections(method: string, address: string, answer: Answer, body?: object): readonly string[] {
  const referee = getReferee();
  const [path = "", query] = address.split("?");
  referee.judge({ method, path, query: new URLSearchParams(query), body }, answer);
  return referee.objections;
}

function getReferee(): SpecReferee {
  const referee = findJiraReferee();
  if (referee === undefined) throw new Error("The reference folder has no document of Jira's.");
  return referee;
}
