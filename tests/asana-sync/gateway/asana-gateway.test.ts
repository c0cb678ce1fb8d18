import { StageledgerError } from "@stageledger/core";
import { describe, expect, it } from "vitest";
import type { TokenSource } from "../../../apps/asana-sync/src/asana/asana-calls.ts";
import type { AnnouncedChange } from "../../../apps/asana-sync/src/asana/asana-change.ts";
import { openGateway } from "../../../apps/asana-sync/src/asana/asana-gateway.ts";
import type { AsanaGateway } from "../../../apps/asana-sync/src/asana/gateway.ts";
import { ProcessLimiter } from "../../../apps/asana-sync/src/asana/process-limiter.ts";
import { realPacing } from "../../../packages/sync/src/pacing.ts";
import { Canaries } from "../../support/canaries.ts";
import { codedRejection, everythingIn } from "../../support/rejection.ts";
import { type Script, type ScriptedServer, scriptedServer } from "../../support/scripted-server.ts";
import { type VirtualPacing, virtualPacing } from "../../support/virtual-pacing.ts";

interface Opened extends ScriptedServer {
  readonly gateway: AsanaGateway;
  readonly pacing: VirtualPacing;
  readonly changes: readonly AnnouncedChange[];
}

interface Settings {
  readonly token?: TokenSource;
  readonly signal?: AbortSignal;
  readonly timeoutMilliseconds?: number;
}

/** A gateway on a server that answers as the script says. Waiting takes no real time. */
async function opened(script: Script, settings: Settings = {}): Promise<Opened> {
  const server = await scriptedServer(script);
  const pacing = virtualPacing("2026-09-07T10:00:00Z");
  const changes: AnnouncedChange[] = [];
  const gateway = openGateway({
    baseUrl: server.baseUrl,
    token: settings.token ?? (async () => "token-1"),
    limiter: new ProcessLimiter(pacing),
    pacing,
    signal: settings.signal ?? new AbortController().signal,
    timeoutMilliseconds: settings.timeoutMilliseconds ?? 5000,
    onChange: (change) => changes.push(change),
  });
  return { ...server, gateway, pacing, changes };
}

const refused = (status: number) => ({ status, body: { errors: [{ message: "zq999 was not happy" }] } });
const page = (rows: readonly unknown[], offset?: string) => ({
  body: { data: rows, next_page: offset === undefined ? null : { offset, path: "/x", uri: "https://x.example" } },
});
const section = (gid: string) => ({ gid, resource_type: "section", name: `Column ${gid}` });
const task = (gid: string) => ({ gid, created_at: "2026-09-01T08:00:00.000Z", completed: false });
const entry = (gid: string) => ({
  gid,
  duration_minutes: 30,
  entered_on: "2026-09-07",
  created_at: "2026-09-07T09:00:00.000Z",
  task: { gid: "70" },
});

describe("lists", () => {
  it("are read page by page to their end, also past an empty page", async () => {
    const { gateway, heard } = await opened((_, number) => {
      if (number === 1) return page([section("1"), section("2")], "after-2");
      if (number === 2) return page([], "after-nothing");
      return page([section("3")]);
    });
    expect((await gateway.listSections("5")).map(({ gid }) => gid)).toEqual(["1", "2", "3"]);
    expect(heard.map(({ path }) => path)).toEqual(Array(3).fill("/projects/5/sections"));
    expect(heard.map(({ query }) => query.offset)).toEqual([undefined, "after-2", "after-nothing"]);
    expect(heard.map(({ query }) => query.limit)).toEqual(["100", "100", "100"]);
  });

  it("never take the place in one list into the next", async () => {
    const { gateway, heard } = await opened((call) =>
      call.query.offset === undefined && call.path === "/projects/5/sections"
        ? page([section("1")], "half-way")
        : page([]),
    );
    await gateway.listSections("5");
    await gateway.listSections("6");
    await gateway.pageOfEntries("5", { from: "2026-09-01", to: "2026-09-07" }, "elsewhere");
    await gateway.listProjects("9");
    const places = heard.map(({ path, query }) => [path, query.offset]);
    expect(places).toEqual([
      ["/projects/5/sections", undefined],
      ["/projects/5/sections", "half-way"],
      ["/projects/6/sections", undefined],
      ["/time_tracking_entries", "elsewhere"],
      ["/projects", undefined],
    ]);
  });

  it("begin anew when Asana forgets the place, without a row of the first reading", async () => {
    const { gateway } = await opened((call, number) => {
      if (call.query.offset === "old") return refused(400);
      return number === 1 ? page([section("1"), section("2")], "old") : page([section("2"), section("3")]);
    });
    expect((await gateway.listSections("5")).map(({ gid }) => gid)).toEqual(["2", "3"]);
  });

  it("are given up when Asana forgets the place three times", async () => {
    const { gateway, heard } = await opened((call) =>
      call.query.offset === undefined ? page([section("1")], "old") : refused(400),
    );
    expect((await codedRejection(gateway.listSections("5"))).code).toBe("ASANA_OFFSET_EXPIRED");
    expect(heard).toHaveLength(6);
  });

  it("do not go round in circles", async () => {
    const { gateway, heard } = await opened(() => page([section("1")], "again"));
    expect((await codedRejection(gateway.listSections("5"))).code).toBe("ASANA_WRONG_SHAPE");
    expect(heard).toHaveLength(2);
  });

  it("of tasks and entries are handed out a page at a time, with the place of the next", async () => {
    const { gateway, heard } = await opened((call) =>
      call.path === "/tasks" ? page([task("7")], "tasks-2") : page([entry("8")], "entries-2"),
    );
    const since = Date.UTC(2026, 8, 7, 9, 30);
    const tasks = await gateway.pageOfTasks("5", { offset: "tasks-1", modifiedSince: since });
    const entries = await gateway.pageOfEntries("5", { from: "2026-09-01", to: "2026-09-07" }, "entries-1");
    expect([tasks.nextOffset, entries.nextOffset]).toEqual(["tasks-2", "entries-2"]);
    expect(heard[0]?.query).toMatchObject({
      project: "5",
      offset: "tasks-1",
      modified_since: "2026-09-07T09:30:00.000Z",
      limit: "100",
    });
    expect(heard[1]?.query).toMatchObject({
      attributable_to: "5",
      entered_on_start_date: "2026-09-01",
      entered_on_end_date: "2026-09-07",
      offset: "entries-1",
    });
  });

  it("say at a forgotten place of a single page that it is forgotten, and at another 400 that it is refused", async () => {
    const { gateway } = await opened(() => refused(400));
    expect((await codedRejection(gateway.pageOfTasks("5", { offset: "old" }))).code).toBe("ASANA_OFFSET_EXPIRED");
    expect((await codedRejection(gateway.pageOfTasks("5", {}))).code).toBe("ASANA_REFUSED");
  });
});

describe("what is not there", () => {
  it("is undefined for one thing and for what hangs on one task", async () => {
    const { gateway } = await opened(() => refused(404));
    const answers = await Promise.all([
      gateway.findProject("1"),
      gateway.findTask("1"),
      gateway.listStories("1"),
      gateway.listSubtasks("1"),
      gateway.listEntriesOfTask("1"),
      gateway.findEntry("1"),
      gateway.findWebhook("1"),
      gateway.deleteWebhook("1"),
    ]);
    expect(answers).toEqual(Array(8).fill(undefined));
  });

  it("is an error for what hangs on a project", async () => {
    const { gateway } = await opened(() => refused(404));
    const calls = [
      gateway.listProjects("1"),
      gateway.listSections("1"),
      gateway.listFieldSettings("1"),
      gateway.pageOfTasks("1", {}),
      gateway.pageOfEntries("1", { from: "2026-09-01", to: "2026-09-07" }, undefined),
      gateway.readEvents("1", "sync"),
      gateway.createWebhook("1", "https://hooks.example/1"),
      gateway.listWebhooks("1", "2"),
    ];
    const codes = await Promise.all(calls.map(async (call) => (await codedRejection(call)).code));
    expect(codes).toEqual(Array(8).fill("ASANA_NOT_FOUND"));
  });
});

describe("a refusal", () => {
  it.each([
    [400, "ASANA_REFUSED", 1],
    [401, "ASANA_UNAUTHORISED", 1],
    [402, "ASANA_PLAN", 1],
    [403, "ASANA_FORBIDDEN", 1],
    [409, "ASANA_REFUSED", 1],
    [429, "ASANA_RATE_LIMITED", 5],
    [451, "ASANA_LEGAL", 1],
    [500, "ASANA_UNREACHABLE", 5],
    [503, "ASANA_UNREACHABLE", 5],
  ])("of %i is %s after %i tries, and quotes neither Asana nor the token", async (status, code, tries) => {
    const { gateway, heard } = await opened(() => refused(status));
    const error = await codedRejection(gateway.listEntriesOfTask("4711"));
    expect(error.code).toBe(code);
    expect(heard).toHaveLength(tries);
    expect(error.next).toBeTruthy();
    const shown = everythingIn(error);
    expect(shown).not.toContain("zq999");
    expect(shown).not.toContain("token-1");
    expect(shown).not.toContain("4711");
    expect(error.message).toContain("GET /tasks/{task}/time_tracking_entries");
  });

  it("that passes is not noticed, and was waited for", async () => {
    const { gateway, pacing } = await opened((_, number) =>
      number < 3 ? refused(502) : { body: { data: task("7") } },
    );
    expect((await gateway.findTask("7"))?.gid).toBe("7");
    expect(pacing.waits).toEqual([1000, 2000]);
  });

  it("by the limit makes this and every other call wait for Retry-After", async () => {
    const { gateway, pacing, heard } = await opened((_, number) =>
      number === 1 ? { ...refused(429), headers: { "retry-after": "37" } } : { body: { data: task("7") } },
    );
    await gateway.findTask("7");
    expect(pacing.waits).toEqual([37_000]);
    expect(heard).toHaveLength(2);
  });

  it("without an answer is an error that says so", async () => {
    const { gateway } = await opened(() => "cut");
    const error = await codedRejection(gateway.findTask("7"));
    expect(error.code).toBe("ASANA_UNREACHABLE");
    expect(error.message).toContain("in 5 tries (GET /tasks/{task}): ECONNRESET.");
  });

  it("that breaks off in the middle of an answer is none, and is asked again", async () => {
    const { gateway, heard } = await opened((_, number) => (number === 1 ? "torn" : { body: { data: task("7") } }));
    expect((await gateway.findTask("7"))?.gid).toBe("7");
    expect(heard).toHaveLength(2);
  });

  it("by silence is an error after the time is over", async () => {
    const { gateway, heard } = await opened(() => "silence", { timeoutMilliseconds: 60 });
    const error = await codedRejection(gateway.findTask("7"));
    expect(error.code).toBe("ASANA_UNREACHABLE");
    expect(error.message).toContain("it did not answer in time");
    expect(heard).toHaveLength(5);
  });

  it("of the token renews it once, and asks again", async () => {
    const asked: (string | undefined)[] = [];
    const token: TokenSource = async (before) => {
      asked.push(before);
      return before === undefined ? "token-1" : "token-2";
    };
    const { gateway, heard } = await opened(
      (call) => (call.authorization === "Bearer token-2" ? { body: { data: task("7") } } : refused(401)),
      { token },
    );
    expect((await gateway.findTask("7"))?.gid).toBe("7");
    expect(asked).toEqual([undefined, "token-1"]);
    expect(heard.map(({ authorization }) => authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  it("of the renewed token too is an error", async () => {
    const token: TokenSource = async (before) => `${before ?? "token"}-renewed`;
    const { gateway, heard } = await opened(() => refused(401), { token });
    expect((await codedRejection(gateway.findTask("7"))).code).toBe("ASANA_UNAUTHORISED");
    expect(heard).toHaveLength(2);
  });
});

describe("an answer of another shape", () => {
  it.each([
    ["a field of another kind", { data: { ...task("7"), completed: "zq998" } }, "data.completed"],
    ["no date", { data: { ...task("7"), created_at: "zq998" } }, "data.created_at"],
    ["a number for an id, which would lose digits", { data: { ...task("7"), gid: 1_234 } }, "data.gid"],
    ["no data", { errors: [] }, "data"],
    ["nothing", {}, "its root"],
    ["no JSON", "<html>zq998</html>", "its root"],
  ])("(%s) is an error that names the place and quotes nothing", async (_, body, path) => {
    const headers: Record<string, string> = typeof body === "string" ? { "content-type": "text/html" } : {};
    const { gateway, heard } = await opened(() => ({ body, headers }));
    const error = await codedRejection(gateway.findTask("7"));
    expect(error.code).toBe("ASANA_WRONG_SHAPE");
    expect(error.message).toBe(`Asana answered GET /tasks/{task} in an unknown shape, at ${path}.`);
    expect(everythingIn(error)).not.toContain("zq998");
    expect(heard).toHaveLength(1);
  });

  it("that only calls itself JSON is no outage of the network", async () => {
    const { gateway } = await opened(() => ({ body: "{broken zq998" }));
    const error = await codedRejection(gateway.findTask("7"));
    expect(error.code).toBe("ASANA_WRONG_SHAPE");
    expect(everythingIn(error)).not.toContain("zq998");
  });
});

describe("the list of events", () => {
  it("answers with a first place when there is none yet, or it is unknown", async () => {
    const { gateway, heard } = await opened(() => ({ status: 412, body: { errors: [], sync: "fresh" } }));
    expect(await gateway.readEvents("5", undefined)).toEqual({ kind: "expired", sync: "fresh" });
    expect(await gateway.readEvents("5", "old")).toEqual({ kind: "expired", sync: "fresh" });
    expect(heard.map(({ query }) => [query.resource, query.sync])).toEqual([
      ["5", undefined],
      ["5", "old"],
    ]);
  });

  it("says whether there is more", async () => {
    const event = {
      action: "changed",
      created_at: "2026-09-07T09:00:00.000Z",
      resource: { gid: "7", resource_type: "task", name: "zq001" },
      parent: null,
      user: { gid: "1", name: "zq002" },
      change: { field: "assignee", new_value: { gid: "1", name: "zq003" } },
    };
    const { gateway } = await opened(() => ({ body: { data: [event], sync: "next", has_more: true } }));
    expect(await gateway.readEvents("5", "here")).toEqual({
      kind: "events",
      sync: "next",
      hasMore: true,
      events: [
        {
          action: "changed",
          created_at: Date.UTC(2026, 8, 7, 9),
          resource: { gid: "7", resource_type: "task" },
          parent: null,
        },
      ],
    });
  });

  it("without a fresh place after 412 is an answer that cannot be used", async () => {
    const { gateway } = await opened(() => ({ status: 412, body: { errors: [] } }));
    expect((await codedRejection(gateway.readEvents("5", "old"))).code).toBe("ASANA_WRONG_SHAPE");
  });
});

describe("webhooks", () => {
  it("are created with the project and the target, and bring their secret", async () => {
    const { gateway, heard } = await opened(() => ({
      status: 201,
      body: { data: { gid: "77", target: "https://hooks.example/1" }, "X-Hook-Secret": "s3cret" },
    }));
    const created = await gateway.createWebhook("5", "https://hooks.example/1");
    expect(created).toEqual({ gid: "77", secret: "s3cret" });
    expect(heard[0]?.method).toBe("POST");
    expect(JSON.parse(heard[0]?.body ?? "")).toEqual({ data: { resource: "5", target: "https://hooks.example/1" } });
  });

  it("are not created a second time where the first try may have succeeded", async () => {
    for (const answer of [refused(500), "cut"] as const) {
      const { gateway, heard } = await opened(() => answer);
      expect((await codedRejection(gateway.createWebhook("5", "https://hooks.example/1"))).code).toBe(
        "ASANA_UNREACHABLE",
      );
      expect(heard).toHaveLength(1);
    }
  });

  it("are created after a pause where Asana limits the token", async () => {
    const created = { status: 201, body: { data: { gid: "77" }, "X-Hook-Secret": "s3cret" } };
    const { gateway, heard } = await opened((_, number) => (number === 1 ? refused(429) : created));
    expect((await gateway.createWebhook("5", "https://hooks.example/1")).gid).toBe("77");
    expect(heard).toHaveLength(2);
  });

  it("are deleted, and it is tried again after an outage", async () => {
    const { gateway, heard } = await opened((_, number) => (number === 1 ? refused(500) : { body: { data: {} } }));
    await gateway.deleteWebhook("77");
    expect(heard.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(2).fill("DELETE /webhooks/77"));
  });

  it("are listed for one project of a workspace, with their health", async () => {
    const health = { gid: "77", active: true, last_success_at: "2026-09-07T09:00:00.000Z", delivery_retry_count: 2 };
    const { gateway, heard } = await opened(() => page([{ ...health, last_failure_content: "zq001" }]));
    const listed = await gateway.listWebhooks("9", "5");
    expect(listed).toEqual([{ ...health, last_success_at: Date.UTC(2026, 8, 7, 9) }]);
    expect(heard[0]?.query).toMatchObject({ workspace: "9", resource: "5" });
  });
});

describe("entries", () => {
  it("that a list shows without when they were made are looked up by themselves", async () => {
    const { created_at, task: on, ...compact } = entry("8");
    const { gateway, heard } = await opened((call) =>
      call.path === "/time_tracking_entries/8"
        ? { body: { data: { ...compact, created_at, task: on } } }
        : page([compact]),
    );
    const { rows } = await gateway.pageOfEntries("5", { from: "2026-09-01", to: "2026-09-07" }, undefined);
    expect(rows.map(({ task: of, created_at: at }) => [of?.gid, at])).toEqual([["70", Date.UTC(2026, 8, 7, 9)]]);
    expect(heard).toHaveLength(2);
  });

  it("of a task need no look-up where the list says when they were made", async () => {
    const { task: _, ...withoutTask } = entry("8");
    const { gateway, heard } = await opened(() => page([withoutTask]));
    expect((await gateway.listEntriesOfTask("70"))?.map(({ task: of }) => of)).toEqual([{ gid: "70" }]);
    expect(heard).toHaveLength(1);
  });

  it("that are gone at the look-up are left out", async () => {
    const { created_at: _, ...compact } = entry("8");
    const { gateway } = await opened((call) => (call.path.endsWith("/8") ? refused(404) : page([compact, entry("9")])));
    expect((await gateway.listEntriesOfTask("70"))?.map(({ gid }) => gid)).toEqual(["9"]);
  });
});

describe("what is asked for and kept", () => {
  it("is the fields that are used: nobody's name, text or rate is asked for", async () => {
    const { gateway, heard } = await opened((call) =>
      call.path === "/events" ? { status: 412, body: { sync: "fresh" } } : page([]),
    );
    await gateway.listWorkspaces();
    await gateway.listProjects("1");
    await gateway.listFieldSettings("1");
    await gateway.pageOfTasks("1", {});
    await gateway.listStories("1");
    await gateway.listEntriesOfTask("1");
    await gateway.listWebhooks("1", "2");
    await gateway.readEvents("1", undefined);
    expect(heard.map(({ query }) => query.opt_fields)).toEqual([
      "name",
      "name,archived",
      "custom_field.name,custom_field.resource_subtype,custom_field.enum_options.name",
      "created_at,modified_at,completed,completed_at,actual_time_minutes,num_subtasks,parent,memberships.project,memberships.section.name,custom_fields.enum_value",
      "created_at,resource_subtype,project,old_section.name,new_section.name,custom_field,old_enum_value.name,new_enum_value.name",
      "duration_minutes,entered_on,created_at,attributable_to,created_by,task,categories.name",
      "active,resource,target,last_success_at,last_failure_at,delivery_retry_count,failure_deletion_timestamp",
      "action,created_at,parent,resource",
    ]);
  });

  it("is never a person, whatever Asana sends along", async () => {
    const canaries = new Canaries();
    const person = (place: string) => ({
      gid: "31",
      name: canaries.plant(`${place} name`),
      email: canaries.plant(`${place} email`),
      photo: { image_60x60: canaries.plant(`${place} photo`) },
    });
    const rows: Readonly<Record<string, unknown>> = {
      "/projects": {
        gid: "5",
        name: "Payments",
        archived: false,
        owner: person("owner"),
        notes: canaries.plant("project notes"),
        current_status: { text: canaries.plant("status text"), author: person("status author") },
      },
      "/tasks": {
        ...task("7"),
        name: canaries.plant("task name"),
        notes: canaries.plant("task notes"),
        assignee: person("assignee"),
        completed_by: person("completed by"),
        followers: [person("follower")],
        parent: { gid: "6", name: canaries.plant("parent name") },
        memberships: [{ project: { gid: "5", name: canaries.plant("membership") }, section: section("3") }],
        custom_fields: [{ gid: "4", people_value: [person("people field")], text_value: canaries.plant("text field") }],
      },
      "/tasks/7/stories": {
        gid: "8",
        created_at: "2026-09-01T08:00:00.000Z",
        resource_subtype: "comment_added",
        text: canaries.plant("story text"),
        html_text: canaries.plant("story html"),
        created_by: person("story author"),
        assignee: person("story assignee"),
        new_people_value: [person("story people")],
      },
      "/tasks/7/time_tracking_entries": {
        ...entry("9"),
        description: canaries.plant("entry description"),
        created_by: person("entry author"),
        rate: canaries.plant("rate"),
        approver: person("approver"),
      },
      "/webhooks": {
        gid: "10",
        active: true,
        resource: { gid: "5", name: canaries.plant("webhook resource") },
        last_failure_content: canaries.plant("last failure"),
      },
    };
    const { gateway, changes } = await opened((call) => ({
      ...page([rows[call.path]]),
      headers: { "asana-change": `name=${canaries.plant("header")} x;affected=true` },
    }));
    const kept = [
      await gateway.listProjects("1"),
      await gateway.pageOfTasks("5", {}),
      await gateway.listStories("7"),
      await gateway.listEntriesOfTask("7"),
      await gateway.listWebhooks("1", "5"),
      changes,
    ];
    expect(canaries.foundIn(everythingIn(kept))).toEqual([]);
    expect(canaries.places.length).toBeGreaterThan(30);
  });

  it("keeps ids as the texts they are, also where a number would lose digits", async () => {
    const gid = "12345678901234567891";
    const { gateway, heard } = await opened(() => ({ body: { data: { ...task(gid), parent: { gid: `${gid}1` } } } }));
    const found = await gateway.findTask(gid);
    expect([found?.gid, found?.parent?.gid]).toEqual([gid, `${gid}1`]);
    expect(heard[0]?.path).toBe(`/tasks/${gid}`);
  });
});

describe("announced changes of the interface", () => {
  it("are told once each, in answers and refusals, and whether they affect us", async () => {
    const { gateway, changes } = await opened((_, number) => ({
      ...(number === 1 ? refused(500) : { body: { data: task("7") } }),
      headers: {
        "asana-change":
          "name=new_task_lists;info=https://asana.example/why;affected=true, name=string_ids;affected=false, name=plain",
      },
    }));
    await gateway.findTask("7");
    await gateway.findTask("7");
    expect(changes).toEqual([
      { name: "new_task_lists", affected: true },
      { name: "string_ids", affected: false },
      { name: "plain", affected: false },
    ]);
  });
});

describe("the end of the work", () => {
  it("ends a call that waits for an answer at once", async () => {
    const stopping = new AbortController();
    const { gateway, heard } = await opened(
      () => {
        setTimeout(() => stopping.abort(new Error("enough")), 10);
        return "silence";
      },
      { signal: stopping.signal },
    );
    const startedAt = realPacing.now();
    await expect(gateway.findTask("7")).rejects.toThrow("enough");
    expect(realPacing.now() - startedAt).toBeLessThan(3000);
    expect(heard).toHaveLength(1);
    await expect(gateway.findTask("7")).rejects.toThrow("enough");
    expect(heard).toHaveLength(1);
  });

  it("gives the limiter its place back, whatever became of the call", async () => {
    const { gateway } = await opened((_, number) => (number % 2 === 0 ? "cut" : refused(404)));
    for (let round = 0; round < 60; round += 1)
      await gateway.findTask("7").catch((error) => {
        if (!(error instanceof StageledgerError)) throw error;
      });
    expect(await gateway.findTask("7")).toBeUndefined();
  });
});
