import { randomUUID } from "node:crypto";
import { inTransaction, listConnections, postponeBells, ringBells } from "@stageledger/db";
import { expect, test, vi } from "vitest";
import { aDoneTask, type Desk, desksOnAServer } from "../../support/asana/a-desk.ts";

vi.setConfig({ testTimeout: 120_000 });

const aDesk = desksOnAServer();

const HOUR = 3_600_000;

/** Parks a bell of the task, three hours old. */
function parked(desk: Desk, task: string, bellId: string): Promise<void> {
  const at = Date.now() - 3 * HOUR - 60_000;
  const fields = { what: "task", gid: task, action: "changed", at };
  return desk.inLedger((database, tenantId) =>
    inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const [connection] = await listConnections(trx, tenantId);
      await ringBells(trx, tenantId, [{ bellId, connectionId: connection?.connectionId ?? "", fields }], at);
      for (let attempt = 1; attempt <= 5; attempt += 1)
        await postponeBells(trx, tenantId, [bellId], {
          dueAt: at,
          isParked: attempt === 5,
          errorCode: "ASANA_WRONG_SHAPE",
        });
    }),
  );
}

test("parked bells are listed, shown, and ring again", async () => {
  const desk = await aDesk();
  const task = aDoneTask(desk);
  await desk.run(["connect", "asana", "--all", "--yes"]);
  expect(await desk.run(["inbox", "list"])).toMatchObject({ exitCode: 0, stdout: "No bell is parked.\n" });
  const [first, second] = [`a${randomUUID().slice(1)}`, `b${randomUUID().slice(1)}`];
  await parked(desk, task, first);
  await parked(desk, task, second);

  const listed = await desk.run(["inbox", "list"]);
  expect(listed.stdout).toContain(`${first.slice(0, 8)}    3h  task ${task} changed`);
  expect(listed.stdout).toContain("ASANA_WRONG_SHAPE, 5 tries");
  const json = JSON.parse((await desk.run(["inbox", "list", "--json"])).stdout);
  expect(json.bells).toMatchObject([
    { bell: first, workspace: desk.workspace, attempts: 5, errorCode: "ASANA_WRONG_SHAPE", fields: { gid: task } },
    { bell: second },
  ]);
  const shown = await desk.run(["inbox", "show", first.slice(0, 8)]);
  expect(shown.stdout).toMatch(new RegExp(`^connection +Asana ${desk.workspace}$`, "mu"));
  expect(shown.stdout).toMatch(/^failed with +ASANA_WRONG_SHAPE/mu);

  for (const words of [["show"], ["retry"]]) {
    const unknown = await desk.run(["inbox", ...words, "ffffffff"]);
    expect(unknown).toMatchObject({ exitCode: 3, stdout: "" });
    expect(unknown.stderr).toContain("[BELL_UNKNOWN]");
  }
  expect((await desk.run(["inbox", "retry"])).stderr).toContain("[SETTING_INVALID]");

  const one = await desk.run(["inbox", "retry", second]);
  expect(one.stdout).toContain("1 bell rings again.");
  expect((await desk.run(["connections"])).stdout).toMatch(/1 bell to be read\n.*1 bell parked/u);
  expect((await desk.run(["inbox", "retry", "--all"])).stdout).toContain("1 bell rings again.");
  const synced = await desk.run(["connections", "sync", "--json"]);
  expect(JSON.parse(synced.stdout).connections).toMatchObject([{ bellsWaiting: 0, bellsParked: 0 }]);
});
