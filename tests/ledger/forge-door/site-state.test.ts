import { siteState } from "@stageledger/core/contract/site-state";
import { inTransaction, ringBells, setConnectionProblem } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aSync } from "../../support/asana/a-sync.ts";
import { aTask } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aDoorTo, aForgeDoor, aPerson, connectTheSite, ITEM, NOW } from "../../support/forge/a-forge-door.ts";
import { aJiraSync } from "../../support/jira/a-jira-sync.ts";
import { DAY, MINUTE } from "../../support/moments.ts";

const SITE = "/forge/v1/site";

onBothEngines((engine) => {
  test("of a ledger that nothing is connected to, its zone, that worklogs do not count, and its projects without sources", async () => {
    const door = await aForgeDoor(engine().database);
    expect(await aPerson(door).told(siteState, SITE)).toEqual({
      now: NOW,
      zone: "Europe/Berlin",
      canChangeZone: true,
      takesNativeWorklogs: false,
      connections: [],
      projects: [{ project: "PAY", sources: [] }],
    });
  });

  test("the zone can be changed until the first entry, and not after it was deleted", async () => {
    const door = await aForgeDoor(engine().database);
    const person = aPerson(door);
    const body = { minutes: 60, date: "2026-09-08" };
    const response = await person.call(`/forge/v1/items/${ITEM}/entries`, { body });
    const { id } = Object(await response.json());
    expect((await person.told(siteState, SITE)).canChangeZone).toBe(false);
    await person.call(`/forge/v1/my/entries/${id}?revision=1`, { method: "DELETE" });
    expect((await person.told(siteState, SITE)).canChangeZone).toBe(false);
  });

  test("nor once a week is closed, though nobody logged an hour", async () => {
    const door = await aForgeDoor(engine().database);
    const { tenantId } = door.tenant;
    await inTransaction(engine().database, { role: "publisher", tenantId }, (trx) =>
      trx
        .insertInto("ledger.week_close")
        .values({ tenant_id: tenantId, week: "2026-08-31", closed_at_ms: 0 })
        .execute(),
    );
    expect((await aPerson(door).told(siteState, SITE)).canChangeZone).toBe(false);
  });

  test("a site that was never read is new, and says what an admin in Jira can wait for", async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const { connections } = await aPerson(door).told(siteState, SITE);
    expect(connections).toEqual([
      {
        kind: "jira",
        state: "new",
        findings: [
          {
            code: null,
            finding: "It was not read yet.",
            next: "The app brings a token within the hour. Reading begins then.",
          },
        ],
        comparedAt: null,
        dueAt: NOW,
        bellsWaiting: 0,
        bellsParked: 0,
        itemsInDoubt: 0,
      },
    ]);
  });

  test("a site that is read works, without a finding; its projects are told with their ids in Jira, and nothing of their issues", async () => {
    const jira = await aJiraSync(engine().database);
    const issue = jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
    await jira.compare();
    const shop = jira.world.createProject("SHOP");
    await jira.choose(shop, "Payments");
    const door = await aDoorTo(jira.tenant, engine().database, jira.clock.now() + 5 * MINUTE);
    const told = await aPerson(door).told(siteState, SITE);
    expect(told.projects).toEqual([{ project: "Payments", sources: [`jira:${jira.project}`, `jira:${shop}`].sort() }]);
    expect(told.connections).toMatchObject([
      { kind: "jira", state: "works", findings: [], comparedAt: jira.clock.now(), bellsWaiting: 0, itemsInDoubt: 0 },
    ]);
    expect(JSON.stringify(told)).not.toContain(`"${issue}"`);
    expect(JSON.stringify(told)).not.toContain(`jira:${issue}`);
  });

  test("what keeps a site from being read is told with its code, in words for who has no command line", async () => {
    const jira = await aJiraSync(engine().database);
    const { tenantId, connectionId } = jira.job;
    await inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      await setConnectionProblem(trx, tenantId, connectionId, "JIRA_TOKEN_MISSING");
      const bell = { bellId: connectionId, connectionId, fields: { what: "issue", gid: "10001", action: "updated" } };
      await ringBells(trx, tenantId, [bell], 0);
      await sql`update inbox.bell set state = 'parked', error_code = 'JIRA_WRONG_SHAPE'`.execute(trx);
    });
    const door = await aDoorTo(jira.tenant, engine().database, jira.clock.now());
    const [connection] = (await aPerson(door).told(siteState, SITE)).connections;
    expect(connection).toMatchObject({ state: "problem", bellsParked: 1, comparedAt: null, dueAt: null });
    expect(connection?.findings).toEqual([
      {
        code: "JIRA_TOKEN_MISSING",
        finding: "The app in Jira has brought no token, or none for an hour.",
        next: "It brings one each hour. If it stays so: in `forge logs` whoever deployed the app sees what its hourly call was answered.",
      },
      {
        code: null,
        finding: "1 parked: what they rang for could not be read.",
        next: "Whoever runs the ledger sees why: stageledger inbox list",
      },
    ]);
  });

  test("Asana's connection stands beside, with what it is late with; its projects carry Asana's ids", async () => {
    const asana = await aSync(engine().database);
    asana.asana.put(aTask({ gid: "7001" }));
    await asana.reconcile();
    await asana.answer();
    const door = await aDoorTo(asana.tenant, engine().database, asana.clock.now + DAY);
    const told = await aPerson(door).told(siteState, SITE);
    expect(told.projects).toEqual([
      { project: "Payments", sources: ["asana:P"] },
      { project: "Quality", sources: ["asana:Q"] },
    ]);
    expect(told.connections).toMatchObject([{ kind: "asana", state: "works", comparedAt: asana.clock.now }]);
    expect(told.connections[0]?.findings).toMatchObject([
      {
        finding: expect.stringMatching(/^Nothing has compared it with Asana when it was due, /u),
        next: expect.stringMatching(/^Whoever runs the ledger /u),
      },
      { finding: expect.stringMatching(/every 15 minutes, not at once\.$/u), next: null },
    ]);
  });

  test("only who administers the site is told, and of no other ledger", async () => {
    const door = await aForgeDoor(engine().database);
    door.jira.answer = ({ permission }) => permission !== "ADMINISTER";
    expect(await aPerson(door, "ben").refused(SITE)).toMatchObject({ status: 403, code: "RIGHTS_MISSING" });
    expect(door.jira.questions).toEqual([{ accountId: "ben", permission: "ADMINISTER", subject: "site" }]);
    const others = await aForgeDoor(engine().database);
    await connectTheSite(others, engine().database);
    door.jira.answer = () => true;
    expect((await aPerson(door, "ada").told(siteState, SITE)).connections).toEqual([]);
  });
});
