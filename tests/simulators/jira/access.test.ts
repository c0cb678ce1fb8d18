import { describe, expect, test } from "vitest";
import { aFakeJiraSite } from "../../support/jira/a-fake-jira-site.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("tokens", () => {
  test("are good for 55 minutes of the world's clock, and not at all when they are unknown or revoked", async () => {
    const { clock, ask, jira } = await aFakeJiraSite();
    const token = jira.tokens.giveSystemToken();
    clock.advance(55 * MINUTE - 1);
    expect((await ask("status", { token })).status).toBe(200);
    clock.advance(1);
    expect((await ask("status", { token })).status).toBe(401);
    expect((await ask("status", { token: "guessed" })).status).toBe(401);
    const second = jira.tokens.giveSystemToken();
    jira.tokens.revokeAll();
    expect((await ask("status", { token: second })).status).toBe(401);
    expect(jira.faults.table).toEqual({ "call refused for its token": 3 });
  });
});

describe("mypermissions", () => {
  test("answers for whoever the token is for, about a project, an issue, or everywhere", async () => {
    const { world, project, statuses, ask, jira } = await aFakeJiraSite();
    const [admin, reader, stranger] = [world.createPerson(), world.createPerson(), world.createPerson()];
    const other = world.createProject("SHOP");
    const issue = world.createIssue({ project, status: statuses.toDo });
    jira.rights.letAdminister(admin, project);
    jira.rights.closeTo(stranger, project);
    const asked = async (account: string, context: string) => {
      const path = `mypermissions?permissions=BROWSE_PROJECTS,ADMINISTER_PROJECTS${context}`;
      const { status, json } = await ask(path, { token: jira.tokens.giveUserToken(account) });
      return status === 200 ? json : status;
    };
    const rights = (browse: boolean, administer: boolean) => ({
      permissions: {
        BROWSE_PROJECTS: { key: "BROWSE_PROJECTS", type: "PROJECT", havePermission: browse },
        ADMINISTER_PROJECTS: { havePermission: administer },
      },
    });
    expect(await asked(admin, `&projectId=${project}`)).toMatchObject(rights(true, true));
    expect(await asked(admin, "&projectKey=SHOP")).toMatchObject(rights(true, false));
    expect(await asked(admin, `&issueId=${issue}`)).toMatchObject(rights(true, true));
    expect(await asked(reader, `&issueId=${issue}`)).toMatchObject(rights(true, false));
    expect(await asked(admin, "")).toMatchObject(rights(true, true));
    expect(await asked(stranger, `&projectId=${other}`)).toMatchObject(rights(true, false));
    for (const context of [`&issueId=${issue}`, `&projectId=${project}`, "&projectKey=PAY"]) {
      expect(await asked(stranger, context)).toBe(404);
    }
  });

  test("knows who administers Jira itself; the app does not", async () => {
    const { world, ask, jira } = await aFakeJiraSite();
    const admin = world.createPerson();
    jira.rights.letAdministerJira(admin);
    const token = jira.tokens.giveUserToken(admin);
    const path = "mypermissions?permissions=ADMINISTER";
    const expected = (havePermission: boolean) => ({ permissions: { ADMINISTER: { type: "GLOBAL", havePermission } } });
    expect((await ask(path, { token })).json).toMatchObject(expected(true));
    expect((await ask(path)).json).toMatchObject(expected(false));
    expect((await ask("mypermissions")).status).toBe(400);
    expect((await ask("mypermissions?permissions=FLY")).status).toBe(400);
  });
});

describe("limits", () => {
  test("a call costs a point and each of its objects another; without points all is refused until the hour ends", async () => {
    const { world, clock, project, statuses, ask, jira } = await aFakeJiraSite({ limitDials: { pointsAnHour: 10 } });
    for (let made = 0; made < 5; made += 1) world.createIssue({ project, status: statuses.toDo });
    clock.advance(20 * MINUTE);
    const first = await ask("search/jql", { body: { jql: "project = PAY" } });
    expect(jira.limits.points).toBe(6);
    expect([first.headers.get("x-ratelimit-limit"), first.headers.get("x-ratelimit-remaining")]).toEqual(["10", "4"]);
    expect(first.headers.get("x-ratelimit-nearlimit")).toBe("false");
    const second = await ask("status");
    expect([second.status, second.headers.get("x-ratelimit-nearlimit")]).toEqual([200, "true"]);
    const refused = await ask("status");
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      "retry-after": "2400",
      "ratelimit-reason": "jira-quota-global-based",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": "2026-09-07T09:00Z",
    });
    clock.advance(40 * MINUTE - 1);
    expect((await ask("status")).status).toBe(429);
    clock.advance(1);
    expect((await ask("status")).status).toBe(200);
    expect(jira.faults.table).toEqual({ "call rate limited": 2 });
  });

  test("bursts, a site's own quota and storms name their reason", async () => {
    const { clock, ask, jira } = await aFakeJiraSite({ limitDials: { callsASecond: 1 } });
    expect((await ask("status")).status).toBe(200);
    const burst = await ask("status");
    expect(Object.fromEntries(burst.headers)).toMatchObject({
      "retry-after": "1",
      "ratelimit-reason": "jira-burst-based",
      "x-ratelimit-reset": "2026-09-07T08:00:01.000Z",
    });
    clock.advance(1000);
    expect((await ask("status")).status).toBe(200);
    jira.limits.dials.callsASecond = 100;
    jira.limits.storm(1, 7, "jira-per-issue-on-write");
    const stormed = await ask("status");
    expect([stormed.headers.get("ratelimit-reason"), stormed.headers.get("retry-after")]).toEqual([
      "jira-per-issue-on-write",
      "7",
    ]);
    jira.limits.dials.tenantPointsAnHour = 2;
    expect((await ask("status")).headers.get("ratelimit-reason")).toBe("jira-quota-tenant-based");
    clock.advance(HOUR);
    expect((await ask("status")).status).toBe(200);
  });
});

describe("trouble", () => {
  test("an outage answers everything with its status; a fault meets one path so many times", async () => {
    const { ask, jira } = await aFakeJiraSite();
    jira.dials.outageStatus = 503;
    expect(await statusAndType("status")).toEqual([503, "text/html"]);
    jira.dials.outageStatus = 404;
    expect((await ask("status")).json).toEqual({ code: 404, message: "HTTP 404 Not Found" });
    jira.dials.outageStatus = undefined;
    jira.disturb("/status", { kind: "answer", status: 502 });
    jira.disturb("/field", { kind: "drop" });
    expect((await ask("status")).status).toBe(502);
    expect((await ask("status")).status).toBe(200);
    await expect(ask("field")).rejects.toThrow();
    expect((await ask("field")).status).toBe(200);
    jira.chaos.dials.serverErrors = 1;
    expect([500, 503]).toContain((await ask("status")).status);
    jira.chaos.dials.brokenConnections = 1;
    await expect(ask("status")).rejects.toThrow();
    expect(jira.faults.table).toEqual({ "call answered 5xx": 1, "call met an outage": 2, "connection dropped": 1 });

    async function statusAndType(path: string) {
      const answer = await fetch(`${jira.apiBaseUrl}/rest/api/3/${path}`);
      return [answer.status, answer.headers.get("content-type")];
    }
  });

  test("nothing lives outside of the site's own path, and unknown parameters are refused", async () => {
    const { ask, jira } = await aFakeJiraSite({ isRefereed: false });
    const headers = { authorization: `Bearer ${jira.tokens.giveSystemToken()}` };
    expect((await fetch(`${new URL(jira.apiBaseUrl).origin}/rest/api/3/status`, { headers })).status).toBe(404);
    expect((await ask("nothing")).status).toBe(404);
    expect((await ask("worklog/updated?sinse=1")).status).toBe(400);
    expect((await ask("worklog/updated?since=yesterday")).status).toBe(400);
  });
});
