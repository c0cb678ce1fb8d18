import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { entry } from "@stageledger/core/contract/entries";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { APP_ID, startFakeForge } from "../../simulators/forge/fake-forge.ts";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { aPerson } from "../../support/forge/a-forge-door.ts";
import { aJiraOfRights } from "../../support/forge/a-jira-of-rights.ts";
import { freePort } from "../../support/free-port.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { bareEnvironment, NODE, STAGELEDGER } from "../../support/stageledger-process.ts";
import { until } from "../../support/until.ts";

// Each command opens the database anew, and the server is a process.
vi.setConfig({ testTimeout: 300_000 });

const ISSUE = {
  id: "10001",
  key: "PAY-1",
  fields: {
    project: { key: "PAY" },
    status: { id: "2", name: "Build", statusCategory: { key: "indeterminate" } },
    created: "2026-09-01T07:00:00.000+0000",
    updated: "2026-09-09T12:00:00.000+0000",
  },
  changelog: { total: 0, histories: [] },
};
const codeOf = (told: unknown): string => z.looseObject({ code: z.string() }).parse(told).code;
const INSTALLATION = "ari:cloud:ecosystem::installation/0d7ad1a5-0000-4000-8000-000000000000";

test("a site that was connected logs from its panel into the ledger of the server; one that was not is told so", async () => {
  const folder = await aLedgerFolder({ "issues.json": JSON.stringify([ISSUE]) });
  const forge = await startFakeForge(Date.now);
  onTestFinished(() => forge.close());
  const run = (...words: string[]) => stageledgerInProcess(words, { folder });
  expect((await run("import", "jira", "issues.json", "--zone", "UTC")).exitCode).toBe(0);
  const connected = await run("connect", "jira", "--installation", INSTALLATION);
  expect(connected).toMatchObject({
    exitCode: 0,
    stdout:
      "Connected: people of this Jira site log into this ledger.\nEvery project that the app may browse is read, also new ones.\nWorklogs that people make in Jira itself do not count.\n",
  });
  expect((await run("connect", "jira", "--installation", INSTALLATION)).exitCode).toBe(0);

  const port = await freePort();
  const server = spawn(NODE, [STAGELEDGER, "start"], {
    cwd: folder,
    env: { ...bareEnvironment(), PORT: String(port), FORGE_APP_ID: APP_ID, FORGE_JWKS_URL: forge.keysUrl },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  const ended = new Promise((resolve) => server.once("close", resolve));
  let log = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const url = `http://127.0.0.1:${port}`;
  await until(() => log.includes('"started"'), "the server", 60_000);
  expect(log).toContain('"hasPanel":true');

  const ada = aPerson({ url, forge, installationId: INSTALLATION, jira: await aJiraOfRights() }, "ada");
  const path = "/forge/v1/items/jira:10001/entries";
  // Three tokens may come along, and are longer than the headers of other calls.
  const headers = { "x-forge-oauth-user": "u".repeat(6000), "x-forge-oauth-system": "s".repeat(6000) };
  const logged = await ada.told(entry, path, { body: { minutes: 60 }, headers });
  expect(logged).toMatchObject({ itemKey: "PAY-1", minutes: 60 });
  const stranger = aPerson({ url, forge, installationId: `${INSTALLATION}-other` });
  expect((await stranger.refused(path, { body: { minutes: 60 } })).code).toBe("INSTALLATION_UNKNOWN");
  const elsewhere = await fetch(`${url}/nothing`);
  expect([elsewhere.status, codeOf(await elsewhere.json())]).toEqual([404, "NOT_FOUND"]);
  server.kill("SIGTERM");
  await ended;

  const mine = await run("me", "--source", "jira", "--as", "ada", "--json");
  expect(JSON.parse(mine.stdout).entries).toMatchObject([{ entry: logged.id, minutes: 60 }]);
  expect((await run("verify")).exitCode).toBe(0);
  expect((await run("disconnect", "jira", "--installation", INSTALLATION)).stdout).toBe(
    "Disconnected. What was recorded stays.\n",
  );
  const again = await run("disconnect", "jira", "--installation", INSTALLATION);
  expect([again.exitCode, again.stderr]).toEqual([3, expect.stringContaining("[INSTALLATION_UNKNOWN]")]);
});

test("without FORGE_APP_ID the server answers no panel, and keys over an open line are refused", async () => {
  const folder = await aLedgerFolder();
  const port = await freePort();
  const server = spawn(NODE, [STAGELEDGER, "start"], {
    cwd: folder,
    env: { ...bareEnvironment(), PORT: String(port) },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  let log = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  await until(() => log.includes('"started"'), "the server", 60_000);
  const response = await fetch(`http://127.0.0.1:${port}/forge/v1/my/week`);
  expect([response.status, codeOf(await response.json())]).toEqual([404, "NOT_FOUND"]);
  server.kill("SIGTERM");
  const variables = { FORGE_APP_ID: randomUUID(), FORGE_JWKS_URL: "http://keys.example.invalid/jwks.json" };
  const refused = await stageledgerInProcess(["start", "--data", "other"], { folder, variables });
  expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining("[SETTING_INVALID]")]);
});
