import { spawn } from "node:child_process";
import { inTransaction, listConnections, listHooks } from "@stageledger/db";
import { expect, onTestFinished, test, vi } from "vitest";
import { aDoneTask, type Desk, desksOnAServer, dumpOf } from "../../support/asana/a-desk.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { freePort } from "../../support/free-port.ts";
import { bareEnvironment, NODE, STAGELEDGER } from "../../support/stageledger-process.ts";
import { until } from "../../support/until.ts";

vi.setConfig({ testTimeout: 120_000 });

const aDesk = desksOnAServer();

/** Runs the server until its webhook stands, so that there is one to remove. */
async function hooked(desk: Desk): Promise<{ readonly publicUrl: string }> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const server = spawn(NODE, [STAGELEDGER, "start"], {
    cwd: desk.folder,
    env: { ...bareEnvironment(), ...desk.variables, PORT: String(port), PUBLIC_URL: publicUrl },
    stdio: "ignore",
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  const ended = new Promise((resolve) => server.once("close", resolve));
  const isActive = (): Promise<boolean> =>
    desk.inLedger((database, tenantId) =>
      inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
        const [connection] = await listConnections(trx, tenantId);
        const hooks = await listHooks(trx, tenantId, connection?.connectionId ?? "");
        return hooks.some(({ state }) => state === "active");
      }),
    );
  await until(isActive, "a webhook that is confirmed", 60_000);
  server.kill("SIGTERM");
  await ended;
  return { publicUrl };
}

test("removes the webhooks at Asana and all that Asana could be asked with; what was recorded stays", async () => {
  const desk = await aDesk();
  aDoneTask(desk, 30);
  await desk.run(["connect", "asana", "--all", "--yes"]);
  const before = await desk.inLedger(ledgerContents);
  const { publicUrl } = await hooked(desk);
  expect((await desk.run(["connections"])).stdout).toContain("changes arrive at once");

  const unsaid = await desk.run(["disconnect", "asana"]);
  expect(unsaid.exitCode).toBe(3);
  expect(unsaid.stderr).toContain("--yes");
  expect(desk.asana.webhooks.all()).toHaveLength(1);

  const { exitCode, stdout } = await desk.run(["disconnect", "asana", "--yes"], { PUBLIC_URL: publicUrl });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("1 webhook removed at Asana.");
  expect(stdout).toContain("What was recorded stays.");
  expect(desk.asana.webhooks.all()).toEqual([]);
  expect(await desk.inLedger(ledgerContents)).toEqual(before);
  const left = await desk.inLedger(async ({ kysely }) => {
    const counts = new Map<string, number>();
    for (const table of ["connection", "connected_project", "hook", "seen_item", "route", "due"] as const) {
      const rows = await kysely.selectFrom(`control.${table}`).selectAll().execute();
      counts.set(table, rows.length);
    }
    counts.set("bell", (await kysely.selectFrom("inbox.bell").selectAll().execute()).length);
    return Object.fromEntries(counts);
  });
  // The tenant's name, and its release.
  expect(left).toEqual({ connection: 0, connected_project: 0, hook: 0, seen_item: 0, route: 1, due: 1, bell: 0 });

  const again = await desk.run(["disconnect", "asana", "--yes"]);
  expect(again.exitCode).toBe(3);
  expect(again.stderr).toContain("[CONNECTION_UNKNOWN]");
});

test("needs no token that works, and says what is left at Asana", async () => {
  const desk = await aDesk();
  aDoneTask(desk);
  await desk.run(["connect", "asana", "--all", "--yes"]);
  await hooked(desk);
  desk.asana.tokens.revoke("personal-token");
  const { exitCode, stdout } = await desk.run(["disconnect", "asana", "--yes"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/1 webhook could not be removed at Asana \[ASANA_UNAUTHORISED\]/);
  expect(await desk.inLedger((database) => dumpOf(database))).not.toContain(desk.workspace);
});
