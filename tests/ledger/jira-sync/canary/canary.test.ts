/** Nothing that names or quotes a person gets past the edge: neither into the database nor the queue nor the logs (law 6). */
import { strippedEvent } from "@stageledger/core/contract/jira-events";
import { Redis } from "ioredis";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { jiraJobs } from "../../../../apps/ledger/src/jira-sync/work/do-job.ts";
import { realPacing } from "../../../../packages/sync/src/pacing.ts";
import { openQueue } from "../../../../packages/sync/src/queue/open-queue.ts";
import { eventPayload } from "../../../simulators/jira/event-payload.ts";
import { Resources } from "../../../simulators/jira/resources.ts";
import { Canaries } from "../../../support/canaries.ts";
import { dumpTenant } from "../../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync } from "../../../support/jira/a-jira-sync.ts";
import { aTalkativeJira } from "../../../support/jira/a-talkative-jira.ts";
import { HOUR } from "../../../support/moments.ts";
import { openRedis } from "../../../support/redis-server.ts";
import { until } from "../../../support/until.ts";

onBothEngines((engine) => {
  /** A site with a week of work of two people, behind somebody who says more than is asked. */
  async function aHouse() {
    const canaries = new Canaries();
    const one = await aJiraSync(engine().database, { takesWorklogs: true, isRefereed: false });
    const talkative = await aTalkativeJira(one.jira.apiBaseUrl, canaries);
    await one.bringToken({ expiresAt: one.clock.now() + 1000 * HOUR, apiBaseUrl: talkative.apiBaseUrl });
    const { world, project, statuses, clock } = one;
    const zoe = world.createPerson();
    const other = world.createPerson();
    const issue = world.createIssue({ project, status: statuses.toDo, by: zoe, summary: "Ilse is ill" });
    const subtask = world.createIssue({ project, status: statuses.toDo, parent: issue, by: other });
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.build, zoe);
    world.assign(issue, other, zoe);
    world.comment(issue, "Talked to Ilse about her illness", zoe);
    world.flag(issue, true, zoe);
    const worklog = world.addWorklog({ issue, seconds: 5400, by: zoe, comment: "With Ilse" });
    world.addWorklog({ issue: subtask, seconds: 1800, by: other });
    clock.advance(HOUR);
    const resources = new Resources(world);
    /** Rings for what happened, stripped as our app in Jira does it; the comment's event tells of the issue. */
    const ringAll = async () => {
      const told = world.events.flatMap((event) => strippedEvent(eventPayload(event, resources)) ?? []);
      await one.ring(
        ...told.flatMap((event) => {
          if (event.what === "user") return [];
          const gid = event.what === "issue" ? event.issue : event.worklog;
          return [{ what: event.what, gid, action: event.action, ...(event.at === undefined ? {} : { at: event.at }) }];
        }),
      );
    };
    const expectClean = async (when: string, ...more: readonly string[]) => {
      const everything = [await dumpTenant(engine().database, one.job.tenantId), ...one.log, ...more].join("\n");
      expect(everything, when).toContain(one.job.connectionId);
      expect(canaries.foundIn(everything), when).toEqual([]);
      const texts = [...canaries.places.map((place) => canaries.plant(place)), ...world.personalTexts()];
      const inHex = texts.filter((text) => everything.includes(Buffer.from(text).toString("hex")));
      expect(inHex, when).toEqual([]);
      expect(
        world.personalTexts().filter((text) => everything.includes(text)),
        when,
      ).toEqual([]);
      expect(everything, when).not.toContain("system-token");
    };
    return { ...one, canaries, talkative, issue, worklog, ringAll, expectClean };
  }

  test("a week of work, told by a Jira that says more than it is asked: nothing of it is kept", async () => {
    const house = await aHouse();
    await house.ringAll();
    await house.expectClean("bells wait");
    await house.compare();
    await house.expectClean("all is recorded");
    expect(await house.stays(house.issue)).toBe("To Do,In Progress");
    expect((await house.cells()).map((line) => line.split(" ").at(-1)).sort()).toEqual(["30", "90"]);
    house.world.editWorklog(house.worklog, { seconds: 60, comment: "With Ilse, again" });
    house.world.deleteIssue(house.issue);
    await house.ringAll();
    await house.answer();
    await house.compare();
    await house.expectClean("an issue is gone");
    // Whatever was planted has been said: every member of everything.
    expect(house.canaries.foundIn(house.talkative.said.join("\n"))).toEqual(house.canaries.places);
    expect(house.canaries.places.length).toBeGreaterThan(100);
  });

  test.each<[string, number, (canaries: Canaries) => string]>([
    ["400", 400, errorOf],
    ["401", 401, errorOf],
    ["403", 403, errorOf],
    ["404", 404, errorOf],
    ["429", 429, errorOf],
    ["500", 500, errorOf],
    ["another shape", 200, (canaries) => JSON.stringify({ [canaries.plant("key")]: canaries.plant("value") })],
    ["no JSON", 200, (canaries) => `<html>${canaries.plant("page")}</html>`],
    ["half of its answer", 200, (canaries) => `{"issues": [{"id": "${canaries.plant("half")}`],
  ])("Jira answers %s: neither a log, nor a bell, nor the connection quotes it", async (_case, status, body) => {
    const house = await aHouse();
    await house.compare();
    await house.ringAll();
    house.talkative.trouble = {
      status,
      body: body(house.canaries),
      headers: {
        "x-seraph-loginreason": house.canaries.plant("login reason"),
        "x-arequestid": house.canaries.plant("id"),
      },
    };
    await house.answer();
    await house.reconcile();
    expect(house.log.length).toBeGreaterThan(0);
    await house.expectClean("after the trouble");
  });

  test("over Redis the same: what is queued are ids of ours", async (context) => {
    const redis = await redisFor(context);
    const told: string[] = [];
    const listener = new Redis(redis.url);
    const monitor = await listener.monitor();
    monitor.on("monitor", (_time: string, words: readonly string[]) => told.push(words.join(" ")));
    const queue = await openQueue(redis.url, { pacing: realPacing, log: () => {}, listJobs: async () => [] });
    onTestFinished(() => {
      monitor.disconnect();
      listener.disconnect();
    });
    const house = await aHouse();
    queue.work(
      jiraJobs(house.context, (job) => queue.ask(job)),
      { atOnce: 2 },
    );
    await house.ringAll();
    queue.ask({ kind: "reconcile", ...house.job });
    queue.ask({ kind: "answer", ...house.job });
    await until(async () => (await house.cells()).length === 2, "hours in the ledger");
    await queue.close(5000);
    expect(told.join("\n")).toContain(house.job.connectionId);
    await house.expectClean("jobs went over Redis", ...told);
  });
});

function errorOf(canaries: Canaries): string {
  const at = (place: string) => canaries.plant(`error: ${place}`);
  return JSON.stringify({ errorMessages: [at("message")], errors: { [at("name")]: at("text") }, message: at("other") });
}

async function redisFor(context: TestContext) {
  const redis = await openRedis();
  if (typeof redis === "string") return context.skip(redis);
  onTestFinished(() => redis.stop());
  return redis;
}
