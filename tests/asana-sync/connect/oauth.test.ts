import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Desk, desksOnAServer, dumpOf } from "../../support/asana/a-desk.ts";
import { freePort } from "../../support/free-port.ts";
import { bareEnvironment, NODE, STAGELEDGER } from "../../support/stageledger-process.ts";
import { until } from "../../support/until.ts";

vi.setConfig({ testTimeout: 120_000 });

const aDesk = desksOnAServer();
const APP = { clientId: "1204", clientSecret: "canary-secret" };

interface Begun {
  /** Where Asana would send the browser back to, after its owner agreed. */
  readonly back: URL;
  readonly paste: (text: string) => void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

async function aDeskWithApp(): Promise<{ readonly desk: Desk; readonly port: number }> {
  const port = await freePort();
  const oauthApp = { ...APP, redirectUris: [`http://localhost:${port}/asana`] };
  return { desk: await aDesk({ oauthApp }), port };
}

/** Runs the command, opens the address that it prints, and agrees there. */
async function begun(desk: Desk, port: number): Promise<Begun> {
  const words = ["connect", "asana", "--all", "--yes", "--oauth", "--redirect-port", String(port)];
  const variables = { ASANA_CLIENT_ID: APP.clientId, ASANA_CLIENT_SECRET: APP.clientSecret };
  const child = spawn(NODE, [STAGELEDGER, ...words], {
    cwd: desk.folder,
    env: { ...bareEnvironment(), ...desk.variables, ASANA_TOKEN: "", ...variables },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  const ended = new Promise<Awaited<Begun["ended"]>>((resolve) =>
    child.once("close", (exitCode) => resolve({ exitCode, output })),
  );
  const address = (): string | undefined => /^http\S+oauth_authorize\S+$/mu.exec(output)?.[0];
  await until(() => address() !== undefined, "an address to open", 60_000);
  const url = new URL(address() ?? "");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    client_id: APP.clientId,
    response_type: "code",
    code_challenge_method: "S256",
    state: expect.stringMatching(/^[\w-]{43}$/u),
  });
  const agreed = await fetch(url, { redirect: "manual" });
  return {
    back: new URL(agreed.headers.get("location") ?? ""),
    paste: (text) => void child.stdin.write(`${text}\n`),
    ended,
  };
}

describe("a consent", () => {
  test("comes to the listener, which takes no other state, and the workspace is connected", async () => {
    const { desk, port } = await aDeskWithApp();
    desk.world.createTask({ project: desk.project });
    const { back, ended } = await begun(desk, port);
    const forged = new URL(back);
    forged.searchParams.set("state", "of-somebody-else");
    expect((await fetch(forged)).status).toBe(400);
    expect((await fetch(new URL("/other", back))).status).toBe(404);
    const answer = await fetch(back);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("close this page");

    const { exitCode, output } = await ended;
    expect(exitCode).toBe(0);
    expect(output).toContain("Recorded: 1 task");
    const kept = await desk.inLedger((database) => dumpOf(database));
    const code = back.searchParams.get("code") ?? "";
    for (const secret of ["canary-secret", "access-", "refresh-", code]) {
      expect(output).not.toContain(secret);
      expect(kept).not.toContain(secret);
    }
    // An hour later the access token is renewed by what was kept.
    desk.clock.advance(2 * 3_600_000);
    expect(await desk.run(["connections", "sync"], { ASANA_TOKEN: "" })).toMatchObject({ exitCode: 0 });
  });

  test("can be pasted, where the browser runs on another machine", async () => {
    const { desk, port } = await aDeskWithApp();
    const { back, paste, ended } = await begun(desk, port);
    paste(back.href);
    expect((await ended).exitCode).toBe(0);
  });

  test.each<[string, (back: URL) => void]>([
    ["pasted from an earlier try", (back) => back.searchParams.set("state", "old")],
    ["refused", (back) => back.searchParams.delete("code")],
  ])("that is %s connects nothing", async (_name, change) => {
    const { desk, port } = await aDeskWithApp();
    const { back, paste, ended } = await begun(desk, port);
    change(back);
    paste(back.href);
    const { exitCode, output } = await ended;
    expect(exitCode).toBe(4);
    expect(output).toContain("[ASANA_UNAUTHORISED]");
    expect(await desk.inLedger(async (_database, tenantId) => tenantId)).toBe("");
  });

  test("needs a port of its own, and an app", async () => {
    const { desk, port } = await aDeskWithApp();
    const words = ["connect", "asana", "--oauth", "--redirect-port", String(port)];
    const without = await desk.run(words);
    expect(without).toMatchObject({ exitCode: 4 });
    expect(without.stderr).toContain(`http://localhost:${port}/asana`);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "localhost", resolve));
    onTestFinished(() => void other.close());
    const taken = await desk.run(words, { ASANA_CLIENT_ID: "1204" });
    expect(taken).toMatchObject({ exitCode: 3 });
    expect(taken.stderr).toContain("[PORT_TAKEN]");
  });
});
