import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { progressOn } from "../../../../apps/ledger/src/analyse/progress.ts";
import { importJira } from "../../../../apps/ledger/src/import/jira/import-jira.ts";
import { Resources } from "../../../simulators/jira/resources.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { ledgerContents } from "../../../support/database/ledger-contents.ts";
import { aJiraSync, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";
import { aFolder } from "../../../support/temporary-folder.ts";

const SILENT = progressOn(new PassThrough().resume(), () => 0);

onBothEngines((engine) => {
  /** An issue with all that counts: moves, one with a resolution, a flag, a link, several at one instant; 90 minutes on it. */
  async function aBusyIssue() {
    const one = await aJiraSync(engine().database, { takesWorklogs: true });
    const { world, statuses, clock } = one;
    const blocker = world.createIssue({ project: one.project, status: statuses.toDo });
    const issue = world.createIssue({ project: one.project, status: statuses.toDo });
    clock.advance(HOUR);
    world.moveStatus(issue, statuses.build);
    world.flag(issue);
    world.linkBlockedBy(issue, blocker);
    world.assign(issue, world.createPerson());
    clock.advance(HOUR);
    world.addWorklog({ issue, seconds: 5400 });
    world.flag(issue, false);
    world.moveStatus(issue, statuses.done);
    world.moveStatus(issue, statuses.build);
    world.moveStatus(issue, statuses.done);
    clock.advance(HOUR);
    return { one, issue };
  }

  async function importAs(one: JiraSync, issue: string): Promise<void> {
    const resources = new Resources(one.world);
    const found = one.world.issues.get(issue);
    if (found === undefined) throw new Error("There is none.");
    const { changelog } = resources.withHistories(found);
    const line = { ...resources.issue(found, resources.issueFields(found)), changelog };
    const files = [join(aFolder({ "export.jsonl": `${JSON.stringify(line)}\n` }), "export.jsonl")];
    const { database, masterKey } = one.context;
    const request = { files, statuses: undefined, stages: undefined, worklogs: true };
    await importJira({ database, masterKey, tenantId: one.job.tenantId }, request, SILENT, {
      newId: randomUUID,
      now: one.clock.now,
    });
  }

  const look = (one: JiraSync, issue: string): Promise<void> => one.look(issue);
  const sweep = async (one: JiraSync): Promise<void> => void (await one.compare());

  test.each([
    ["import, look", [importAs, look]],
    ["look, import", [look, importAs]],
    ["import, sweep", [importAs, sweep]],
    ["sweep, import", [sweep, importAs]],
    ["import, look, import, sweep", [importAs, look, importAs, sweep]],
  ])("%s: the same facts, once, and the same worklog, once", async (_order, steps) => {
    const { one, issue } = await aBusyIssue();
    for (const step of steps) await step(one, issue);
    expect(await one.stays(issue)).toBe("To Do,In Progress,Done,In Progress,Done");
    expect(await one.hours(issue)).toEqual([0, 1, 2, 2, 2]);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
    expect(await one.projectOf(issue)).toBe("Payments");
    expect((await one.rows())["ledger.entry"]).toBe(1);
    expect((await one.rows())["ledger.contributor"]).toBe(1);
    expect(await one.bells()).toEqual([]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
    const before = await ledgerContents(engine().database, one.tenant.tenantId);
    await importAs(one, issue);
    await one.look(issue);
    const { items: _seen, ...after } = await ledgerContents(engine().database, one.tenant.tenantId);
    expect({ ...after }).toEqual({ cells: before.cells, balances: before.balances, timelines: before.timelines });
  });

  test("a workflow that was migrated between the import and the look: one more change, from where the import left it", async () => {
    const { one, issue } = await aBusyIssue();
    await importAs(one, issue);
    one.world.migrateWorkflow(one.project, new Map([[one.statuses.done, one.statuses.toDo]]));
    one.clock.advance(HOUR);
    await one.compare();
    await importAs(one, issue);
    expect(await one.stays(issue)).toBe("To Do,In Progress,Done,In Progress,Done,To Do");
    expect((await one.hours(issue)).at(-1)).toBe(4);
  });
});
