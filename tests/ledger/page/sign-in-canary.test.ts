/** Whoever signs people in may say of them what it likes: nothing of it is kept, neither in the database nor in the log (law 6). */
import { expect, test } from "vitest";
import { Canaries } from "../../support/canaries.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { dumpOf } from "../../support/database/dump.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aBrowserAt, anInvite, aSignInDoor, type SignInDoor, signIn } from "../../support/page/a-sign-in-door.ts";

onBothEngines((engine) => {
  async function aHouse() {
    const { database } = engine();
    const canaries = new Canaries("zqsignin");
    const person = {
      subject: canaries.plant("subject"),
      name: canaries.plant("name"),
      email: `${canaries.plant("email")}@people.invalid`,
    };
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant, people: [person] });
    // It says more than it is asked for.
    door.provider.misbehave({
      claims: {
        name: person.name,
        email: person.email,
        picture: canaries.plant("picture"),
        given_name: canaries.plant("given name"),
        [canaries.plant("claim")]: canaries.plant("value"),
      },
    });
    return { canaries, person, tenant, door };
  }

  /** As it is, and in the forms in which bytes are written. */
  async function expectClean({ database, log }: SignInDoor, canaries: Canaries, subject: string): Promise<void> {
    const kept = [...(await dumpOf(database)), ...log].join("\n");
    expect(canaries.foundIn(kept)).toEqual([]);
    for (const encoding of ["hex", "base64", "base64url"] as const) {
      expect(kept).not.toContain(Buffer.from(subject).toString(encoding).replaceAll("=", ""));
    }
  }

  test("somebody signs in, joins, comes again and signs out", async () => {
    const { canaries, person, tenant, door } = await aHouse();
    const browser = aBrowserAt(door);
    await signIn(browser, door, person.subject);
    const cookies = JSON.stringify([...browser.cookies].map(([name, { value }]) => [name, value]));
    expect(canaries.foundIn(cookies + Buffer.from(cookies, "base64").toString("latin1"))).toEqual([]);
    await browser.submit({ code: await anInvite(door, tenant, "admin") });
    await expectClean(door, canaries, person.subject);
    await signIn(browser, door, person.subject);
    expect(browser.shown().body).toMatch(/home/);
    const session = await (await browser.call(`${door.url}/api/v1/session`)).text();
    expect(canaries.foundIn(session)).toEqual([]);
    await browser.open(`${door.url}/sign-out`);
    await browser.submit({});
    await expectClean(door, canaries, person.subject);
    expect(door.log).toEqual([JSON.stringify(["member joined", { tenantId: tenant.tenantId }])]);
  });

  test.each<[string, (canaries: Canaries) => { readonly status: number; readonly body: string }]>([
    [
      "an error in its form",
      (canaries) => ({
        status: 400,
        body: JSON.stringify({ error: canaries.plant("error"), error_description: canaries.plant("description") }),
      }),
    ],
    ["an error in no form", (canaries) => ({ status: 500, body: canaries.plant("text") })],
    [
      "a token that is none",
      (canaries) => ({ status: 200, body: JSON.stringify({ id_token: canaries.plant("token") }) }),
    ],
  ])("its token endpoint answers with %s", async (_case, answerOf) => {
    const { canaries, person, door } = await aHouse();
    door.provider.misbehave({ tokenAnswer: answerOf(canaries) });
    const browser = aBrowserAt(door);
    await signIn(browser, door, person.subject);
    expect([403, 503]).toContain(browser.shown().status);
    expect(canaries.foundIn(browser.shown().body)).toEqual([]);
    await expectClean(door, canaries, person.subject);
    expect(door.log.length).toBeGreaterThan(0);
  });

  test("it sends the browser back with an error that says who somebody is", async () => {
    const { canaries, person, door } = await aHouse();
    const browser = aBrowserAt(door);
    await browser.open(`${door.url}/sign-in`);
    browser.stopAt(/\/sign-in\/callback/);
    await browser.submit({ subject: person.subject });
    browser.stopAt(undefined);
    const callback = new URL(browser.shown().url);
    callback.searchParams.delete("code");
    callback.searchParams.set("error", canaries.plant("error"));
    callback.searchParams.set("error_description", canaries.plant("description"));
    const shown = await browser.open(callback.href);
    expect(shown.status).toBe(403);
    expect(canaries.foundIn(shown.body)).toEqual([]);
    await expectClean(door, canaries, person.subject);
  });
});
