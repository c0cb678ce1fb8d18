import { StageledgerError } from "@stageledger/core";
import { findSourceCursor, inTransaction, restartSourceCursor, UPDATED_WORKLOGS } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, gatewayLike } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

onBothEngines((engine) => {
  /** What is done once, when the list of changed worklogs was told and before it is recorded. */
  async function aListThatIsRead() {
    const meanwhile: { run: (() => Promise<void>) | undefined } = { run: undefined };
    const broken = { is: false };
    const asked: number[] = [];
    const one = await aJiraSync(engine().database, {
      takesWorklogs: true,
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          listUpdatedWorklogs: async (since) => {
            if (broken.is) throw new StageledgerError("JIRA_UNREACHABLE", "It ended here.");
            asked.push(since);
            const told = await gateway.listUpdatedWorklogs(since);
            const run = meanwhile.run;
            meanwhile.run = undefined;
            await run?.();
            return told;
          },
        })),
    });
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.world.addWorklog({ issue, seconds: 600 });
    const ops = one.world.createProject("OPS");
    const old = one.world.createIssue({ project: ops, status: one.statuses.build });
    one.world.addWorklog({ issue: old, seconds: 3600 });
    return { one, ops, issue, meanwhile, broken, asked };
  }

  test("another process takes in a project and dies while the list is read: its old worklogs come", async () => {
    const { one, ops, issue, meanwhile, broken } = await aListThatIsRead();
    one.clock.advance(3 * HOUR);
    await one.compare(false);
    one.clock.advance(3 * HOUR);
    one.world.addWorklog({ issue, seconds: 60 });
    one.clock.advance(HOUR);
    meanwhile.run = async () => {
      await one.choose(ops, "Operations");
      broken.is = true;
      expect((await one.compare(false))?.problemCode).toBe("JIRA_UNREACHABLE");
      broken.is = false;
    };
    await one.compare(false);
    expect(await one.cells()).toEqual([
      "Operations Build other 2026-09-07 known in-time 60",
      "Payments Build other 2026-09-07 known in-time 11",
    ]);
  });

  test.each([
    ["while it is read for the first time", 1],
    ["while it is read from its beginning once more", 2],
  ])("the list is asked for anew %s: it is read from its beginning", async (_when, times) => {
    const { one, meanwhile, asked } = await aListThatIsRead();
    const { tenantId, connectionId } = one.job;
    const anew = (): Promise<void> =>
      inTransaction(one.context.database, { role: "recorder", tenantId }, (trx) =>
        restartSourceCursor(trx, tenantId, connectionId, UPDATED_WORKLOGS),
      );
    one.clock.advance(3 * HOUR);
    if (times === 2) await anew();
    meanwhile.run = anew;
    await one.compare(false);
    expect(asked.filter((since) => since === 0)).toHaveLength(2);
    const position = await inTransaction(one.context.database, { role: "recorder", tenantId }, (trx) =>
      findSourceCursor(trx, tenantId, connectionId, UPDATED_WORKLOGS),
    );
    expect(Number(position)).toBeGreaterThan(0);
    const before = asked.length;
    await one.compare(false);
    expect(asked.slice(before).filter((since) => since === 0)).toEqual([]);
  });

  test("worklogs are turned off and on while the list is read: it is read from its beginning", async () => {
    const { one, meanwhile, asked } = await aListThatIsRead();
    one.clock.advance(3 * HOUR);
    await one.compare(false);
    const before = asked.length;
    one.clock.advance(3 * HOUR);
    meanwhile.run = async () => {
      await one.takeWorklogs(false);
      await one.takeWorklogs(true);
    };
    await one.compare(false);
    expect(asked.slice(before).filter((since) => since === 0)).toHaveLength(1);
  });
});
