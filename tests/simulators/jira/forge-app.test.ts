import { jiraEvent } from "@stageledger/core/contract/jira-events";
import { ROUTES } from "@stageledger/core/contract/routes";
import { eventsRequest } from "@stageledger/core/contract/service-calls";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { aFakeJiraSite, type JiraInTest } from "../../support/jira/a-fake-jira-site.ts";
import { aLedgerEar, type LedgerEar } from "../../support/jira/a-ledger-ear.ts";
import { APP_ID, type FakeForge, startFakeForge } from "../forge/fake-forge.ts";
import type { ChaosDials } from "./chaos.ts";
import { ForgeApp, type ForgeAppDials } from "./forge-app.ts";
import { LEDGER_PATHS } from "./ledger-paths.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const INSTALLATION = "ari:cloud:ecosystem::installation/1";

/** One for all tests, since keys take long to make; it tells the time of the test that runs. */
let now = () => 0;
let forge: FakeForge;
beforeAll(async () => {
  forge = await startFakeForge(() => now());
});
afterAll(() => forge.close());

const pushed = z.object({ events: z.array(jiraEvent) });

describe("what the app brings", () => {
  test("each change of an issue or a worklog, stripped to ids, and its instant where the dial says that Jira tells it", async () => {
    const { app, ear, world, clock, project, statuses } = await anInstalledApp({ tellsTime: true });
    const at = clock.now();
    const issue = world.createIssue({ project, status: statuses.toDo });
    world.moveStatus(issue, statuses.build);
    const worklog = world.addWorklog({ issue, seconds: 60 });
    world.deleteWorklog(worklog);
    world.deleteIssue(issue);
    expect(await app.deliverDue()).toBe(1);
    expect(eventsIn(ear)).toEqual([
      { what: "issue", action: "created", issue, at },
      { what: "issue", action: "updated", issue, at },
      { what: "worklog", action: "created", worklog, issue, at },
      { what: "issue", action: "updated", issue, at },
      { what: "worklog", action: "deleted", worklog, issue, at },
      { what: "issue", action: "updated", issue, at },
      { what: "issue", action: "deleted", issue, at },
    ]);
    expect(await app.deliverDue()).toBe(0);
    app.dials.tellsTime = false;
    ear.heard.length = 0;
    const second = world.createIssue({ project, status: statuses.toDo });
    await app.deliverDue();
    expect(eventsIn(ear)).toEqual([{ what: "issue", action: "created", issue: second }]);
  });

  test("a deleted account by its id alone, and nothing of a change of workflows", async () => {
    const { app, ear, world, project, statuses } = await anInstalledApp();
    world.createIssue({ project, status: statuses.toDo });
    await app.deliverDue();
    ear.heard.length = 0;
    const account = world.createPerson();
    world.migrateWorkflow(project, new Map([[statuses.toDo, statuses.build]]));
    world.deletePerson(account);
    await app.deliverDue();
    expect(eventsIn(ear)).toEqual([{ what: "user", action: "deleted", account }]);
  });

  test("a token of Forge's that names the site and no person, and the app's own token, which Jira takes", async () => {
    const { app, ear, jira, world, clock, project, statuses } = await anInstalledApp();
    world.createIssue({ project, status: statuses.toDo });
    await app.deliverDue();
    const [call] = ear.heard;
    const keys = createRemoteJWKSet(new URL(forge.keysUrl));
    const token = call?.authorization.replace("Bearer ", "") ?? "";
    const { payload } = await jwtVerify(token, keys, { audience: APP_ID, currentDate: new Date(clock.now()) });
    expect(payload).toMatchObject({ app: { installationId: INSTALLATION, apiBaseUrl: jira.apiBaseUrl } });
    expect(payload).not.toHaveProperty("principal");
    const answer = await fetch(`${jira.apiBaseUrl}/rest/api/3/status`, {
      headers: { authorization: `Bearer ${call?.systemToken}` },
    });
    expect(answer.status).toBe(200);
  });

  test("at most 50 events a push, under payload where the dial says so, or each whole and alone", async () => {
    const { app, ear, world, project, statuses } = await anInstalledApp();
    const create = () => world.createIssue({ project, status: statuses.toDo });
    for (let made = 0; made < 51; made += 1) create();
    expect(await app.deliverDue()).toBe(2);
    expect(ear.heard.map(({ body }) => pushed.parse(JSON.parse(body)).events.length)).toEqual([50, 1]);

    ear.heard.length = 0;
    app.dials.wrapsBody = true;
    create();
    await app.deliverDue();
    expect(JSON.parse(ear.heard[0]?.body ?? "")).toMatchObject({ payload: { events: [{ what: "issue" }] } });

    ear.heard.length = 0;
    app.dials.wrapsBody = false;
    app.dials.stripsEvents = false;
    const last = create();
    create();
    expect(await app.deliverDue()).toBe(2);
    expect(JSON.parse(ear.heard[0]?.body ?? "")).toMatchObject({
      eventType: "avi:jira:created:issue",
      issue: { id: last, fields: { reporter: { displayName: world.people.get(world.anyone)?.displayName } } },
    });
    for (const { body } of ear.heard) expect(eventsRequest.safeParse(JSON.parse(body)).success).toBe(true);
  });

  test("not a word of anybody, unless it does not strip", async () => {
    const { app, ear, world, project, statuses } = await anInstalledApp();
    const by = world.createPerson();
    const issue = world.createIssue({ project, status: statuses.toDo, by });
    world.addWorklog({ issue, seconds: 60, by });
    await app.deliverDue();
    const stripped = JSON.stringify(ear.heard.map(({ body }) => body));
    expect(world.personalTexts().filter((text) => stripped.includes(text))).toEqual([]);
    app.dials.stripsEvents = false;
    world.rename(issue, "Ask Zoë");
    world.addWorklog({ issue, seconds: 60, by });
    await app.deliverDue();
    const whole = JSON.stringify(ear.heard.map(({ body }) => JSON.parse(body)));
    expect(whole).toContain("Ask Zoë");
    expect(whole).toContain(by);
  });

  test("nothing of a project that is closed to it", async () => {
    const { app, ear, jira, world, project, statuses } = await anInstalledApp();
    const issue = world.createIssue({ project, status: statuses.toDo });
    await app.deliverDue();
    ear.heard.length = 0;
    jira.rights.closeToApp(project);
    world.moveStatus(issue, statuses.done);
    world.addWorklog({ issue, seconds: 60 });
    expect(await app.deliverDue()).toBe(0);
  });

  test("a token each hour, and whether it is installed", async () => {
    const { app, ear, jira, clock, world, project, statuses } = await anInstalledApp();
    expect(app.nextDueAt()).toBe(clock.now() + HOUR);
    clock.advance(HOUR - 1);
    expect(await app.deliverDue()).toBe(0);
    clock.advance(1);
    expect(await app.deliverDue()).toBe(1);
    expect(ear.heard).toMatchObject([{ path: "/forge/v1/site-token", body: "{}" }]);
    world.createIssue({ project, status: statuses.toDo });
    await app.uninstall();
    expect(ear.heard.at(-1)).toMatchObject({ path: "/forge/v1/installation", body: '{"action":"uninstalled"}' });
    expect(jira.tokens.callerOf(ear.heard.at(-1)?.systemToken ?? "")).toBeUndefined();
    world.createIssue({ project, status: statuses.toDo });
    expect([await app.deliverDue(), app.waiting, app.nextDueAt()]).toEqual([0, 0, undefined]);
    ear.heard.length = 0;
    await app.install();
    expect(ear.heard.map(({ path, body }) => [path, body])).toEqual([
      ["/forge/v1/installation", '{"action":"installed"}'],
      ["/forge/v1/site-token", "{}"],
    ]);
  });

  test("it calls where the contract says", () => {
    const { tellEvents, bringSiteToken, tellInstallation } = ROUTES;
    expect(LEDGER_PATHS).toEqual({
      events: tellEvents.path,
      siteToken: bringSiteToken.path,
      installation: tellInstallation.path,
    });
  });
});

describe("what goes wrong on the way", () => {
  test.for<[LedgerEar["status"]]>([["drop"], [500], [503], [429]])(
    "is tried again after one, two, four and eight minutes on %s, and then given up",
    async ([status]) => {
      const { app, ear, jira, clock, world, project, statuses } = await anInstalledApp();
      ear.status = status;
      const issue = world.createIssue({ project, status: statuses.toDo });
      const waits: number[] = [];
      for (let tries = 0; tries < 9 && app.waiting > 0; tries += 1) {
        await app.deliverDue();
        waits.push(((app.waiting > 0 ? app.nextDueAt() : clock.now()) ?? 0) - clock.now());
        clock.advanceTo(app.waiting > 0 ? (app.nextDueAt() ?? 0) : 0);
      }
      expect(waits).toEqual([MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 0]);
      expect(eventsIn(ear)).toHaveLength(5);
      expect(eventsIn(ear).every((event) => event.what === "issue" && event.issue === issue)).toBe(true);
      expect(jira.faults.table).toEqual({ "push failed": 5, "event given up": 1 });
    },
  );

  test("what the ledger refuses is not tried again", async () => {
    const { app, ear, jira, world, project, statuses } = await anInstalledApp();
    ear.status = 400;
    world.createIssue({ project, status: statuses.toDo });
    await app.deliverDue();
    expect([app.waiting, jira.faults.table]).toEqual([0, { "events refused": 1 }]);
  });

  test("a ledger that is away for five minutes misses nothing, nor does one that comes back elsewhere", async () => {
    const { app, ear, clock, world, project, statuses } = await anInstalledApp();
    const issue = world.createIssue({ project, status: statuses.toDo });
    ear.status = "drop";
    await app.deliverDue();
    const elsewhere = await aLedgerEar();
    app.dials.ledgerUrl = elsewhere.url;
    clock.advance(5 * MINUTE);
    await app.deliverDue();
    expect(eventsIn(elsewhere)).toMatchObject([{ issue }]);
  });

  test("events are dropped or too large and come never, or are doubled and come twice, as the dials say", async () => {
    const counts = async (dials: Partial<ChaosDials>) => {
      const { app, ear, jira, world, project, statuses } = await anInstalledApp({}, dials);
      for (let made = 0; made < 100; made += 1) world.createIssue({ project, status: statuses.toDo });
      await app.deliverDue();
      return [eventsIn(ear).length, jira.faults.table];
    };
    expect(await counts({ dropped: 1 })).toEqual([0, { "event dropped": 100 }]);
    expect(await counts({ oversized: 1 })).toEqual([0, { "event oversized": 100 }]);
    expect(await counts({ duplicated: 1 })).toEqual([200, { "event duplicated": 100 }]);
    const [arrived, faults] = await counts({ dropped: 0.3 });
    const { "event dropped": dropped } = z.object({ "event dropped": z.int().min(15).max(45) }).parse(faults);
    expect(arrived).toBe(100 - dropped);
  });

  test("events come in another order, late, or again because the answer was lost", async () => {
    const { app, ear, jira, clock, world, project, statuses } = await anInstalledApp();
    const create = () => world.createIssue({ project, status: statuses.toDo });
    jira.chaos.dials.reordered = 1;
    const ids = Array.from({ length: 20 }, create);
    await app.deliverDue();
    const order = eventsIn(ear).map((event) => (event.what === "issue" ? event.issue : ""));
    expect(order).not.toEqual(ids);
    expect(order.toSorted()).toEqual(ids.toSorted());

    jira.chaos.dials.delayed = 1;
    create();
    const early = await app.deliverDue();
    clock.advance(10 * MINUTE);
    const late = await app.deliverDue();
    expect([early, late]).toEqual([0, 1]);

    jira.chaos.dials.delayed = 0;
    jira.chaos.dials.lostAnswers = 1;
    ear.heard.length = 0;
    const again = create();
    await app.deliverDue();
    clock.advance(MINUTE);
    await app.deliverDue();
    expect(eventsIn(ear)).toMatchObject([{ issue: again }, { issue: again }]);
  });
});

interface InstalledApp extends JiraInTest {
  readonly app: ForgeApp;
  readonly ear: LedgerEar;
}

/** What it said when it was installed is forgotten. */
async function anInstalledApp(
  dials: Partial<ForgeAppDials> = {},
  chaosDials: Partial<ChaosDials> = {},
): Promise<InstalledApp> {
  const site = await aFakeJiraSite({ chaosDials });
  const ear = await aLedgerEar();
  now = site.clock.now;
  const app = new ForgeApp(site.jira, forge, { ledgerUrl: ear.url, installationId: INSTALLATION, ...dials });
  await app.install();
  ear.heard.length = 0;
  return { ...site, app, ear };
}

function eventsIn({ heard }: LedgerEar): z.infer<typeof pushed>["events"] {
  return heard.flatMap(({ path, body }) => (path === "/forge/v1/events" ? pushed.parse(JSON.parse(body)).events : []));
}
