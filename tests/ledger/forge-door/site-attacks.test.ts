import { siteState } from "@stageledger/core/contract/site-state";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, problemOf, readTheProject } from "../../support/forge/a-forge-door.ts";

const SITE = "/forge/v1/site";
const WORKLOGS = `${SITE}/worklogs`;
/** All that is for who administers the site, as a good call of it. */
const CALLS = [
  ["getSite", SITE, {}],
  ["proposeStages", "/forge/v1/stages/proposal", {}],
  ["putWorklogs", WORKLOGS, { method: "PUT", body: { isOn: true } }],
  ["putZone", `${SITE}/zone`, { method: "PUT", body: { zone: "UTC" } }],
  ["putSourceProject", `${SITE}/source-projects/jira:10001`, { method: "PUT", body: { project: "Money" } }],
] as const;
const WRITES = CALLS.filter(([, , call]) => "method" in call);

onBothEngines((engine) => {
  /** With a project that is read. */
  async function aSite() {
    const door = await aForgeDoor(engine().database);
    const connectionId = await readTheProject(door, engine().database, "10001", "PAY");
    return { door, job: { kind: "reconcile", tenantId: door.tenant.tenantId, connectionId } };
  }

  test.each(CALLS)(
    "%s is refused to a member of the site who does not administer it, and changes nothing",
    async (_name, path, call) => {
      const { door } = await aSite();
      const before = await aPerson(door, "ada").told(siteState, SITE);
      door.jira.answer = ({ accountId, permission }) => accountId === "ada" || permission !== "ADMINISTER";
      const refused = await aPerson(door, "ben").refused(path, call);
      expect(refused).toMatchObject({ status: 403, code: "RIGHTS_MISSING" });
      expect(await aPerson(door, "ada").told(siteState, SITE)).toEqual(before);
      expect(door.rung).toEqual([]);
    },
  );

  test.each(CALLS)(
    "%s is refused where Jira does not say for the caller what they may do",
    async (_name, path, call) => {
      const { door } = await aSite();
      const refused = await aPerson(door).refused(path, { ...call, headers: { "x-forge-oauth-user": "" } });
      expect(refused).toMatchObject({ status: 403, code: "RIGHTS_UNPROVED" });
    },
  );

  test.each(WRITES)("%s takes a token once, and needs a key", async (_name, path, call) => {
    const { door } = await aSite();
    const admin = aPerson(door);
    const token = await admin.token();
    await admin.told(siteState, path, { ...call, token });
    expect(await admin.refused(path, { ...call, token })).toMatchObject({ status: 401, code: "TOKEN_USED" });
    const keyless = await admin.refused(path, { ...call, headers: { "idempotency-key": "" } });
    expect(keyless).toMatchObject({ status: 400, code: "REQUEST_INVALID" });
  });

  test.each(WRITES)("%s has the first answer again where it comes again under its key", async (_name, path, call) => {
    const { door } = await aSite();
    const admin = aPerson(door);
    const first = await admin.told(siteState, path, { ...call, key: "the-same-key" });
    door.clock.now += 1000;
    expect(await admin.told(siteState, path, { ...call, key: "the-same-key" })).toEqual(first);
    expect((await admin.told(siteState, path, call)).now).toBe(first.now + 1000);
  });

  test("what comes again under its key rings nobody again", async () => {
    const { door, job } = await aSite();
    for (const _ of [1, 2]) {
      await aPerson(door, "ada").told(siteState, WORKLOGS, {
        method: "PUT",
        body: { isOn: true },
        key: "the-same-key",
      });
    }
    expect(door.rung).toEqual([job]);
  });

  test("what is tried again because another transaction was in the way rings once", async () => {
    const { database } = engine();
    const { door, job } = await aSite();
    const { tenantId } = door.tenant;
    const asOwner = async (...statements: readonly string[]): Promise<void> => {
      for (const statement of statements) await sql.raw(statement).execute(database.kysely);
    };
    // A number that was taken stays taken when its transaction is broken off: so only the first attempt fails.
    await asOwner(
      "create sequence attempt",
      `create function in_the_way() returns trigger language plpgsql security definer as $$ begin
         if nextval('attempt') = 1 then raise exception 'in the way' using errcode = '40001'; end if;
         return new;
       end $$`,
      `create trigger in_the_way before insert on ledger.answered_request
        for each row when (new.tenant_id = '${tenantId}') execute function in_the_way()`,
    );
    const told = await aPerson(door, "ada").told(siteState, WORKLOGS, { method: "PUT", body: { isOn: true } });
    const { rows } = await sql<{ attempts: number }>`select last_value as attempts from attempt`.execute(
      database.kysely,
    );
    await asOwner(
      "drop trigger in_the_way on ledger.answered_request",
      "drop function in_the_way()",
      "drop sequence attempt",
    );
    expect(rows).toEqual([{ attempts: 2 }]);
    expect(told.takesNativeWorklogs).toBe(true);
    expect(door.rung).toEqual([job]);
  });

  test("what one ledger's admin sets is set for no other", async () => {
    const [{ door }, { door: others }] = [await aSite(), await aSite()];
    const before = await aPerson(others).told(siteState, SITE);
    for (const [, path, call] of WRITES) await aPerson(door).told(siteState, path, call);
    expect(await aPerson(others).told(siteState, SITE)).toEqual(before);
    expect(await aPerson(door).told(siteState, SITE)).toMatchObject({
      takesNativeWorklogs: true,
      zone: "UTC",
      projects: [{ project: "Money", sources: ["jira:10001"] }, { project: "PAY" }],
    });
  });

  test.each([
    [WORKLOGS, { isOn: "yes" }],
    [WORKLOGS, { isOn: true, tenant: "another" }],
    [`${SITE}/zone`, { zone: "" }],
    [`${SITE}/source-projects/jira:10001`, { project: "x".repeat(201) }],
    [`${SITE}/source-projects/..%2F..`, { project: "Money" }],
  ])("%s does not take %j", async (path, body) => {
    const { door } = await aSite();
    const refused = await problemOf(await aPerson(door).call(path, { method: "PUT", body }));
    expect(refused).toMatchObject({ status: 400, code: "REQUEST_INVALID" });
  });
});
