import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type AsanaInTest, aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { type AsanaReply, askAsana } from "../../support/asana/ask-asana.ts";
import type { FakeAsana } from "./fake-asana.ts";

const MINUTE = 60_000;

const list = z.object({
  data: z.array(z.looseObject({ gid: z.string() })),
  next_page: z.object({ offset: z.string() }).nullish(),
});

describe("opt_fields", () => {
  test("a list shows compact rows, and what is asked for on top of them", async () => {
    const { world, project, sections, asana } = await aFakeAsana();
    const task = world.createTask({ project, name: "Paint it" });
    const by = { gid: world.anyone, resource_type: "user" };
    const compact = {
      gid: task,
      resource_type: "task",
      resource_subtype: "default_task",
      name: "Paint it",
      created_by: by,
    };
    expect(await rows(asana.apiUrl, `/tasks?project=${project}`)).toEqual([compact]);
    const asked = await rows(asana.apiUrl, `/tasks?project=${project}&opt_fields=completed,memberships.section.name`);
    expect(asked).toEqual([
      {
        ...compact,
        completed: false,
        memberships: [{ section: { gid: sections.toDo, resource_type: "section", name: "To do" } }],
      },
    ]);
  });

  test("with the other dial only gid, type and what was asked for is shown, at every depth", async () => {
    const { world, project, sections, asana } = await aFakeAsana({ dials: { optFieldsAddToCompact: false } });
    const task = world.createTask({ project });
    const asked = await rows(
      asana.apiUrl,
      `/tasks?project=${project}&opt_fields=completed,memberships.section.name,memberships.project.name`,
    );
    expect(asked).toEqual([
      {
        gid: task,
        resource_type: "task",
        completed: false,
        memberships: [
          {
            project: { gid: project, resource_type: "project", name: "Orders" },
            section: { gid: sections.toDo, resource_type: "section", name: "To do" },
          },
        ],
      },
    ]);
  });

  test("minutes are shown only to who asks for them", async () => {
    const { world, project, asana } = await aFakeAsana();
    const task = world.createTask({ project });
    world.logTime(task, { minutes: 25, enteredOn: "2026-09-07" });
    world.logTime(task, { minutes: 5, enteredOn: "2026-09-08" });
    expect(await one(asana.apiUrl, `/tasks/${task}`)).not.toHaveProperty("actual_time_minutes");
    expect(await one(asana.apiUrl, `/tasks/${task}?opt_fields=actual_time_minutes`)).toMatchObject({
      actual_time_minutes: 30,
    });
  });

  test("lists of entries show task and created_at to who asks, unless the dial keeps them compact", async () => {
    const { world, project, asana } = await aFakeAsana();
    const task = world.createTask({ project });
    const entry = world.logTime(task, { minutes: 25, enteredOn: "2026-09-07" });
    const path = `/time_tracking_entries?attributable_to=${project}&opt_fields=task,created_at`;
    expect(await rows(asana.apiUrl, path)).toMatchObject([
      { gid: entry, task: { gid: task }, created_at: "2026-09-07T08:00:00.000Z" },
    ]);
    asana.dials.entryListsAreCompact = true;
    const [row] = await rows(asana.apiUrl, path);
    expect(Object.keys(row ?? {}).sort()).toEqual(
      ["gid", "resource_type", "duration_minutes", "entered_on", "attributable_to", "created_by", "categories"].sort(),
    );
  });
});

describe("paging", () => {
  test("goes on by opaque offsets and ends with null; without a limit there are no pages", async () => {
    const { world, project, asana } = await aFakeAsana();
    const tasks = [1, 2, 3, 4, 5].map(() => world.createTask({ project }));
    const pages: string[][] = [];
    let offset: string | undefined = "";
    while (offset !== undefined && pages.length < 9) {
      const from: string = offset === "" ? "" : `&offset=${offset}`;
      const page = list.parse((await askAsana(asana.apiUrl, `/tasks?project=${project}&limit=2${from}`)).json);
      pages.push(page.data.map(({ gid }) => gid));
      expect(page.next_page).not.toBeUndefined();
      offset = page.next_page?.offset;
    }
    expect(pages).toEqual([tasks.slice(0, 2), tasks.slice(2, 4), tasks.slice(4)]);
    expect((await askAsana(asana.apiUrl, `/tasks?project=${project}`)).json).not.toHaveProperty("next_page");
  });

  test("a row that is deleted between two pages makes no other row missing", async () => {
    const { world, project, asana } = await aFakeAsana();
    const [first = "", second = "", third = ""] = [1, 2, 3].map(() => world.createTask({ project }));
    const path = `/tasks?project=${project}&limit=2`;
    const page = list.parse((await askAsana(asana.apiUrl, path)).json);
    world.deleteTask(first);
    expect(page.data.map(({ gid }) => gid)).toEqual([first, second]);
    expect((await rows(asana.apiUrl, `${path}&offset=${page.next_page?.offset}`)).map(({ gid }) => gid)).toEqual([
      third,
    ]);
  });

  test("an offset is refused with 400 for another list, and once its time is over", async () => {
    const { clock, world, project, workspace, asana } = await aFakeAsana({
      dials: { offsetLifetimeMilliseconds: 5 * MINUTE },
    });
    const other = world.createProject(workspace);
    world.createTask({ project });
    world.createTask({ project });
    const path = `/tasks?project=${project}&limit=1`;
    const offset = list.parse((await askAsana(asana.apiUrl, path)).json).next_page?.offset;
    const elsewhere = `/tasks?project=${other}&limit=1&offset=${offset}`;
    expect((await askAsana(asana.apiUrl, elsewhere)).status).toBe(400);
    clock.advance(5 * MINUTE - 1);
    expect((await askAsana(asana.apiUrl, `${path}&offset=${offset}`)).status).toBe(200);
    clock.advance(1);
    expect((await askAsana(asana.apiUrl, `${path}&offset=${offset}`)).status).toBe(400);
    expect(asana.faults.of("offset expired")).toBe(2);
  });

  test.for(["0", "101", "-1", "1.5", "ten"])("a limit of %s is refused with 400", async (limit) => {
    const { project, asana } = await aFakeAsana({ isRefereed: false });
    expect((await askAsana(asana.apiUrl, `/tasks?project=${project}&limit=${limit}`)).status).toBe(400);
  });

  test.for(["1", "10", "99", "100"])("a limit of %s is taken", async (limit) => {
    const { project, asana } = await aFakeAsana();
    expect((await askAsana(asana.apiUrl, `/tasks?project=${project}&limit=${limit}`)).status).toBe(200);
  });
});

describe("modified_since", () => {
  const sees = async ({ project, asana }: AsanaInTest, since: string) =>
    (await rows(asana.apiUrl, `/tasks?project=${project}&modified_since=${since}`)).length === 1;
  const later = "2026-09-07T09:00:00Z";

  test("does not see a change of section, of project, or of time", async () => {
    const inTest = await aFakeAsana();
    const { clock, world, workspace, project, sections } = inTest;
    const task = world.createTask({ project });
    clock.advance(60 * MINUTE);
    world.moveToSection(task, sections.build);
    world.addToProject(task, world.createProject(workspace));
    world.logTime(task, { minutes: 10, enteredOn: "2026-09-07" });
    expect(await sees(inTest, later)).toBe(false);
    world.complete(task);
    expect(await sees(inTest, later)).toBe(true);
  });

  test("sees a change of time where the dial says so", async () => {
    const inTest = await aFakeAsana({ worldDials: { entriesMoveModifiedAt: true } });
    const { clock, world, project } = inTest;
    const task = world.createTask({ project });
    clock.advance(60 * MINUTE);
    world.logTime(task, { minutes: 10, enteredOn: "2026-09-07" });
    expect(await sees(inTest, later)).toBe(true);
  });
});

describe("what a caller may not have", () => {
  test("no token or a wrong one: 401", async () => {
    const { asana } = await aFakeAsana();
    expect((await askAsana(asana.apiUrl, "/workspaces", { token: "wrong" })).status).toBe(401);
  });

  test("without time tracking in the plan, time is 402, and so is asking a task for its minutes", async () => {
    const { world, project, asana } = await aFakeAsana({ dials: { hasTimeTracking: false } });
    const task = world.createTask({ project });
    const status = async (path: string) => (await askAsana(asana.apiUrl, path)).status;
    expect(await status(`/tasks/${task}/time_tracking_entries`)).toBe(402);
    expect(await status(`/time_tracking_entries?attributable_to=${project}`)).toBe(402);
    expect(await status("/time_tracking_entries/1209000000000001")).toBe(402);
    expect(await status(`/tasks?project=${project}&opt_fields=completed,actual_time_minutes`)).toBe(402);
    expect(await status(`/tasks/${task}?opt_fields=actual_time_minutes`)).toBe(402);
    expect(await status(`/tasks/${task}?opt_fields=completed`)).toBe(200);
    expect(await one(asana.apiUrl, `/tasks/${task}`)).not.toHaveProperty("actual_time_minutes");
  });

  test.for([403, 404, 451] as const)(
    "access that was taken away answers %i, lists leave it out, and it can come back",
    async (status) => {
      const { world, project, workspace, asana } = await aFakeAsana();
      const second = world.createProject(workspace);
      const task = world.createTask({ project });
      world.addToProject(task, second);
      const hidden = world.createTask({ project });
      world.revokeAccess(hidden, status);
      world.revokeAccess(second, status);
      expect((await askAsana(asana.apiUrl, `/tasks/${hidden}`)).status).toBe(status);
      expect((await askAsana(asana.apiUrl, `/tasks/${hidden}/stories`)).status).toBe(status);
      expect((await askAsana(asana.apiUrl, `/projects/${second}/sections`)).status).toBe(status);
      const seen = await rows(asana.apiUrl, `/tasks?project=${project}&opt_fields=memberships.project`);
      expect(seen).toMatchObject([{ gid: task, memberships: [{ project: { gid: project } }] }]);
      world.restoreAccess(hidden);
      expect((await askAsana(asana.apiUrl, `/tasks/${hidden}`)).status).toBe(200);
    },
  );

  test("a deleted task, its subtasks and entries are 404 and in no list, until it comes back", async () => {
    const { clock, world, project, asana } = await aFakeAsana();
    const task = world.createTask({ project });
    const subtask = world.createTask({ parent: task });
    const gone = world.createTask({ parent: task });
    const entry = world.logTime(subtask, { minutes: 15, enteredOn: "2026-09-07" });
    const statuses = async () =>
      Promise.all(
        [`/tasks/${task}`, `/tasks/${subtask}`, `/tasks/${gone}`, `/time_tracking_entries/${entry}`].map(
          async (path) => (await askAsana(asana.apiUrl, path)).status,
        ),
      );
    const entries = `/time_tracking_entries?attributable_to=${project}`;
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    world.deleteTask(gone);
    clock.advance(1);
    world.deleteTask(task);
    expect(await statuses()).toEqual([404, 404, 404, 404]);
    expect(await rows(asana.apiUrl, entries)).toEqual([]);
    world.undeleteTask(task);
    // The subtask that was deleted before stays deleted.
    expect(await statuses()).toEqual([200, 200, 404, 200]);
    expect(await rows(asana.apiUrl, entries)).toHaveLength(1);
  });
});

describe("limits", () => {
  test("requests a minute: the next is 429 with the seconds until one more fits, and counts too", async () => {
    const { clock, asana } = await aFakeAsana({ limitDials: { requestsAMinute: 3 } });
    const ask = () => retryAfter(asana.apiUrl);
    expect([await ask(), await ask(), await ask()]).toEqual([undefined, undefined, undefined]);
    clock.advance(20_000);
    expect(await ask()).toBe("40");
    clock.advance(40_000);
    // The three have gone out of the minute; the refused one is still in it.
    expect([await ask(), await ask(), await ask()]).toEqual([undefined, undefined, "20"]);
  });

  test("limits are per token", async () => {
    const { asana } = await aFakeAsana({ personalTokens: ["one", "two"], limitDials: { requestsAMinute: 1 } });
    const status = async (token: string) => (await askAsana(asana.apiUrl, "/workspaces", { token })).status;
    expect([await status("one"), await status("one"), await status("two")]).toEqual([200, 429, 200]);
  });

  test("50 reads may be in flight; the 51st is refused", async () => {
    const { asana } = await aFakeAsana();
    const statuses = await allAtOnce(asana, 51, () => askAsana(asana.apiUrl, "/workspaces"));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(asana.limits.mostReadsInFlight).toBe(50);
    expect((await askAsana(asana.apiUrl, "/workspaces")).status).toBe(200);
  });

  test("15 writes may be in flight; the 16th is refused", async () => {
    const { asana } = await aFakeAsana();
    const write = () => askAsana(asana.apiUrl, "/webhooks/1209000000000001", { method: "DELETE" });
    const statuses = await allAtOnce(asana, 16, write);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(asana.limits.mostWritesInFlight).toBe(15);
  });

  test("a storm refuses the next calls and is over then", async () => {
    const { asana } = await aFakeAsana();
    asana.limits.storm(2, 30);
    expect([await retryAfter(asana.apiUrl), await retryAfter(asana.apiUrl), await retryAfter(asana.apiUrl)]).toEqual([
      "30",
      "30",
      undefined,
    ]);
    expect(asana.faults.table).toEqual({ "call rate limited": 2 });
  });
});

describe("chaos in calls", () => {
  test("5xx: the call fails, sometimes although it was obeyed", async () => {
    const { asana } = await aFakeAsana({ chaosDials: { serverErrors: 1 } });
    const replies: AsanaReply[] = [];
    for (let asked = 0; asked < 8; asked += 1) replies.push(await askAsana(asana.apiUrl, "/workspaces"));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([500, 503]));
    expect(asana.faults.table).toEqual({ "call answered 5xx": 8 });
  });

  test("broken connections: the caller gets no answer", async () => {
    const { asana } = await aFakeAsana({ chaosDials: { brokenConnections: 1 } });
    await expect(askAsana(asana.apiUrl, "/workspaces")).rejects.toThrow();
    expect(asana.faults.table).toEqual({ "connection dropped": 1 });
  });

  test("a lagging list leaves out one row that is there, which its own address still shows", async () => {
    const { world, project, asana } = await aFakeAsana({ chaosDials: { laggingLists: 1 } });
    const tasks = [1, 2, 3].map(() => world.createTask({ project }));
    const seen = (await rows(asana.apiUrl, `/tasks?project=${project}&limit=100`)).map(({ gid }) => gid);
    const [missing = "", ...others] = tasks.filter((task) => !seen.includes(task));
    expect(others).toEqual([]);
    expect((await askAsana(asana.apiUrl, `/tasks/${missing}`)).status).toBe(200);
    expect(asana.faults.table).toEqual({ "list lagged": 1 });
  });
});

test("an Asana-Change header is sent where the dial has one", async () => {
  const { asana } = await aFakeAsana({ dials: { asanaChange: "name=new_gids;affected=true" } });
  const answer = await fetch(`${asana.apiUrl}/workspaces`, { headers: { authorization: "Bearer personal-token" } });
  expect(answer.headers.get("asana-change")).toBe("name=new_gids;affected=true");
});

async function rows(apiUrl: string, path: string): Promise<readonly { readonly gid: string }[]> {
  return list.parse((await askAsana(apiUrl, path)).json).data;
}

async function one(apiUrl: string, path: string): Promise<unknown> {
  return z.object({ data: z.unknown() }).parse((await askAsana(apiUrl, path)).json).data;
}

/** Statuses of calls of which none is answered before all have arrived. */
async function allAtOnce(asana: FakeAsana, calls: number, ask: () => Promise<AsanaReply>): Promise<readonly number[]> {
  const { promise: allAreHere, resolve } = Promise.withResolvers<void>();
  asana.dials.beforeAnswer = () => allAreHere;
  const replies = Array.from({ length: calls }, ask);
  await expect.poll(() => asana.requests.length, { timeout: 10_000 }).toBe(calls);
  resolve();
  return (await Promise.all(replies)).map(({ status }) => status);
}

/** Undefined when the call was not refused. */
async function retryAfter(apiUrl: string): Promise<string | undefined> {
  const answer = await fetch(`${apiUrl}/workspaces`, { headers: { authorization: "Bearer personal-token" } });
  return answer.status === 429 ? (answer.headers.get("retry-after") ?? "none") : undefined;
}
