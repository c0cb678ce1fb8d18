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

async function found({ ask }: JiraInTest, jql: string): Promise<readonly string[]> {
  const page = issuePage.parse((await ask("search/jql", { body: { jql } })).json);
  return page.issues.map(({ id }) => id);
}
