import { spawn } from "node:child_process";
import { once } from "node:events";
import { pageSession } from "@stageledger/core/contract/page-session";
import express from "express";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { httpsOnly } from "../../../apps/ledger/src/http/https-only.ts";
import { serverSettings } from "../../../apps/ledger/src/main/server-settings.ts";
import { startOidcProvider } from "../../simulators/oidc/oidc-provider.ts";
import { codedErrorOf } from "../../support/coded-error.ts";
import { freePort } from "../../support/free-port.ts";
import { aBrowser } from "../../support/page/a-browser.ts";
import { bareEnvironment, NODE, STAGELEDGER, stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";
import { until } from "../../support/until.ts";

// Each command is a process that opens the database anew: seconds each on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const OIDC = { OIDC_ISSUER: "https://login.example", OIDC_CLIENT_ID: "ledger", OIDC_CLIENT_SECRET: "secret" };
const PUBLIC_URL = "https://ledger.example";

test("whoever runs the ledger makes a code for the first admin, who signs in and joins by it", async () => {
  const folder = aFolder();
  const provider = await startOidcProvider();
  onTestFinished(() => provider.close());
  const port = await freePort();
  const url = PUBLIC_URL;
  provider.register({ clientId: "ledger", clientSecret: "secret", redirectUri: `${url}/sign-in/callback` });
  const variables = { PUBLIC_URL: url, PORT: String(port), ...OIDC, OIDC_ISSUER: provider.issuer };

  const invited = await stageledger(["invite", "--role", "admin", "--tenant", "Orders", "--zone", "UTC"], {
    folder,
    variables,
  });
  const [code = "", link, ...rest] = invited.stdout.split("\n");
  expect(code).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}-\w{4}$/);
  expect([link, rest]).toEqual([`${url}/join?code=${code}`, [""]]);
  expect(invited.stderr).toMatch(/^A ledger was begun for "Orders", time zone UTC\.\nGood for one admin, until \d{4}-/);

  const server = spawn(NODE, [STAGELEDGER, "start"], {
    cwd: folder,
    env: { ...bareEnvironment(), ...variables },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  let log = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  await until(() => log.includes('"started"'), "the server", 60_000);
  expect(log).toContain('"hasPage":true');

  const browser = aBrowser({ [url]: `http://127.0.0.1:${port}` });
  const nobody = await browser.call(`${url}/api/v1/session`);
  expect(nobody.status).toBe(401);
  expect(nobody.headers.get("strict-transport-security")).toBe("max-age=31536000");
  await browser.open(link ?? "");
  await browser.submit({ subject: "person-1" });
  await browser.submit({ code });
  const told = pageSession.parse(await (await browser.call(`${url}/api/v1/session`)).json());
  expect(told).toMatchObject({ tenant: "Orders", role: "admin" });
  expect(log).not.toMatch(/person-1|Ada|people\.invalid/);
  server.kill("SIGTERM");
});

test.each([
  ["https://ledger.example", "max-age=31536000"],
  ["http://ledger.example", null],
  [undefined, null],
])("browsers that reach it at %s are told of https: %s", async (publicUrl, told) => {
  const server = express()
    .use(httpsOnly(publicUrl))
    .use((_request, response) => void response.end())
    .listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(answer.headers.get("strict-transport-security")).toBe(told);
});

test("roles and days that there are not are refused", async () => {
  for (const words of [
    ["--role", "owner"],
    ["--days", "0"],
    ["--days", "31"],
    ["--days", "1.5"],
  ]) {
    expect((await stageledger(["invite", ...words], { folder: aFolder() })).exitCode).toBe(2);
  }
});

test("without a provider there is no page to sign in to", () => {
  expect(serverSettings({ PUBLIC_URL }).page).toBeUndefined();
  expect(serverSettings({ PUBLIC_URL, OIDC_ISSUER: " " }).page).toBeUndefined();
});

test("several providers are told apart by a number, and called as they are named, or by their host", () => {
  const more = {
    OIDC_ISSUER_2: "https://two.example/x",
    OIDC_CLIENT_ID_2: "b",
    OIDC_CLIENT_SECRET_2: "c",
    OIDC_NAME_2: "Two",
  };
  const page = serverSettings({ PUBLIC_URL, ...OIDC, ...more }).page;
  expect(page?.publicUrl).toBe(PUBLIC_URL);
  expect(page?.providers.map(({ issuer, name, clientId }) => [issuer.href, name, clientId])).toEqual([
    ["https://login.example/", "login.example", "ledger"],
    ["https://two.example/x", "Two", "b"],
  ]);
});

test.each<[string, Record<string, string | undefined>]>([
  ["no address that browsers can reach", { PUBLIC_URL: undefined }],
  ["no secret", { OIDC_CLIENT_SECRET: "" }],
  ["no client", { OIDC_CLIENT_ID: undefined }],
  ["a provider over an open line", { OIDC_ISSUER: "http://login.example" }],
  ["a provider that is no address", { OIDC_ISSUER: "login.example" }],
  ["a name in the provider's address", { OIDC_ISSUER: "https://me@login.example" }],
])("%s is refused at the start", (_case, changed) => {
  const error = codedErrorOf(() => serverSettings({ PUBLIC_URL, ...OIDC, ...changed }));
  expect(error.code).toBe("SETTING_INVALID");
});
