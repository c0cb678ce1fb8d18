import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import {
  chooseProject,
  findTenantOfInstallation,
  findWantedProjects,
  inTransaction,
  listConnections,
  listDueJobs,
  listParkedBells,
  parkImpossible,
  setConnectionProblem,
  takesNativeWorklogs,
} from "@stageledger/db";
import { expect, test, vi } from "vitest";
import {
  type ConnectedSite,
  connectSite,
  type SiteToConnect,
} from "../../../../apps/ledger/src/jira-sync/connect/connect-site.ts";
import { describeSites } from "../../../../apps/ledger/src/jira-sync/connect/describe-sites.ts";
import { disconnectSite } from "../../../../apps/ledger/src/jira-sync/connect/disconnect-site.ts";
import { aLedgerFolder } from "../../../support/database/a-ledger-folder.ts";
import { aTenant, type TestTenant } from "../../../support/database/a-tenant.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { utc } from "../../../support/moments.ts";
import { codedRejection } from "../../../support/rejection.ts";
import { stageledgerInProcess } from "../../../support/stageledger-in-process.ts";
import { aFolder } from "../../../support/temporary-folder.ts";

// Each command is a process that opens the database anew: seconds each on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const NOW = utc("2026-09-08T09:00");
const INSTALLATION = "ari:cloud:ecosystem::installation/0d7ad1a5-0000-4000-8000-000000000001";

onBothEngines((engine) => {
  const anInstallation = (): string => `ari:cloud:ecosystem::installation/${randomUUID()}`;
  function connect(
    { tenantId, masterKey }: TestTenant,
    installationId: string,
    told: Partial<SiteToConnect> = {},
  ): Promise<ConnectedSite> {
    const surroundings = {
      database: engine().database,
      masterKey,
      random: randomBytes,
      newId: randomUUID,
      now: () => NOW,
    };
    return connectSite(surroundings, tenantId, { installationId, nameByKey: {}, takesWorklogs: undefined, ...told });
  }
  const within = <T>({ tenantId }: TestTenant, work: Parameters<typeof inTransaction<T>>[2]): Promise<T> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, work);
  const wanted = (tenant: TestTenant) =>
    within(tenant, async (trx) => {
      const [connection] = await listConnections(trx, tenant.tenantId);
      return findWantedProjects(trx, tenant.tenantId, connection?.connectionId ?? "");
    });

  test("a site is connected once: its people log here, and its projects are looked at as soon as that can be", async () => {
    const tenant = await aTenant(engine().database);
    const installation = anInstallation();
    for (const _ of [1, 2]) await connect(tenant, installation);
    expect(await findTenantOfInstallation(engine().database, installation)).toBe(tenant.tenantId);
    const connections = await within(tenant, (trx) => listConnections(trx, tenant.tenantId));
    expect(connections).toMatchObject([{ kind: "jira", workspace: installation, isOn: true, problemCode: undefined }]);
    const due = (await listDueJobs(engine().database)).filter(({ tenantId }) => tenantId === tenant.tenantId);
    expect(due).toEqual([
      { tenantId: tenant.tenantId, connectionId: connections[0]?.connectionId, kind: "reconcile", dueAt: NOW },
    ]);
    expect(await wanted(tenant)).toEqual({ takesAll: true, nameByKey: {} });
  });

  test("projects that are named wait by their keys, and are added to those that wait; naming none changes nothing", async () => {
    const tenant = await aTenant(engine().database);
    const installation = anInstallation();
    await connect(tenant, installation, { nameByKey: { PAY: null, SHOP: "PAY" } });
    expect(await wanted(tenant)).toEqual({ takesAll: false, nameByKey: { PAY: null, SHOP: "PAY" } });
    await connect(tenant, installation, { nameByKey: { OPS: null, PAY: "Payments" } });
    expect(await wanted(tenant)).toEqual({
      takesAll: false,
      nameByKey: { OPS: null, PAY: "Payments", SHOP: "PAY" },
    });
    const before = await wanted(tenant);
    await connect(tenant, installation, { takesWorklogs: true });
    expect(await wanted(tenant)).toEqual(before);
    expect(await connect(tenant, installation, { takesAll: true })).toMatchObject({ takesAll: true, tookAll: false });
    expect(await wanted(tenant)).toEqual({ ...before, takesAll: true });
    await connect(tenant, installation);
    expect((await wanted(tenant)).takesAll).toBe(true);
    await connect(tenant, installation, { nameByKey: { HR: null }, takesAll: true });
    expect((await wanted(tenant)).takesAll).toBe(true);
    expect(await connect(tenant, installation, { nameByKey: { HR: null } })).toMatchObject({
      takesAll: false,
      tookAll: true,
    });
  });

  test("worklogs that count no more leave the inbox of what has to be put right, and nothing else does", async () => {
    const tenant = await aTenant(engine().database);
    const { tenantId } = tenant;
    const installation = anInstallation();
    await connect(tenant, installation, { takesWorklogs: true });
    await within(tenant, async (trx) => {
      const [{ connectionId } = { connectionId: "" }] = await listConnections(trx, tenantId);
      const fields = { what: "worklog", gid: "1", issue: "2", at: NOW };
      await parkImpossible(
        trx,
        tenantId,
        (["ENTRY_MINUTES_OUT_OF_RANGE", "JIRA_WRONG_SHAPE"] as const).map((errorCode) => ({
          ...{ bellId: randomUUID(), connectionId, fields, errorCode },
        })),
        NOW,
      );
    });
    await connect(tenant, installation, { takesWorklogs: false });
    const left = await within(tenant, (trx) => listParkedBells(trx, tenantId));
    expect(left.map(({ errorCode }) => errorCode)).toEqual(["JIRA_WRONG_SHAPE"]);
  });

  test("Jira's own worklogs count from when somebody says so, and stay as they are when nobody does", async () => {
    const tenant = await aTenant(engine().database);
    const installation = anInstallation();
    const taken = (): Promise<boolean> => within(tenant, (trx) => takesNativeWorklogs(trx, tenant.tenantId));
    await connect(tenant, installation);
    expect(await taken()).toBe(false);
    await connect(tenant, installation, { takesWorklogs: true });
    await connect(tenant, installation);
    expect(await taken()).toBe(true);
    await connect(tenant, installation, { takesWorklogs: false });
    expect(await taken()).toBe(false);
  });

  test("a second site is refused, since its issues have the same ids; one that follows a disconnected one is not", async () => {
    const tenant = await aTenant(engine().database);
    const [first, second] = [anInstallation(), anInstallation()];
    await connect(tenant, first);
    expect((await codedRejection(connect(tenant, second))).code).toBe("CONNECTION_SECOND_SITE");
    expect(await findTenantOfInstallation(engine().database, second)).toBeUndefined();
    await disconnectSite(engine().database, tenant.tenantId, first);
    await connect(tenant, second);
    expect(await findTenantOfInstallation(engine().database, second)).toBe(tenant.tenantId);
  });

  test("an installation of another ledger's is refused, and nothing of it is connected", async () => {
    const [mine, others] = [await aTenant(engine().database), await aTenant(engine().database)];
    const installation = anInstallation();
    await connect(others, installation);
    expect((await codedRejection(connect(mine, installation))).code).toBe("INSTALLATION_TAKEN");
    expect(await describeSites(engine().database, mine.tenantId)).toEqual([]);
    expect(await disconnectSite(engine().database, mine.tenantId, installation)).toBe(false);
    expect(await describeSites(engine().database, others.tenantId)).toHaveLength(1);
  });

  test("connections say what is read, what waits to be found, and what is wrong", async () => {
    const tenant = await aTenant(engine().database);
    const { tenantId } = tenant;
    const installation = anInstallation();
    await connect(tenant, installation, { nameByKey: { OPS: null } });
    const [{ connectionId } = { connectionId: "" }] = await within(tenant, (trx) => listConnections(trx, tenantId));
    await within(tenant, async (trx) => {
      const project = { connectionId, sourceProject: "10001", project: "PAY", stageField: undefined };
      await chooseProject(trx, tenantId, "jira:", project);
      await setConnectionProblem(trx, tenantId, connectionId, "JIRA_TOKEN_MISSING");
    });
    expect(await describeSites(engine().database, tenantId)).toEqual([
      {
        connectionId,
        installationId: installation,
        state: "problem",
        problemCode: "JIRA_TOKEN_MISSING",
        takesAllProjects: false,
        takesWorklogs: false,
        projects: [{ project: "PAY", sourceProject: "10001" }],
        wantedKeys: ["OPS"],
        comparedAt: undefined,
        dueAt: NOW,
        bellsWaiting: 0,
        bellsParked: 0,
        impossibleWorklogs: 0,
        itemsInDoubt: 0,
      },
    ]);
  });
});

test("the commands connect, show and disconnect a site, and refuse what is no project's key", async () => {
  const folder = await aLedgerFolder();
  const run = (...words: string[]) => stageledgerInProcess(words, { folder });
  const connect = ["connect", "jira", "--installation", INSTALLATION];
  expect((await run(...connect, "--project", "pay")).exitCode).toBe(2);
  expect((await run(...connect, "--worklogs", "perhaps")).exitCode).toBe(2);
  const connected = await run(...connect, "--project", "PAY", "--project", "SHOP=PAY", "--worklogs", "on");
  expect(connected).toMatchObject({
    exitCode: 0,
    stdout: `Connected: people of this Jira site log into this ledger.
PAY, SHOP will be read as soon as the app has brought its token.
No other project is taken in by itself.
Worklogs that people make in Jira itself count.
`,
  });
  expect((await run("connections")).stdout).toBe(
    `Jira ${INSTALLATION}: not read yet
  compared never; the chosen projects only
  worklogs of Jira's own count
  looked up once the app has come: PAY, SHOP
`,
  );
  const shown: unknown = JSON.parse((await run("connections", "--json")).stdout);
  expect(shown).toMatchObject({
    connections: [
      { source: "jira", workspace: INSTALLATION, state: "new", wantedKeys: ["PAY", "SHOP"], takesWorklogs: true },
    ],
  });
  const again = await run(...connect, "--worklogs", "off");
  expect(again.stdout).toContain(
    "The same projects are read as before.\nWorklogs that people make in Jira itself do not count.",
  );
  expect((await run(...connect, "--all-projects")).stdout).toContain("Every project that the app may browse is read");
  expect((await run(...connect, "--project", "OPS")).stdout).toContain("--all-projects takes them in again");
  const unknown = await run("connections", "sync", "--workspace", "zzz");
  expect(unknown.stderr).toContain("That workspace or site is not connected. [CONNECTION_UNKNOWN]");
  expect(unknown.stderr).toContain(INSTALLATION);
  expect((await run("disconnect", "jira", "--installation", INSTALLATION)).exitCode).toBe(0);
  expect((await run("connections")).stdout).toContain("Nothing is connected.");
});

test("the help of connect names what a new site gets", async () => {
  const { stdout } = await stageledgerInProcess(["connect", "jira", "--help"], { folder: aFolder() });
  expect(stdout.replaceAll(/\s+/gu, " ")).toContain("whether Jira's own worklogs count (a new site: off)");
});

test.each([
  [["connections"], 0, "Nothing is connected."],
  [["inbox", "list"], 0, "No bell is parked."],
  [["inbox", "retry", "--all"], 0, "No bell is parked."],
  [["inbox", "show", "ab"], 3, "[BELL_UNKNOWN]"],
  [["connections", "sync"], 3, "Nothing is connected. [CONNECTION_UNKNOWN]"],
  [["disconnect", "asana", "--yes"], 3, "[CONNECTION_UNKNOWN]"],
  [["disconnect", "jira", "--installation", INSTALLATION], 3, "stageledger connections"],
  [["doctor"], 1, "There is no ledger"],
] as const)("%s begins no ledger where there is none", async (words, exitCode, said) => {
  const folder = aFolder();
  const ended = await stageledgerInProcess(words, { folder });
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.stdout + ended.stderr).toContain(said);
  expect(ended.stderr).not.toContain("was begun");
  expect(readdirSync(folder)).toEqual([]);
});
