import { describe, expect, it } from "vitest";
import { askPermissions, type RightsCall } from "../../../apps/ledger/src/forge/rights/ask-jira.ts";
import { Canaries } from "../../support/canaries.ts";
import { codedRejection, everythingIn } from "../../support/rejection.ts";
import { type Script, scriptedServer } from "../../support/scripted-server.ts";

const canaries = new Canaries();
const TOKEN = canaries.plant("the person's token");
const SAID = canaries.plant("a word of Jira's");

const granting = (permissions: Readonly<Record<string, boolean>>) => ({
  body: {
    permissions: Object.fromEntries(
      Object.entries(permissions).map(([key, havePermission]) => [
        key,
        { id: "10", key, name: SAID, type: "PROJECT", description: SAID, havePermission },
      ]),
    ),
  },
});

async function asked(script: Script, call: Partial<RightsCall> = {}) {
  const server = await scriptedServer(script);
  const ask = () =>
    askPermissions({
      apiBaseUrl: `${server.baseUrl}/ex/jira/1f2e`,
      userToken: TOKEN,
      permissions: ["BROWSE_PROJECTS", "ADMINISTER_PROJECTS"],
      subject: { issueId: "10001" },
      fetch: globalThis.fetch,
      timeoutMilliseconds: 5000,
      ...call,
    });
  return { ...server, ask };
}

const refused = (status: number, headers = {}) => ({ status, headers, body: { errorMessages: [SAID], errors: {} } });

describe("what a person may do in Jira", () => {
  it("is asked with the person's own token, of the issue, at the address that the proof names", async () => {
    const { ask, heard } = await asked(() => granting({ BROWSE_PROJECTS: true, ADMINISTER_PROJECTS: false }));
    expect(await ask()).toEqual(new Set(["BROWSE_PROJECTS"]));
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      method: "GET",
      path: "/ex/jira/1f2e/rest/api/3/mypermissions",
      query: { permissions: "BROWSE_PROJECTS,ADMINISTER_PROJECTS", issueId: "10001" },
      authorization: `Bearer ${TOKEN}`,
    });
  });

  it.each([
    [{ projectId: "10000" } as const, { projectId: "10000" }],
    ["site" as const, {}],
  ])("is asked of a project and of the site too (%j)", async (subject, query) => {
    const { ask, heard } = await asked(() => granting({ ADMINISTER: true }), { subject, permissions: ["ADMINISTER"] });
    expect(await ask()).toEqual(new Set(["ADMINISTER"]));
    expect(heard[0]?.query).toEqual({ permissions: "ADMINISTER", ...query });
  });

  it("is nothing that was not asked for, and nothing that the answer leaves out", async () => {
    const { ask } = await asked(() => granting({ ADMINISTER: true, BROWSE_PROJECTS: false }), {
      permissions: ["BROWSE_PROJECTS", "ADMINISTER_PROJECTS", "toString"],
    });
    expect(await ask()).toEqual(new Set());
  });

  it("is not found where there is no such issue for this person", async () => {
    const { ask } = await asked(() => refused(404));
    expect(await ask()).toBe("not-found");
  });

  it.each([
    ["401", refused(401)],
    ["403", refused(403)],
    [
      "a 200 for somebody who is not signed in",
      { ...granting({ BROWSE_PROJECTS: true }), headers: { "x-seraph-loginreason": "AUTHENTICATED_FAILED" } },
    ],
  ])("stays unproved after %s", async (_case, answer) => {
    const { ask } = await asked(() => answer);
    expect((await codedRejection(ask())).code).toBe("RIGHTS_UNPROVED");
  });

  it.each([
    ["no token", { userToken: "" }],
    ["a token that no header can hold", { userToken: `${TOKEN}\r\nx: y` }],
    ["an address in clear text", { apiBaseUrl: "http://jira.example.com" }],
    ["an address that is none", { apiBaseUrl: "" }],
  ])("stays unproved without a call with %s", async (_case, call) => {
    const { ask, heard } = await asked(() => granting({ BROWSE_PROJECTS: true }), call);
    const error = await codedRejection(ask());
    expect(error.code).toBe("RIGHTS_UNPROVED");
    expect(canaries.foundIn(everythingIn(error))).toEqual([]);
    expect(heard).toEqual([]);
  });

  it.each<[string, Script]>([
    ["429", () => refused(429)],
    ["503", () => refused(503)],
    ["a connection that breaks off", () => "cut"],
    ["no answer in time", () => "silence"],
  ])("cannot be told after %s, and is not asked a second time", async (_case, script) => {
    const { ask, heard } = await asked(script, { timeoutMilliseconds: 150 });
    expect((await codedRejection(ask())).code).toBe("JIRA_UNREACHABLE");
    expect(heard).toHaveLength(1);
  });

  it.each<[string, Script, string]>([
    ["a redirect", () => ({ status: 302, headers: { location: "https://elsewhere.example" } }), "JIRA_REFUSED"],
    ["a refusal", () => refused(400), "JIRA_REFUSED"],
    ["what is no JSON", () => ({ body: "<html>" }), "JIRA_WRONG_SHAPE"],
    ["another shape", () => ({ body: { permissions: { BROWSE_PROJECTS: SAID } } }), "JIRA_WRONG_SHAPE"],
  ])("is not read out of %s, of which no word is repeated", async (_case, script, code) => {
    const { ask } = await asked(script);
    const error = await codedRejection(ask());
    expect(error.code).toBe(code);
    expect(canaries.foundIn(everythingIn(error))).toEqual([]);
  });

  it("is not waited for by who has gone", async () => {
    const leaving = new AbortController();
    const { ask } = await asked(
      () => {
        leaving.abort(new Error("gone"));
        return "silence";
      },
      { signal: leaving.signal },
    );
    await expect(ask()).rejects.toThrow("gone");
  });
});
