import { pageSession } from "@stageledger/core/contract/page-session";
import { expect, test } from "vitest";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aBrowserAt, anInvite, aSignInDoor, joined, signIn } from "../../support/page/a-sign-in-door.ts";

onBothEngines((engine) => {
  test("somebody signs in, is asked for their code, joins, and is told their role and whose ledger it is, and no name", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browser = aBrowserAt(door);
    await signIn(browser, door, "person-1", "/p/PAY?weeks=6");
    expect(browser.shown().url).toBe(`${door.url}/join`);
    await browser.submit({ code: await anInvite(door, tenant, "admin") });
    expect(browser.shown().url).toBe(`${door.url}/p/PAY?weeks=6`);
    const answer = await browser.call(`${door.url}/api/v1/session`);
    expect(answer.status).toBe(200);
    const told = pageSession.parse(await answer.json());
    expect(told).toMatchObject({ tenant: `Tenant ${tenant.tenantId}`, role: "admin", isDemo: false });
    expect(Object.keys(told).sort()).toEqual(["endsAt", "isDemo", "role", "schema", "tenant", "writeToken"]);
    expect((await browser.call(`${door.url}/api/v1/projects`)).status).toBe(200);
  });

  test("who is a member is asked for no code again", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    await joined(door, tenant, "person-2");
    const again = aBrowserAt(door);
    await signIn(again, door, "person-2");
    expect(again.shown()).toMatchObject({ url: `${door.url}/`, body: "home" });
    expect((await again.call(`${door.url}/api/v1/session`)).status).toBe(200);
  });
});
