import { siteState } from "@stageledger/core/contract/site-state";
import { findSourceCursor, inTransaction, UPDATED_WORKLOGS, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aDoorTo, aForgeDoor, aPerson } from "../../support/forge/a-forge-door.ts";
import { aJiraSync, type JiraSync } from "../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../support/moments.ts";

const WORKLOGS = "/forge/v1/site/worklogs";
const put = (isOn: boolean) => ({ method: "PUT", body: { isOn } }) as const;
const build = (minutes: number) => [`Payments Build other 2026-09-07 known in-time ${minutes}`];

onBothEngines((engine) => {
  /** An issue in Build with two hours that somebody logged in Jira itself, read once, and the door to that ledger. */
  async function aReadSite(options: Parameters<typeof aJiraSync>[1] = {}) {
    const jira = await aJiraSync(engine().database, options);
    const issue = jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
    jira.clock.advance(HOUR);
    const worklog = jira.world.addWorklog({ issue, seconds: 7200 });
    jira.clock.advance(HOUR);
    await jira.compare();
    const door = await aDoorTo(jira.tenant, engine().database, jira.clock.now());
    return { jira, issue, worklog, door, admin: aPerson(door) };
  }
  const nextLook = async (jira: JiraSync): Promise<void> => {
    jira.clock.advance(HOUR);
    await jira.compare(false);
  };

  test("turned on, the next look brings worklogs from before; it is asked for at once", async () => {
    const { jira, door, admin } = await aReadSite();
    expect(await jira.cells()).toEqual([]);
    const told = await admin.told(siteState, WORKLOGS, put(true));
    expect(told).toMatchObject({ takesNativeWorklogs: true, connections: [{ kind: "jira", dueAt: door.clock.now }] });
    expect(door.rung).toEqual([{ kind: "reconcile", ...jira.job }]);
    await nextLook(jira);
    expect(await jira.cells()).toEqual(build(120));
    expect(await verify(engine().database, jira.job.tenantId)).toEqual([]);
  });

  test("turned off, what was counted stays as it is, whatever happens to it in Jira; turned on again, it is as Jira has it", async () => {
    const { jira, issue, worklog, admin } = await aReadSite({ takesWorklogs: true });
    const second = jira.world.addWorklog({ issue, seconds: 1800 });
    await nextLook(jira);
    expect(await jira.cells()).toEqual(build(150));
    expect((await admin.told(siteState, WORKLOGS, put(false))).takesNativeWorklogs).toBe(false);
    jira.clock.advance(HOUR);
    jira.world.editWorklog(worklog, { seconds: 3600 });
    jira.world.deleteWorklog(second);
    jira.world.addWorklog({ issue, seconds: 600 });
    await jira.look(issue);
    await nextLook(jira);
    expect(await jira.cells()).toEqual(build(150));
    await admin.told(siteState, WORKLOGS, put(true));
    await nextLook(jira);
    expect(await jira.cells()).toEqual(build(70));
    expect(await verify(engine().database, jira.job.tenantId)).toEqual([]);
  });

  test("turned off, nobody has to split a worklog of over 24 hours any more", async () => {
    const { jira, issue, admin } = await aReadSite({ takesWorklogs: true });
    jira.world.addWorklog({ issue, seconds: 40 * 3600 });
    await nextLook(jira);
    const [before] = (await admin.told(siteState, "/forge/v1/site")).connections;
    expect(before).toMatchObject({
      bellsParked: 1,
      findings: [{ next: expect.stringMatching(/^Split them in Jira/u) }],
    });
    const [after] = (await admin.told(siteState, WORKLOGS, put(false))).connections;
    expect(after).toMatchObject({ bellsParked: 0, findings: [] });
  });

  test("as it is already, nothing is read for it again", async () => {
    const { jira, door, admin } = await aReadSite({ takesWorklogs: true });
    const { tenantId, connectionId } = jira.job;
    const readTo = (): Promise<string | undefined> =>
      inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
        findSourceCursor(trx, tenantId, connectionId, UPDATED_WORKLOGS),
      );
    const before = await readTo();
    await admin.told(siteState, WORKLOGS, put(true));
    expect(await readTo()).toBe(before);
    expect(Number(before)).toBeGreaterThan(0);
    expect(door.rung).toEqual([]);
  });

  test("of a site that is not read no worklog can count", async () => {
    const door = await aForgeDoor(engine().database);
    const admin = aPerson(door);
    const refused = await admin.refused(WORKLOGS, put(true));
    expect(refused).toMatchObject({
      status: 409,
      code: "SETTING_INVALID",
      next: expect.stringMatching(/^Whoever runs/u),
    });
    expect((await admin.told(siteState, WORKLOGS, put(false))).takesNativeWorklogs).toBe(false);
    expect(door.rung).toEqual([]);
  });
});
