import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aFakeJiraSite, type JiraInTest } from "../../support/jira/a-fake-jira-site.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const issuePage = z.object({
  issues: z.array(z.looseObject({ id: z.string(), fields: z.record(z.string(), z.unknown()).optional() })),
  nextPageToken: z.string().optional(),
  isLast: z.boolean(),
});

const value = z.string().nullable();
const changelogPage = z.object({
  issueChangeLogs: z.array(
    z.object({
      issueId: z.string(),
      changeHistories: z.array(
        z.object({
          id: z.string(),
          created: z.int(),
          author: z.looseObject({}),
          items: z.array(
            z.looseObject({ field: z.string(), from: value, fromString: value, to: value, toString: value }),
          ),
        }),
      ),
    }),
  ),
});

describe("the search", () => {
  test("finds by project, by id or key or among several, and by how long ago something changed", async () => {
    const site = await aFakeJiraSite();
    const { world, clock, project, statuses } = site;
    const other = world.createProject("SHOP");
    const early = world.createIssue({ project, status: statuses.toDo });
    clock.advance(2 * HOUR);
    const late = world.createIssue({ project, status: statuses.toDo });
    const elsewhere = world.createIssue({ project: other, status: statuses.toDo });
    clock.advance(10 * MINUTE);
    expect(await found(site, `project = ${project} ORDER BY id`)).toEqual([early, late]);
    expect(await found(site, "project in (PAY, SHOP) ORDER BY created ASC")).toEqual([early, late, elsewhere]);
    expect(await found(site, `project = PAY AND updated >= "-75m" ORDER BY updated ASC`)).toEqual([late]);
    expect(await found(site, `project = PAY AND updated >= "-130m"`)).toEqual([late, early]);
    expect(await found(site, `updated >= "-10m" ORDER BY id`)).toEqual([late, elsewhere]);
    world.moveStatus(early, statuses.build);
    expect(await found(site, "project = PAY ORDER BY updated ASC")).toEqual([late, early]);
  });

  test("refuses projects that are not there or closed to the caller, and what it does not understand", async () => {
    const { ask, jira, project } = await aFakeJiraSite();
    const statusOf = async (jql: string) => (await ask("search/jql", { body: { jql } })).status;
    expect(await statusOf("project = 1")).toBe(400);
    expect(await statusOf("project = PAY AND updated >= 2026-09-07")).toBe(400);
    expect(await statusOf("project = PAY ORDER BY rank")).toBe(400);
    expect(await statusOf("ORDER BY created")).toBe(400);
    expect(await statusOf("project = PAY")).toBe(200);
    jira.rights.closeToApp(project);
    expect(await statusOf("project = PAY")).toBe(400);
  });

  test("with a lag it shows an issue as it was, none that is new, and one that is gone; a reconciled one as it is", async () => {
    const site = await aFakeJiraSite({ dials: { searchLagMilliseconds: 30_000 } });
    const { world, clock, project, statuses, ask, jira } = site;
    const moved = world.createIssue({ project, status: statuses.toDo });
    const gone = world.createIssue({ project, status: statuses.toDo });
    clock.advance(MINUTE);
    world.moveStatus(moved, statuses.build);
    world.deleteIssue(gone);
    const fresh = world.createIssue({ project, status: statuses.toDo });
    clock.advance(29_999);
    const statusIn = async (more: object = {}) => {
      const body = { jql: "project = PAY ORDER BY id", fields: ["status"], ...more };
      const { issues } = issuePage.parse((await ask("search/jql", { body })).json);
      return issues.map(({ id, fields }) => [
        id,
        z.object({ status: z.object({ id: z.string() }) }).parse(fields).status.id,
      ]);
    };
    expect(await statusIn()).toEqual([
      [moved, statuses.toDo],
      [gone, statuses.toDo],
    ]);
    expect(await statusIn({ reconcileIssues: [Number(moved)] })).toEqual([
      [moved, statuses.build],
      [gone, statuses.toDo],
    ]);
    expect(jira.faults.of("search lagged")).toBe(5);
    clock.advance(1);
    expect(await statusIn()).toEqual([
      [moved, statuses.build],
      [fresh, statuses.toDo],
    ]);
  });

  test.for([
    [false, 3],
    [true, 2],
  ] as const)(
    "an issue that changes between two pages makes another missing only if pages go by number: %s",
    async ([searchPagesShift, expected]) => {
      const { world, clock, project, statuses, ask } = await aFakeJiraSite({
        dials: { searchPageSize: 1, searchPagesShift },
      });
      const ids = [1, 2, 3].map(() => {
        clock.advance(MINUTE);
        return world.createIssue({ project, status: statuses.toDo });
      });
      const body = { jql: "project = PAY ORDER BY updated ASC", fields: ["updated"] };
      const seen = new Set<string>();
      let nextPageToken: string | undefined;
      for (let page = 0; page < 9; page += 1) {
        const answer = issuePage.parse((await ask("search/jql", { body: { ...body, nextPageToken } })).json);
        for (const { id } of answer.issues) seen.add(id);
        if (answer.isLast) break;
        nextPageToken = answer.nextPageToken;
        clock.advance(MINUTE);
        if (page === 0) world.moveStatus(ids[0] ?? "", statuses.build);
      }
      expect(seen.size).toBe(expected);
    },
  );
});

describe("an issue", () => {
  test("is shown as it is, by id, key and a former key, with the fields that are asked for", async () => {
    const { world, project, statuses, ask } = await aFakeJiraSite({ dials: { searchLagMilliseconds: HOUR } });
    const other = world.createProject("SHOP");
    const issue = world.createIssue({ project, status: statuses.toDo });
    world.moveToProject(issue, other, statuses.build);
    for (const name of [issue, "PAY-1", "SHOP-1"]) {
      expect((await ask(`issue/${name}?fields=status,project`)).json).toMatchObject({
        id: issue,
        key: "SHOP-1",
        fields: { status: { id: statuses.build }, project: { id: other, key: "SHOP" } },
      });
    }
    const { json } = await ask(`issue/${issue}?fields=status`);
    expect(Object.keys(z.object({ fields: z.object({}).loose() }).parse(json).fields)).toEqual(["status"]);
    expect((await ask(`issue/${issue}?fields=statos`)).status).toBe(400);
    expect((await ask(`issue/${issue}?fields=status&expand=changelog`)).status).toBe(400);
  });

  test("answers 404 when it is deleted, and 404 or 403 when its project is closed to the app", async () => {
    const { world, project, statuses, ask, jira } = await aFakeJiraSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    const subtask = world.createIssue({ project, status: statuses.toDo, parent: issue });
    jira.rights.closeToApp(project);
    expect((await ask(`issue/${issue}`)).status).toBe(404);
    expect((await ask(`issue/${issue}/worklog`)).status).toBe(404);
    expect((await ask(`project/${project}`)).status).toBe(404);
    expect((await ask("project/search")).json).toMatchObject({ total: 0, isLast: true, values: [] });
    expect(await historiesOf(ask, [issue])).toEqual([]);
    jira.rights.closedStatus = 403;
    expect((await ask(`issue/${issue}`)).status).toBe(403);
    jira.rights.openToApp(project);
    expect((await ask(`issue/${issue}?fields=parent,issuetype`)).status).toBe(200);
    world.deleteIssue(issue);
    expect((await ask(`issue/${issue}`)).status).toBe(404);
    expect((await ask(`issue/${subtask}`)).status).toBe(404);
    expect((await ask(`project/${project}`)).json).toMatchObject({ id: project, key: "PAY", name: "Payments" });
  });

  test("carries twenty worklogs and their number; its list pages through them all", async () => {
    const { world, project, statuses, ask } = await aFakeJiraSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    const ids = Array.from({ length: 23 }, () => world.addWorklog({ issue, seconds: 60 }));
    const { json } = await ask(`issue/${issue}?fields=worklog`);
    const page = z.object({ total: z.int(), worklogs: z.array(z.looseObject({ id: z.string() })) });
    const embedded = z.object({ fields: z.object({ worklog: page }) }).parse(json).fields.worklog;
    expect([embedded.total, embedded.worklogs.length]).toEqual([23, 20]);
    const last = page.parse((await ask(`issue/${issue}/worklog?startAt=20&maxResults=5`)).json);
    expect(last.worklogs.map(({ id }) => id)).toEqual(ids.slice(20));
    expect(last.worklogs[0]).not.toHaveProperty("properties");
  });
});

describe("histories", () => {
  test("stand newest first in epoch milliseconds, whole, with their author and with ids that count up", async () => {
    const { world, clock, project, statuses, ask } = await aFakeJiraSite();
    const by = world.createPerson();
    const issue = world.createIssue({ project, status: statuses.toDo });
    world.assign(issue, by);
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.done, by);
    world.moveStatus(issue, statuses.build, by);
    world.flag(issue);
    const histories = await historiesOf(ask, [issue]);
    expect(
      histories.map(({ created, items }) => [created, items.map(({ field, from, to }) => [field, from, to])]),
    ).toEqual([
      [1_788_771_600_000, [["Flagged", "", "[10019]"]]],
      [
        1_788_771_600_000,
        [
          ["resolution", "10000", null],
          ["status", statuses.done, statuses.build],
        ],
      ],
      [
        1_788_771_600_000,
        [
          ["resolution", null, "10000"],
          ["status", statuses.toDo, statuses.done],
        ],
      ],
    ]);
    expect(histories[0]?.author).toMatchObject({ accountId: world.anyone });
    const ids = histories.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });

  test("tell a move to another project by Key and project, and a link by the key of what blocks", async () => {
    const { world, project, statuses, ask } = await aFakeJiraSite();
    const other = world.createProject("SHOP");
    const [issue, blocker] = [1, 2].map(() => world.createIssue({ project, status: statuses.toDo }));
    world.linkBlockedBy(issue ?? "", blocker ?? "");
    world.moveToProject(issue ?? "", other);
    world.unlinkBlockedBy(issue ?? "", blocker ?? "");
    const histories = await historiesOf(ask, [issue ?? ""]);
    const items = histories.flatMap((history) => history.items);
    expect(items.map((item) => [item.field, item.from, item.fromString, item.to, item.toString])).toEqual([
      ["Link", "PAY-2", "This issue is blocked by PAY-2", null, null],
      ["Key", null, "PAY-1", null, "SHOP-1"],
      ["project", project, "Payments", other, "Project SHOP"],
      ["Link", null, null, "PAY-2", "This issue is blocked by PAY-2"],
    ]);
  });

  test("say nothing of a change of workflows, and go on naming a status that is deleted", async () => {
    const { world, clock, project, statuses, ask } = await aFakeJiraSite();
    const old = world.createStatus("Triage", "new");
    const issue = world.createIssue({ project, status: old });
    world.moveStatus(issue, statuses.build);
    const before = world.issues.get(issue)?.state.updatedAt;
    clock.advance(HOUR);
    world.migrateWorkflow(project, new Map([[statuses.build, statuses.toDo]]));
    world.deleteStatus(old);
    expect(await historiesOf(ask, [issue])).toMatchObject([{ items: [{ fromString: "Triage", to: statuses.build }] }]);
    const status = z.array(z.looseObject({ name: z.string() })).parse((await ask("status")).json);
    expect(status.map(({ name }) => name)).toEqual(["To Do", "In Progress", "Done"]);
    const { json } = await ask(`issue/${issue}?fields=status`);
    expect(json).toMatchObject({ fields: { status: { id: statuses.toDo } } });
    expect(world.issues.get(issue)?.state.updatedAt).toBe(before);
    world.dials.migrationMovesUpdated = true;
    world.migrateWorkflow(project, new Map([[statuses.toDo, statuses.build]]));
    expect(world.issues.get(issue)?.state.updatedAt).toBe(clock.now());
  });
});

describe("worklogs", () => {
  const changed = z.object({
    values: z.array(z.looseObject({ worklogId: z.int(), updatedTime: z.int() })),
    since: z.int(),
    until: z.int(),
    lastPage: z.boolean(),
    nextPage: z.string().optional(),
  });

  test("updated ones come oldest first, by pages, without those of the last minute and before", async () => {
    const site = await aFakeJiraSite({ dials: { changedWorklogsPageSize: 2 } });
    const { world, clock, project, statuses, ask } = site;
    const issue = world.createIssue({ project, status: statuses.toDo });
    const start = clock.now();
    const ids = [1, 2, 3, 4].map(() => {
      clock.advance(30_000);
      return Number(world.addWorklog({ issue, seconds: 60 }));
    });
    const since = async (at: number) => changed.parse((await ask(`worklog/updated?since=${at}`)).json);
    // At two minutes: the first two are a minute old or more.
    expect((await since(0)).values.map(({ worklogId }) => worklogId)).toEqual(ids.slice(0, 2));
    clock.advance(HOUR);
    world.editWorklog(String(ids[0]), { seconds: 120 });
    clock.advance(MINUTE);
    const first = await since(start);
    expect(first).toMatchObject({ since: start, until: start + 90_000, lastPage: false });
    expect(first.values.map(({ worklogId }) => worklogId)).toEqual([ids[1], ids[2]]);
    const second = await since(first.until);
    expect(second.values.map(({ worklogId }) => worklogId)).toEqual([ids[3], ids[0]]);
    expect(second.lastPage).toBe(true);
    expect(await since(second.until)).toMatchObject({ values: [], until: second.until, lastPage: true });
  });

  test("a page grows by those that share its last instant, or they would be told never", async () => {
    const { world, clock, project, statuses, ask } = await aFakeJiraSite({ dials: { changedWorklogsPageSize: 2 } });
    const issue = world.createIssue({ project, status: statuses.toDo });
    for (let made = 0; made < 3; made += 1) world.addWorklog({ issue, seconds: 60 });
    clock.advance(MINUTE);
    const page = changed.parse((await ask("worklog/updated?since=0")).json);
    expect([page.values.length, page.lastPage]).toEqual([3, true]);
  });

  test("deleted ones are told; those of a deleted issue only where the dial says so", async () => {
    const { world, clock, project, statuses, ask } = await aFakeJiraSite();
    const logged = () => {
      const issue = world.createIssue({ project, status: statuses.toDo });
      return { issue, worklog: world.addWorklog({ issue, seconds: 60 }) };
    };
    const [first, second, third] = [logged(), logged(), logged()];
    world.deleteWorklog(first.worklog);
    world.deleteIssue(second.issue);
    world.dials.issueDeletionListsWorklogs = true;
    world.deleteIssue(third.issue);
    clock.advance(MINUTE - 1);
    expect(changed.parse((await ask("worklog/deleted?since=0")).json).values).toEqual([]);
    clock.advance(1);
    const { values } = changed.parse((await ask("worklog/deleted?since=0")).json);
    expect(values.map(({ worklogId }) => worklogId)).toEqual([Number(first.worklog), Number(third.worklog)]);
    const ids = [first, second, third].map(({ worklog }) => Number(worklog));
    expect((await ask("worklog/list", { body: { ids } })).json).toEqual([]);
  });

  test("show their properties only to who expands them", async () => {
    const { world, project, statuses, ask } = await aFakeJiraSite();
    const issue = world.createIssue({ project, status: statuses.toDo });
    const properties = new Map([["stageledger.entry", { id: "1" }]]);
    const worklog = world.addWorklog({ issue, seconds: 5400, properties });
    const body = { ids: [Number(worklog)] };
    const expected = { id: worklog, issueId: issue, timeSpentSeconds: 5400, timeSpent: "1h 30m" };
    const plain = z.array(z.looseObject({})).parse((await ask("worklog/list", { body })).json);
    expect(plain).toMatchObject([expected]);
    expect(plain[0]).not.toHaveProperty("properties");
    const shown = [{ ...expected, properties: [{ key: "stageledger.entry", value: { id: "1" } }] }];
    expect((await ask("worklog/list?expand=properties", { body })).json).toMatchObject(shown);
    expect((await ask(`issue/${issue}/worklog?expand=properties`)).json).toMatchObject({ worklogs: shown });
    expect((await ask("worklog/list", { body: { ids: Array.from({ length: 1001 }, (_, n) => n) } })).status).toBe(400);
  });
});

describe("places", () => {
  test("projects come by pages, the flag under the name that the site has for it", async () => {
    const { world, ask } = await aFakeJiraSite({ dials: { projectPageSize: 2, flagName: "Markiert" } });
    world.createProject("OPS");
    world.createProject("SHOP");
    expect((await ask("project/search?maxResults=50")).json).toMatchObject({
      startAt: 0,
      maxResults: 2,
      total: 3,
      isLast: false,
      values: [{ key: "OPS" }, { key: "PAY" }],
    });
    expect((await ask("project/search?startAt=2")).json).toMatchObject({ isLast: true, values: [{ key: "SHOP" }] });
    const fields = z.array(z.looseObject({ id: z.string() })).parse((await ask("field")).json);
    expect(fields.find(({ id }) => id === "customfield_10021")).toMatchObject({
      name: "Markiert",
      untranslatedName: "Flagged",
    });
  });
});

async function historiesOf(ask: JiraInTest["ask"], issueIdsOrKeys: readonly string[]) {
  const fieldIds = ["status", "resolution", "project", "Key", "Link", "customfield_10021"];
  const { json } = await ask("changelog/bulkfetch", { body: { issueIdsOrKeys, fieldIds, maxResults: 10_000 } });
  return changelogPage.parse(json).issueChangeLogs.flatMap(({ changeHistories }) => changeHistories);
}

async function found({ ask }: JiraInTest, jql: string): Promise<readonly string[]> {
  const page = issuePage.parse((await ask("search/jql", { body: { jql } })).json);
  return page.issues.map(({ id }) => id);
}
