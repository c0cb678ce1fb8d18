import { erasePerson, inTransaction, retryParkedBells, tallyBells, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, gatewayLike, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR, MINUTE } from "../../../support/moments.ts";

/** In seconds. */
const DAYS_5 = 40 * 3600;
const OUT_OF_RANGE = "ENTRY_MINUTES_OUT_OF_RANGE";

onBothEngines((engine) => {
  /** An issue in Build that was read. It is hour 1. */
  async function anIssue(options: Parameters<typeof aJiraSync>[1] = {}) {
    const one = await aJiraSync(engine().database, { takesWorklogs: true, ...options });
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.clock.advance(HOUR);
    await one.compare();
    return { one, issue };
  }
  const ring = async (one: JiraSync, issue: string, worklog: string, action: string) => {
    await one.ring({ what: "worklog", gid: worklog, action, issue });
    await one.answer();
  };
  const retry = async ({ tenant: { tenantId }, clock, answer }: JiraSync): Promise<void> => {
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      retryParkedBells(trx, tenantId, "", clock.now()),
    );
    await answer();
  };
  const build = (minutes: number) => [`Payments Build other 2026-09-07 known in-time ${minutes}`];

  test("five days in one worklog are no entry, and are parked: once, however often and by whichever way they are read", async () => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds: DAYS_5 });
    for (const action of ["created", "updated"]) await ring(one, issue, worklog, action);
    one.clock.advance(HOUR);
    await one.compare(false);
    await one.compare();
    expect(await one.cells()).toEqual([]);
    expect(await one.parked()).toEqual([`${worklog} ${OUT_OF_RANGE}`]);
    const [bell] = await one.bells();
    expect(bell?.fields).toEqual({ what: "worklog", gid: worklog, issue, at: one.clock.now() - HOUR });
    const { tenantId, connectionId } = one.job;
    const tally = await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      tallyBells(trx, tenantId, connectionId),
    );
    expect(tally).toMatchObject({ waiting: 0, parked: 1, impossible: 1 });
  });

  test("it comes with an issue that is new, too", async () => {
    const { one } = await anIssue();
    const fresh = one.world.createIssue({ project: one.project, status: one.statuses.build });
    const worklog = one.world.addWorklog({ issue: fresh, seconds: DAYS_5 });
    await one.look(fresh);
    expect(await one.parked()).toEqual([`${worklog} ${OUT_OF_RANGE}`]);
  });

  test("30 minutes that become 25 hours are taken back and parked; what becomes possible counts, and leaves the inbox", async () => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds: 1800 });
    await ring(one, issue, worklog, "created");
    expect(await one.cells()).toEqual(build(30));
    for (const hours of [25, 26]) {
      one.clock.advance(MINUTE);
      one.world.editWorklog(worklog, { seconds: hours * 3600 });
      await ring(one, issue, worklog, "updated");
      expect(await one.cells()).toEqual([]);
      expect(await one.parked()).toEqual([`${worklog} ${OUT_OF_RANGE}`]);
    }
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds: 24 * 3600 });
    await ring(one, issue, worklog, "updated");
    expect(await one.cells()).toEqual(build(1440));
    expect(await one.bells()).toEqual([]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test.each<[string, (one: JiraSync, issue: string, worklog: string) => Promise<void>]>([
    [
      "an event that says it was deleted",
      async (one, issue, worklog) => {
        one.world.deleteWorklog(worklog);
        await ring(one, issue, worklog, "deleted");
      },
    ],
    [
      "the list of what was deleted",
      async (one, _issue, worklog) => {
        one.world.deleteWorklog(worklog);
        one.clock.advance(HOUR);
        await one.compare(false);
      },
    ],
    [
      "its issue's deletion",
      async (one, issue) => {
        one.world.deleteIssue(issue);
        one.clock.advance(HOUR);
        await one.compare();
      },
    ],
    [
      "an edit to no minutes",
      async (one, issue, worklog) => {
        one.clock.advance(MINUTE);
        one.world.editWorklog(worklog, { seconds: 20 });
        await ring(one, issue, worklog, "updated");
      },
    ],
    [
      "a mark that it copies an entry",
      async (one, issue, worklog) => {
        one.world.editWorklog(worklog, { properties: new Map([["stageledger.entry", { id: "e1" }]]) });
        await ring(one, issue, worklog, "updated");
      },
    ],
  ])("it leaves the inbox by %s", async (_what, happens) => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds: DAYS_5 });
    await ring(one, issue, worklog, "created");
    expect(await one.parked()).toHaveLength(1);
    await happens(one, issue, worklog);
    expect(await one.bells()).toEqual([]);
    expect(await one.cells()).toEqual([]);
  });

  test("let ring again it stays while it is as it was, and while its project is closed; deleted without a word it goes", async () => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds: 1800 });
    await ring(one, issue, worklog, "created");
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds: DAYS_5 });
    await ring(one, issue, worklog, "updated");
    await retry(one);
    expect(await one.parked()).toEqual([`${worklog} ${OUT_OF_RANGE}`]);
    one.jira.rights.closeToApp(one.project);
    await retry(one);
    expect(await one.bells()).toMatchObject([{ fields: { gid: worklog }, state: "new", error_code: "JIRA_FORBIDDEN" }]);
    one.jira.rights.openToApp(one.project);
    one.clock.advance(HOUR);
    await one.answer();
    expect(await one.parked()).toEqual([`${worklog} ${OUT_OF_RANGE}`]);
    one.world.deleteWorklog(worklog);
    await retry(one);
    expect(await one.bells()).toEqual([]);
  });

  test("a late answer from before it was parked changes nothing", async () => {
    const stale: { seconds: number | undefined; updatedAt: number } = { seconds: undefined, updatedAt: 0 };
    const { one, issue } = await anIssue({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          readWorklogs: async (ids) =>
            (await gateway.readWorklogs(ids)).map((worklog) =>
              stale.seconds === undefined
                ? worklog
                : { ...worklog, seconds: stale.seconds, updatedAt: stale.updatedAt },
            ),
        })),
    });
    stale.updatedAt = one.clock.now();
    const worklog = one.world.addWorklog({ issue, seconds: 1800 });
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds: DAYS_5 });
    await ring(one, issue, worklog, "updated");
    stale.seconds = 1800;
    await ring(one, issue, worklog, "updated");
    expect(await one.cells()).toEqual([]);
    expect(await one.parked()).toEqual([`${worklog} ${OUT_OF_RANGE}`]);
  });

  test("worklogs that are no more taken leave the inbox, and come back with them", async () => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds: 1800 });
    await ring(one, issue, worklog, "created");
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds: DAYS_5 });
    await ring(one, issue, worklog, "updated");
    await one.takeWorklogs(false);
    await retry(one);
    expect(await one.bells()).toEqual([]);
    await one.takeWorklogs(true);
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.parked()).toEqual([`${worklog} ${OUT_OF_RANGE}`]);
  });

  test("of somebody who was erased, and of a project that is none of the ledger's, nothing is parked", async () => {
    const { one, issue } = await anIssue();
    const zoe = one.world.createPerson();
    await ring(one, issue, one.world.addWorklog({ issue, seconds: 60, by: zoe }), "created");
    await erasePerson(engine().database, one.tenant.tenantId, one.tenant.masterKey, { source: "jira", account: zoe });
    one.clock.advance(HOUR);
    await ring(one, issue, one.world.addWorklog({ issue, seconds: DAYS_5, by: zoe }), "created");
    const hr = one.world.createProject("HR");
    const stranger = one.world.createIssue({ project: hr, status: one.statuses.build });
    one.world.addWorklog({ issue: stranger, seconds: DAYS_5 });
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.bells()).toEqual([]);
  });
});
