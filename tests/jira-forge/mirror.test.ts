import { randomUUID } from "node:crypto";
import { entry as entryAnswer, itemEntries, myWeek } from "@stageledger/core/contract/entries";
import { mySettings } from "@stageledger/core/contract/my-data";
import { verify } from "@stageledger/db";
import { expect, test, vi } from "vitest";
import { dumpTenant } from "../support/database/dump-tenant.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aPerson } from "../support/forge/a-forge-door.ts";
import { answerLost, BreakableWay } from "../support/jira-forge/a-breakable-way.ts";
import { aSiteWithPanels, type SiteWithPanels } from "../support/jira-forge/a-site-with-panels.ts";
import { closeWeek } from "../support/jira-forge/close-week.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

const HOUR = 3_600_000;
const PATIENCE = { timeout: 10_000, interval: 20 };
const SETTINGS = "/forge/v1/my/settings";
const WRITES = /^(?:POST|PUT|DELETE) /u;

async function turnOn({ door, ada }: SiteWithPanels): Promise<void> {
  await aPerson(door, ada).told(mySettings, SETTINGS, { method: "PUT", body: { mirrorsToJira: true } });
}

async function aSiteWhereAdaMirrors(database: Parameters<typeof aSiteWithPanels>[0]): Promise<SiteWithPanels> {
  const site = await aSiteWithPanels(database);
  await turnOn(site);
  return site;
}

async function log(panel: ForgeHost, text: string): Promise<void> {
  await panel.type("time", text);
  await panel.enter("time");
}

/** `90 min from 2026-09-07T10:00Z by ada`, those of all people. */
const worklogs = ({ sync: { world }, issue, ada }: SiteWithPanels): readonly string[] =>
  world
    .worklogsOf(issue)
    .map(
      ({ seconds, startedAt, by }) =>
        `${seconds / 60} min from ${new Date(startedAt).toISOString().slice(0, 16)}Z by ${by === ada ? "ada" : "another"}`,
    );

/** By the ledger alone, as another window does: minutes of the day after. */
async function logMany({ door, ada, issue }: SiteWithPanels, count: number): Promise<void> {
  const change = { kind: "log", item: `jira:${issue}`, date: "2026-09-08", minutes: 1 };
  const changes = Array.from({ length: count }, () => change);
  await aPerson(door, ada).told(myWeek, "/forge/v1/my/week", { body: { day: "2026-09-07", changes } });
}

const myEntries = async ({ door, ada, issue }: SiteWithPanels) =>
  (await aPerson(door, ada).told(itemEntries, `/forge/v1/items/jira:${issue}/entries`)).entries;

const NOON = "2026-09-07T10:00Z";

describeWithApp("copying to Jira's work log", () => {
  onPostgres((engine) => {
    test("is off unless somebody turns it on: Jira is asked nothing, whatever is done", async () => {
      const site = await aSiteWithPanels(engine().database);
      const panel = await site.open();
      await log(panel, "1h30m");
      await panel.click("change-*");
      await panel.type("edit-time", "1h");
      await panel.enter("edit-time");
      await panel.click("undo");
      await panel.click("change-*");
      expect(panel.find("copy")).toBeUndefined();
      await panel.click("remove");
      await panel.click("undo");
      await panel.click("timer-start");
      site.door.clock.now += HOUR;
      await panel.click("timer-stop");
      await panel.enter("stop-time");
      await site.open();
      expect(site.asked).toEqual([]);
      expect(await myEntries(site)).toMatchObject([{ isMirrored: false }, { isMirrored: false }]);
    });

    test("says what becomes visible to whom before it is turned on; then Enter says where it goes", async () => {
      const site = await aSiteWithPanels(engine().database);
      const panel = await site.open();
      expect(panel.text("mirror-link")).toBe("Copies in Jira: off");
      await panel.click("mirror-link");
      const said = panel.text("mirror");
      expect(said).toContain(
        "Everybody who can see the issue can then read there your name, the minutes, the day, and when it was written.",
      );
      expect(said).toContain("They do not read the activity or the stage, nor what you logged before.");
      expect(said).toContain("What is in Jira stays there until you delete it.");
      expect(panel.nameOf("mirror-toggle")).toBe("Copy what I log to Jira’s work log");
      expect(panel.text("mirror-state")).toBe("It is off. What you log stays between you and the ledger.");
      await panel.toggle("mirror-toggle");
      expect(panel.text("mirror-state")).toBe("It is on. What you log from now on is copied.");
      await panel.click("mirror-link");
      expect(panel.text("mirror-link")).toBe("Copies in Jira: on");
      await panel.type("time", "30m");
      expect(panel.text("time-understood")).toBe("30 min · Build · today · also to Jira");
      expect(site.asked).toEqual([]);
      expect((await site.open()).text("mirror-link")).toBe("Copies in Jira: on");
      expect((await site.open({ accountId: site.bob })).text("mirror-link")).toBe("Copies in Jira: off");
    });

    test("writes the minutes and the day, as the person, quietly, with its property, and no word of anything else", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      site.asked.length = 0;
      await panel.click("details");
      await panel.choose("log-activity", "meeting");
      await log(panel, "1h30m");
      expect(panel.text("entry-*")).toBe("1 h 30 min | today · Build · meeting · also in Jira’s work log");
      expect(panel.find("copy-notices")).toBeUndefined();
      const path = `/rest/api/3/issue/${site.issue}/worklog?notifyUsers=false&adjustEstimate=leave`;
      expect(site.asked).toEqual([`POST ${path}`]);
      expect(worklogs(site)).toEqual([`90 min from ${NOON} by ada`]);
      const [entry] = await myEntries(site);
      expect(entry).toMatchObject({ isMirrored: true, revision: 1 });
      const said = { entry: entry?.id, minutes: 90, date: "2026-09-07" };
      expect(site.sync.world.worklogsOf(site.issue)).toMatchObject([
        { comment: "", properties: new Map([["stageledger.entry", said]]) },
      ]);
      expect(site.sync.jira.requests.findLast(({ method }) => method === "POST")?.body).toEqual({
        timeSpentSeconds: 5400,
        started: "2026-09-07T12:00:00.000+0200",
        properties: [{ key: "stageledger.entry", value: said }],
      });
    });

    test.for([
      ["Europe/Berlin", "2026-01-15", "2026-01-15T12:00:00.000+0100"],
      ["Europe/Berlin", "2026-03-29", "2026-03-29T12:00:00.000+0200"],
      ["Europe/London", "2026-01-15", "2026-01-15T12:00:00.000+0000"],
      ["America/St_Johns", "2026-09-01", "2026-09-01T12:00:00.000-0230"],
      ["Asia/Kolkata", "2026-09-01", "2026-09-01T12:00:00.000+0530"],
      ["Pacific/Kiritimati", "2026-09-01", "2026-09-01T12:00:00.000+1400"],
    ] as const)("a day of somebody's in %s begins at noon there: %s", async ([timezone, date, started]) => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open({ timezone });
      await panel.click("details");
      await panel.choose("log-day", "Another day");
      await panel.pickDate("log-date", date);
      await log(panel, "1h");
      const sent = site.sync.jira.requests.findLast(({ method }) => method === "POST");
      expect(sent?.body).toMatchObject({ started });
    });

    test("counts once: the event and the comparison that follow make no second entry, and the hours are known ones", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const { sync } = site;
      const panel = await site.open();
      await log(panel, "1h30m");
      const once = ["Payments Build other 2026-09-07 known in-time 90"];
      expect(await sync.cells()).toEqual(once);
      const [{ id = "" } = {}] = sync.world.worklogsOf(site.issue);
      for (const action of ["created", "updated"]) {
        await sync.ring({ what: "worklog", gid: id, action, issue: site.issue });
        await sync.answer();
      }
      sync.clock.advance(2 * HOUR);
      await sync.compare();
      expect(await sync.cells()).toEqual(once);
      expect(await myEntries(site)).toHaveLength(1);
      // A worklog that somebody makes in Jira itself is read, so that the copy was not just overlooked.
      sync.world.addWorklog({ issue: site.issue, seconds: 600, by: site.bob });
      sync.clock.advance(HOUR);
      await sync.compare();
      expect(await sync.cells()).toHaveLength(2);
      expect(await verify(engine().database, sync.tenant.tenantId)).toEqual([]);
      const kept = await dumpTenant(engine().database, sync.tenant.tenantId);
      expect(sync.world.personalTexts().filter((text) => kept.includes(text))).toEqual([]);
    });

    test("follows a change, an undo, a deletion and its undo; a change of the activity alone asks nothing of it", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      await log(panel, "1h");
      await panel.click("change-*");
      await panel.type("edit-time", "45m");
      await panel.choose("edit-day", "Yesterday");
      await panel.enter("edit-time");
      expect(worklogs(site)).toEqual(["45 min from 2026-09-06T10:00Z by ada"]);
      await panel.click("undo");
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
      await panel.click("change-*");
      await panel.choose("edit-day", "Yesterday");
      await panel.enter("edit-time");
      expect(worklogs(site)).toEqual(["60 min from 2026-09-06T10:00Z by ada"]);
      await panel.click("undo");
      site.asked.length = 0;
      await panel.click("change-*");
      await panel.choose("edit-activity", "review");
      await panel.enter("edit-time");
      expect(site.asked.filter((call) => WRITES.test(call))).toEqual([]);
      await panel.click("change-*");
      await panel.click("remove");
      expect(worklogs(site)).toEqual([]);
      await panel.click("undo");
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
      await log(panel, "5m");
      await panel.click("undo");
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test("copies what the timer logs", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      await panel.click("timer-start");
      site.door.clock.now += HOUR;
      await panel.click("timer-stop");
      expect(panel.text("stop-time-understood")).toBe("1 h · Build · today · also to Jira");
      await panel.enter("stop-time");
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
    });

    test("turned off, later entries are not copied, and those that were still follow", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      await log(panel, "1h");
      await panel.click("mirror-link");
      await panel.toggle("mirror-toggle");
      await log(panel, "20m");
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
      const again = await site.open();
      const row = again.findAll("change-*").find((one) => again.text(one).startsWith("1 h"));
      await again.click(String(row?.props.testId));
      await again.type("edit-time", "50m");
      await again.enter("edit-time");
      expect(worklogs(site)).toEqual([`50 min from ${NOON} by ada`]);
    });

    test("an entry from before is copied only by a press of its own, which says what that shows", async () => {
      const site = await aSiteWithPanels(engine().database);
      await log(await site.open(), "1h");
      await turnOn(site);
      const panel = await site.open();
      await panel.click("change-*");
      await panel.type("edit-time", "40m");
      await panel.enter("edit-time");
      expect(worklogs(site)).toEqual([]);
      await panel.click("change-*");
      expect(panel.text("copy-text")).toContain("everybody who can see the issue reads your name");
      await panel.click("copy");
      expect(worklogs(site)).toEqual([`40 min from ${NOON} by ada`]);
      expect(panel.text("entry-*")).toContain("also in Jira’s work log");
      expect(await site.sync.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 40"]);
    });

    test("an entry of a closed week is not offered to be copied, and it says why", async () => {
      const site = await aSiteWithPanels(engine().database);
      await log(await site.open(), "1h");
      await turnOn(site);
      const panel = await site.open();
      await panel.click("change-*");
      await closeWeek(site.door, engine().database, "2026-09-07");
      // Open since before: the ledger refuses, and then it is shown as it is.
      await panel.click("copy");
      expect(panel.text("failure")).toContain("This entry can no longer be copied to Jira");
      expect(panel.text("failure")).toContain("Code: ENTRY_COPY_TOO_LATE");
      for (const one of [panel, await site.open()]) {
        if (one.find("edit") === undefined) await one.click("change-*");
        expect(one.find("copy")).toBeUndefined();
        expect(one.text("copy-too-late")).toBe(
          "It cannot be copied to Jira any more: that is possible until the week is closed.",
        );
      }
      expect(worklogs(site)).toEqual([]);
      expect(await site.sync.cells()).toEqual(["Payments Build other 2026-09-07 private in-time 60"]);
    });

    test("in a closed week, what is logged late is copied, and what was marked in time can still get its copy", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const path = `/forge/v1/items/jira:${site.issue}/entries`;
      await aPerson(site.door, site.ada).told(entryAnswer, path, { body: { minutes: 15, isMirrored: true } });
      await closeWeek(site.door, engine().database, "2026-09-07");
      const panel = await site.open();
      await panel.click("change-*");
      expect(panel.find("copy-too-late")).toBeUndefined();
      await panel.click("copy");
      await log(panel, "1h");
      expect(worklogs(site)).toEqual([`15 min from ${NOON} by ada`, `60 min from ${NOON} by ada`]);
      expect([...(await site.sync.cells())].sort()).toEqual([
        "Payments Build other 2026-09-07 known in-time 15",
        "Payments Build other 2026-09-07 known late-added 60",
      ]);
    });

    test("a change that is made while its copy is on the way is written after it", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      site.asked.length = 0;
      const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
      site.way = async (send) => {
        site.way = (next) => next();
        await held;
        return send();
      };
      await panel.type("time", "1h");
      await panel.press("time");
      await vi.waitFor(() => expect(site.asked).toHaveLength(1), PATIENCE);
      await panel.clickOnly("change-*");
      await panel.type("edit-time", "45m");
      await panel.press("edit-time");
      await vi.waitFor(() => expect(panel.text("entry-*")).toContain("45 min"), PATIENCE);
      await panel.drawn();
      expect(site.asked).toEqual([expect.stringMatching(/^POST /u)]);
      letGo();
      await panel.settle();
      expect(worklogs(site)).toEqual([`45 min from ${NOON} by ada`]);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test("a copy that could not even be asked for is told, and the next is written", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      const { prototype } = Intl.DateTimeFormat;
      const { formatToParts } = prototype;
      const broken = vi.spyOn(prototype, "formatToParts").mockImplementation(function (this: Intl.DateTimeFormat, at) {
        if (this.resolvedOptions().timeZoneName === "longOffset") throw new RangeError("It does not know offsets.");
        return formatToParts.call(this, at);
      });
      await log(panel, "1h");
      broken.mockRestore();
      expect(panel.text("failed-copy-*")).toContain("Code: COPY_UNREACHED");
      await log(panel, "20m");
      expect(worklogs(site)).toEqual([`20 min from ${NOON} by ada`]);
      await panel.click("copy-again-*");
      expect(worklogs(site)).toHaveLength(2);
    });

    test("a log whose answer was lost is copied once, though another window copied it before it was sent again", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const way = new BreakableWay();
      const panel = await site.open({ way: way.over });
      way.fault = answerLost;
      await log(panel, "1h");
      const [entry] = await myEntries(site);
      const copy = { entry: entry?.id, minutes: 60, date: "2026-09-07" };
      const properties = new Map([["stageledger.entry", copy]]);
      site.sync.world.addWorklog({ issue: site.issue, seconds: 3600, by: site.ada, properties });
      way.fault = undefined;
      await panel.enter("time");
      expect(panel.text("notice")).toContain("Logged 1 h, today.");
      expect(await myEntries(site)).toHaveLength(1);
      expect(site.asked.filter((call) => WRITES.test(call))).toEqual([]);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test.for<[string, (site: SiteWithPanels) => void, string]>([
      [
        "who may not log work there",
        ({ sync, ada }) => sync.jira.rights.letLogWork(ada, sync.project, false),
        "Jira says: You do not have the permission to associate a worklog to this issue.",
      ],
      [
        "an issue that is closed for good",
        ({ sync, issue }) => void sync.jira.dials.closedIssues.add(issue),
        "Jira says: You can not edit the issue as it is in a non-editable workflow state.",
      ],
    ])("tells %s calmly: the log stays, and trying again later copies it", async ([, close, reason]) => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      close(site);
      await log(panel, "1h30m");
      expect(panel.text("notice")).toBe("Logged 1 h 30 min, today. | Undo logging");
      expect(panel.get("failed-copy-*").props).toMatchObject({
        appearance: "information",
        title: "Logged here, and not copied to Jira",
      });
      expect(panel.text("copy-reason")).toBe(reason);
      expect(panel.text("failed-copy-*")).toContain("It is about 1 h 30 min, today. The ledger has your time");
      expect(panel.text("failed-copy-*")).toContain("Code: COPY_REFUSED");
      expect(panel.text("entry-*")).toContain("not in Jira’s work log");
      await panel.click("copy-again-*");
      expect(panel.find("failed-copy-*")).toBeDefined();
      site.sync.jira.rights.letLogWork(site.ada, site.sync.project);
      site.sync.jira.dials.closedIssues.clear();
      await panel.click("copy-again-*");
      expect(panel.find("copy-notices")).toBeUndefined();
      expect(panel.text("entry-*")).toContain("also in Jira’s work log");
      expect(worklogs(site)).toEqual([`90 min from ${NOON} by ada`]);
    });

    test("a lost answer is no second copy: trying again looks first", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      site.way = async (send) => {
        await send();
        throw new Error("There is no network.");
      };
      await log(panel, "1h");
      expect(panel.text("copy-reason")).toContain("trying again does it no second time");
      expect(worklogs(site)).toHaveLength(1);
      site.way = (send) => send();
      await panel.click("copy-again-*");
      expect(panel.find("copy-notices")).toBeUndefined();
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
    });

    test("what failed and was changed meanwhile is copied as it is now", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      site.way = async () => new Response("<html>503</html>", { status: 503 });
      await log(panel, "1h");
      await panel.click("change-*");
      await panel.type("edit-time", "2h");
      await panel.enter("edit-time");
      expect(panel.findAll("failed-copy-*")).toHaveLength(1);
      site.way = (send) => send();
      await panel.click("copy-again-*");
      expect(worklogs(site)).toEqual([`120 min from ${NOON} by ada`]);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test("what is left so is told no more; a deletion that Jira did not take says that the copy is there still", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      site.way = async () => new Response("<html>503</html>", { status: 503 });
      await log(panel, "1h");
      await panel.click("leave-copy-*");
      expect(panel.find("copy-notices")).toBeUndefined();
      site.way = (send) => send();
      await log(panel, "30m");
      site.way = async () => new Response("", { status: 429 });
      await panel.click("undo");
      expect(panel.get("failed-copy-*").props.title).toBe("Deleted here, and its copy is still in Jira");
      expect(panel.text("failed-copy-*")).toContain("Code: COPY_UNREACHED");
      expect(worklogs(site)).toEqual([`30 min from ${NOON} by ada`]);
      site.way = (send) => send();
      await panel.click("copy-again-*");
      expect(worklogs(site)).toEqual([]);
      await panel.click("change-*");
      await panel.click("copy");
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
    });

    test("a window that closed before a change came to Jira: the next look makes up for it by itself", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      await log(await site.open(), "1h");
      const [entry] = await myEntries(site);
      await aPerson(site.door, site.ada).told(entryAnswer, `/forge/v1/entries/${entry?.id}`, {
        method: "PATCH",
        body: { revision: 1, minutes: 25 },
      });
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
      await site.open();
      expect(worklogs(site)).toEqual([`25 min from ${NOON} by ada`]);
      site.asked.length = 0;
      await site.open();
      expect(site.asked.filter((call) => WRITES.test(call))).toEqual([]);
    });

    test("a window that closed before the copy was made: it says so and asks, and copies nothing by itself", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const path = `/forge/v1/items/jira:${site.issue}/entries`;
      await aPerson(site.door, site.ada).told(entryAnswer, path, { body: { minutes: 15, isMirrored: true } });
      const panel = await site.open();
      expect(panel.text("entry-*")).toBe("15 min | today · not in Jira’s work log");
      expect(worklogs(site)).toEqual([]);
      await panel.click("change-*");
      expect(panel.text("copy-text")).toContain("Either Jira did not get it, or somebody deleted it there.");
      await panel.click("copy");
      expect(worklogs(site)).toEqual([`15 min from ${NOON} by ada`]);
      expect(panel.text("entry-*")).toBe("15 min | today · also in Jira’s work log");
    });

    test("a window that closed before the copy was deleted: it asks, and deletes by a press", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      await log(await site.open(), "1h");
      const [entry] = await myEntries(site);
      await aPerson(site.door, site.ada).call(`/forge/v1/entries/${entry?.id}?revision=1`, { method: "DELETE" });
      const panel = await site.open();
      expect(panel.text("leftover-*")).toContain(
        "Jira has a copy of 1 h, today, which is not among your entries here.",
      );
      expect(worklogs(site)).toHaveLength(1);
      await panel.click("remove-leftover-*");
      expect(worklogs(site)).toEqual([]);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test("a copy that another window made meanwhile is not deleted as one that is left over", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      await log(await site.open(), "1h");
      const [entry] = await myEntries(site);
      const person = aPerson(site.door, site.ada);
      await person.call(`/forge/v1/entries/${entry?.id}?revision=1`, { method: "DELETE" });
      const panel = await site.open();
      await person.call(`/forge/v1/entries/${entry?.id}/undo`, { body: { revision: 2 } });
      await panel.click("remove-leftover-*");
      expect(worklogs(site)).toEqual([`60 min from ${NOON} by ada`]);
      expect(panel.find("copy-notices")).toBeUndefined();
      expect(panel.text("entry-*")).toContain("also in Jira’s work log");
    });

    test("who has more entries than are told is not asked to delete copies, since their entries may be among the rest", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      await log(await site.open(), "10m");
      await logMany(site, 200);
      const panel = await site.open();
      expect(await myEntries(site)).toHaveLength(200);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test("nor is one deleted that was asked about while there were fewer", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      await log(await site.open(), "10m");
      const [entry] = await myEntries(site);
      const path = `/forge/v1/entries/${entry?.id}`;
      await aPerson(site.door, site.ada).call(`${path}?revision=1`, { method: "DELETE" });
      const panel = await site.open();
      await logMany(site, 199);
      await aPerson(site.door, site.ada).call(`${path}/undo`, { body: { revision: 2 } });
      await logMany(site, 1);
      await panel.click("remove-leftover-*");
      expect(worklogs(site)).toEqual([`10 min from ${NOON} by ada`]);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test("what somebody changes in Jira's work log itself stays there, and the entry stays as it is", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const { world } = site.sync;
      await log(await site.open(), "1h");
      const [{ id = "" } = {}] = world.worklogsOf(site.issue);
      world.editWorklog(id, { seconds: 600 }, site.bob);
      await site.open();
      expect(worklogs(site)).toEqual([`10 min from ${NOON} by ada`]);
      expect(await myEntries(site)).toMatchObject([{ minutes: 60 }]);
      world.deleteWorklog(id, site.bob);
      const panel = await site.open();
      await panel.click("change-*");
      await panel.type("edit-time", "50m");
      await panel.enter("edit-time");
      expect(worklogs(site)).toEqual([]);
      expect(panel.text("entry-*")).toContain("not in Jira’s work log");
    });

    test("a colleague's worklog that claims to be a copy of mine is left alone, and mine is found behind a page of others", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const { world, jira } = site.sync;
      jira.dials.worklogPageSize = 2;
      for (const _ of [1, 2, 3]) world.addWorklog({ issue: site.issue, seconds: 60, by: site.bob });
      const panel = await site.open();
      await log(panel, "1h");
      const [entry] = await myEntries(site);
      const claim = { entry: entry?.id, minutes: 60, date: "2026-09-07" };
      const properties = new Map([["stageledger.entry", claim]]);
      world.addWorklog({ issue: site.issue, seconds: 3600, by: site.bob, properties });
      await panel.click("change-*");
      await panel.click("remove");
      expect(panel.find("copy-notices")).toBeUndefined();
      expect(worklogs(site).map((line) => line.split(" ").at(-1))).toEqual(Array.from({ length: 4 }, () => "another"));
    });

    test("two copies of one entry become one, and what no entry of mine can be is not asked about", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const { world } = site.sync;
      await log(await site.open(), "1h");
      const [{ properties } = {}] = world.worklogsOf(site.issue);
      world.addWorklog({ issue: site.issue, seconds: 3600, by: site.ada, ...(properties && { properties }) });
      const old = { entry: randomUUID(), minutes: 60, date: "2026-07-08" };
      world.addWorklog({
        issue: site.issue,
        seconds: 3600,
        by: site.ada,
        properties: new Map([["stageledger.entry", old]]),
      });
      const panel = await site.open();
      expect(worklogs(site)).toHaveLength(2);
      expect(panel.find("copy-notices")).toBeUndefined();
    });

    test("who is not told whether it is on copies nothing", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      let isDown = true;
      const panel = await site.open({
        way: (send) => async (call) =>
          isDown && call.path === SETTINGS ? new Response("{}", { status: 503 }) : send(call),
      });
      expect(panel.text("mirror-link")).toBe("Copies in Jira: not known");
      await log(panel, "1h");
      expect(worklogs(site)).toEqual([]);
      await panel.click("mirror-link");
      expect(panel.text("mirror-state")).toContain("The ledger did not say whether it is on.");
      expect(panel.get("mirror-toggle").props.isDisabled).toBe(true);
      await panel.click("ask-mirror");
      expect(panel.text("failure")).toContain("Code:");
      isDown = false;
      await panel.click("ask-mirror");
      expect(panel.text("mirror-state")).toBe("It is on. What you log from now on is copied.");
      expect(panel.find("ask-mirror")).toBeUndefined();
      await log(panel, "20m");
      expect(worklogs(site)).toEqual([`20 min from ${NOON} by ada`]);
    });

    test("draws no more for a copy that Jira took than for a log alone", async () => {
      const site = await aSiteWhereAdaMirrors(engine().database);
      const panel = await site.open();
      const before = panel.commits;
      await log(panel, "45m");
      expect(panel.commits - before).toBe(5);
    });
  });
});
