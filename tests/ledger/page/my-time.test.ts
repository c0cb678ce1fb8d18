import { randomUUID } from "node:crypto";
import { UNASSIGNED } from "@stageledger/core";
import { entry } from "@stageledger/core/contract/entries";
import { linkCode, links } from "@stageledger/core/contract/links";
import { erasure, myExport } from "@stageledger/core/contract/my-data";
import { pageEntry, pageUnassigned, pageUndoneEntry, pageWeek } from "@stageledger/core/contract/page-my-routes";
import { inTransaction, recordFacts, redeemLinkCode, setProjectRestricted, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM, type Person } from "../../support/forge/a-forge-door.ts";
import { anAsanaAccount, recordEntryOf } from "../../support/forge/a-linked-account.ts";
import { aMyDoor, aSignedIn, type MyDoor, type SignedIn } from "../../support/page/a-my-door.ts";

const WEEK = "/api/v1/my/week";
const ENTRIES = "/api/v1/my/entries";
const LINKS = "/api/v1/my/links";
const IN_JIRA = `/forge/v1/items/${ITEM}/entries`;
const TUESDAY = "2026-09-08";

interface Both {
  readonly door: ForgeDoor;
  readonly page: MyDoor;
  /** The same person in Jira and on the page, as they said. */
  readonly ada: Person;
  readonly member: SignedIn;
}

onBothEngines((engine) => {
  const adaInBoth = async (): Promise<Both> => {
    const door = await aForgeDoor(engine().database);
    const page = await aMyDoor(engine().database, door.tenant, door.clock);
    const [ada, member] = [aPerson(door, "ada"), await aSignedIn(page, door.tenant)];
    const { code } = await member.told(linkCode, "/api/v1/my/link-codes", { method: "POST" });
    expect(await ada.told(links, "/forge/v1/my/links", { body: { code } })).toEqual({ others: 1 });
    return { door, page, ada, member };
  };
  const logged = (ada: Person, minutes = 90) =>
    ada.told(entry, IN_JIRA, { body: { minutes, date: TUESDAY, activity: "build" } });
  const restrict = ({ tenant: { tenantId } }: ForgeDoor) =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      setProjectRestricted(trx, tenantId, "PAY", true),
    );

  test("somebody who joined their account in Jira to the page's sees the same week there, and changes it", async () => {
    const { door, ada, member } = await adaInBoth();
    const [first, second] = [await logged(ada, 90), await logged(ada, 30)];
    const week = await member.told(pageWeek, `${WEEK}?day=${TUESDAY}`);
    expect(week).toMatchObject({ week: "2026-W37", today: TUESDAY, minutes: 120 });
    expect(week.entries.map(({ id, itemKey, project, minutes }) => [id, itemKey, project, minutes])).toEqual(
      [first, second].map(({ id, minutes }) => [id, "PAY-88", "PAY", minutes]).sort(),
    );

    const edit = { method: "PATCH", body: { revision: 1, minutes: 105 } };
    const edited = await member.told(pageEntry, `${ENTRIES}/${first.id}`, edit);
    expect(edited).toEqual({ ...first, revision: 2, minutes: 105 });
    const undone = await member.told(pageUndoneEntry, `${ENTRIES}/${first.id}/undo`, { body: { revision: 2 } });
    expect(undone).toMatchObject({ revision: 3, entry: { minutes: 90 } });
    expect((await member.call(`${ENTRIES}/${second.id}?revision=1`, { method: "DELETE" })).status).toBe(200);
    const changes = [{ kind: "edit", entry: first.id, revision: 3, minutes: 45 }];
    const changed = await member.told(pageWeek, WEEK, { body: { day: TUESDAY, changes } });
    expect(changed.minutes).toBe(45);
    expect(await ada.told(pageWeek, "/forge/v1/my/week")).toEqual(changed);
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("a code from Jira, typed into the page, joins the two; taken back, the page shows nothing any more", async () => {
    const door = await aForgeDoor(engine().database);
    const member = await aSignedIn(await aMyDoor(engine().database, door.tenant, door.clock), door.tenant);
    const ada = aPerson(door, "ada");
    await logged(ada);
    expect(await member.told(pageWeek, WEEK)).toMatchObject({ minutes: 0, entries: [] });
    const { code } = await ada.told(linkCode, "/forge/v1/my/link-codes", { method: "POST" });
    expect(await member.told(links, LINKS, { body: { code } })).toEqual({ others: 1 });
    expect((await member.told(pageWeek, WEEK)).minutes).toBe(90);
    expect(await member.told(links, LINKS, { method: "DELETE" })).toEqual({ others: 0 });
    expect((await member.told(pageWeek, WEEK)).entries).toEqual([]);
    expect(await member.told(links, LINKS)).toEqual({ others: 0 });
  });

  test("guessing codes ends after ten", async () => {
    const door = await aForgeDoor(engine().database);
    const member = await aSignedIn(await aMyDoor(engine().database, door.tenant, door.clock), door.tenant);
    const codes: string[] = [];
    for (let n = 0; n < 11; n += 1)
      codes.push((await member.refused(LINKS, { body: { code: "AAAA-BBBB-CCCC-DDDD" } })).code);
    expect(codes).toEqual([...Array(10).fill("LINK_CODE_UNKNOWN"), "DOOR_RATE_LIMITED"]);
  });

  test("nobody logs on an item from the page, whichever tool it is of, and nothing of the same call is done", async () => {
    const { ada, member } = await adaInBoth();
    const { id } = await logged(ada);
    for (const item of [ITEM, "asana:7001:900"]) {
      const changes = [
        { kind: "edit", entry: id, revision: 1, minutes: 5 },
        { kind: "log", item, date: TUESDAY, minutes: 60 },
      ];
      const told = await member.refused(WEEK, { body: { day: TUESDAY, changes } });
      expect(told).toMatchObject({ status: 404, code: "ITEM_UNKNOWN", at: "body.changes.1" });
    }
    expect((await member.told(pageWeek, WEEK)).minutes).toBe(90);
  });

  test("hours without a project are placed in any that the page shows", async () => {
    const { door, ada, member } = await adaInBoth();
    const contributor = await anAsanaAccount(door, engine().database);
    const { code } = await member.told(linkCode, "/api/v1/my/link-codes", { method: "POST" });
    await inTransaction(
      engine().database,
      { role: "recorder", tenantId: door.tenant.tenantId, holdsTenant: true },
      (trx) => redeemLinkCode(trx, door.tenant.tenantId, contributor, code, door.clock.now),
    );
    const id = await recordEntryOf(door, engine().database, contributor, { typedIn: "asana", project: UNASSIGNED });
    const listed = await member.told(pageUnassigned, "/api/v1/my/unassigned");
    expect(listed).toMatchObject({ entries: [{ id, itemKey: "asana:7001:900", minutes: 120 }], projects: ["PAY"] });
    const place = (project: string) => ({ method: "PUT", body: { revision: 1, project } });
    expect(await member.refused(`${ENTRIES}/${id}/project`, place("Nothing"))).toMatchObject({
      code: "PROJECT_UNKNOWN",
    });
    const placed = await member.told(pageEntry, `${ENTRIES}/${id}/project`, place("PAY"));
    expect(placed).toMatchObject({ id, project: "PAY", revision: 2 });
    expect(await ada.told(pageWeek, "/forge/v1/my/week")).toMatchObject({ entries: [{ id, project: "PAY" }] });
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("of a restricted project no item is named on the page, nor where a call is repeated; in Jira it is", async () => {
    const { door, ada, member } = await adaInBoth();
    const { id } = await logged(ada);
    const path = `${ENTRIES}/${id}`;
    const edit = { method: "PATCH", body: { revision: 1, minutes: 60 }, key: randomUUID() };
    expect(await member.told(pageEntry, path, edit)).toMatchObject({ itemKey: "PAY-88", revision: 2 });
    await restrict(door);
    const answers = [
      await member.call(path, edit),
      await member.call(WEEK),
      await member.call(`${path}/undo`, { body: { revision: 2 } }),
      await member.call(WEEK, {
        body: { day: TUESDAY, changes: [{ kind: "edit", entry: id, revision: 3, minutes: 5 }] },
      }),
      await member.call("/api/v1/my/export"),
      await member.call("/api/v1/my/export?format=json"),
    ];
    for (const answer of answers) {
      expect([answer.url, answer.status]).toEqual([answer.url, 200]);
      expect(await answer.text()).not.toMatch(/PAY-/u);
    }
    expect((await member.told(pageWeek, WEEK)).entries).toMatchObject([
      { itemId: null, itemKey: null, minutes: 5, project: "PAY" },
    ]);
    const inJira = await ada.told(pageWeek, "/forge/v1/my/week");
    expect(inJira.entries).toMatchObject([{ itemKey: "PAY-88", minutes: 5 }]);
    expect((await ada.told(myExport, "/forge/v1/my/export")).text).toMatch(/PAY-88/u);
  });

  test("where a project is restricted, an entry that no project has yet may be of that one: its item is not named", async () => {
    const { door, member } = await adaInBoth();
    const contributor = await anAsanaAccount(door, engine().database);
    const { code } = await member.told(linkCode, "/api/v1/my/link-codes", { method: "POST" });
    const { tenantId } = door.tenant;
    await inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      redeemLinkCode(trx, tenantId, contributor, code, door.clock.now),
    );
    await recordEntryOf(door, engine().database, contributor, { typedIn: "asana", project: UNASSIGNED });
    await recordEntryOf(door, engine().database, contributor, { typedIn: "asana", project: "Ops" });
    await restrict(door);
    const { entries } = await member.told(pageUnassigned, "/api/v1/my/unassigned");
    expect(entries).toMatchObject([{ project: UNASSIGNED, itemId: null, itemKey: null }]);
    const week = await member.told(pageWeek, WEEK);
    expect(week.entries.find(({ project }) => project === "Ops")?.itemKey).toBe("asana:7001:900");
  });

  test("an item that is named by its id is not named either, nor one that moved into or out of a restricted project", async () => {
    const { door, member } = await adaInBoth();
    const contributor = await anAsanaAccount(door, engine().database);
    const { code } = await member.told(linkCode, "/api/v1/my/link-codes", { method: "POST" });
    const { tenantId } = door.tenant;
    await inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      redeemLinkCode(trx, tenantId, contributor, code, door.clock.now),
    );
    const steps = [["2026-09-01T09:00", "Build"]] as const;
    const items = [
      { id: "asana:7001:901", key: "901", project: "PAY" },
      { id: "jira:556", key: "PAY-556", project: "PAY" },
      { id: "jira:557", key: "OPS-557", project: "Ops" },
      { id: "jira:558", key: "OPS-558", project: "Ops" },
    ].map((item) => aPart(anItemThatWent(steps, item)));
    await recordFacts(engine().database, tenantId, { items, statuses: [], entries: [] });
    const entries = [
      ["asana:7001:901", "PAY"],
      ["jira:556", "Ops"],
      ["jira:557", "PAY"],
      ["jira:558", "Ops"],
    ] as const;
    for (const [itemId, project] of entries)
      await recordEntryOf(door, engine().database, contributor, { typedIn: "asana", itemId, project });
    await restrict(door);
    const answers = [WEEK, "/api/v1/my/export", "/api/v1/my/export?format=json"].map((path) => member.call(path));
    for (const answer of await Promise.all(answers)) {
      expect([answer.url, answer.status]).toEqual([answer.url, 200]);
      const told = await answer.text();
      expect(told).not.toMatch(/7001:901|"901"|,901,|PAY-556|OPS-557|jira:55[67]/u);
      expect(told).toMatch(/OPS-558/u);
    }
  });

  test("all that is somebody's leaves as a file", async () => {
    const { ada, member } = await adaInBoth();
    const { id } = await logged(ada);
    const told = await member.told(myExport, "/api/v1/my/export");
    expect(told).toMatchObject({ fileName: "my-time-2026-09-08.csv", entries: 1 });
    expect(told.text.split("\n")[1]).toBe(`${id},PAY-88,PAY,2026-09-08,90,build,,,you`);
  });

  test("who erases themselves is no member any more; their account in Jira stays, apart", async () => {
    const { door, page, ada, member } = await adaInBoth();
    await logged(ada);
    const erase = { body: { confirm: "erase" } };
    const answer = await member.call("/api/v1/my/erasure", erase);
    expect(erasure.parse(await answer.json())).toEqual({ entries: 0 });
    expect(answer.headers.getSetCookie().join()).toMatch(/stageledger-session=;.*1970/u);
    expect(await member.refused(WEEK)).toMatchObject({ status: 401, code: "SIGN_IN_NEEDED" });
    expect(await member.refused("/api/v1/my/erasure", erase)).toMatchObject({ status: 401, code: "SIGN_IN_NEEDED" });
    expect((await ada.told(pageWeek, "/forge/v1/my/week")).minutes).toBe(90);
    expect(await ada.told(links, "/forge/v1/my/links")).toEqual({ others: 0 });
    expect((await (await aSignedIn(page, door.tenant)).told(pageWeek, WEEK)).minutes).toBe(0);
  });

  test("a call that comes again does nothing twice, and under another's key nothing", async () => {
    const { ada, member } = await adaInBoth();
    const { id } = await logged(ada);
    const edit = { method: "PATCH", body: { revision: 1, minutes: 60 }, key: "one-and-the-same" };
    const first = await member.told(pageEntry, `${ENTRIES}/${id}`, edit);
    expect(await member.told(pageEntry, `${ENTRIES}/${id}`, edit)).toEqual(first);
    const other = { ...edit, body: { revision: 1, minutes: 61 } };
    expect(await member.refused(`${ENTRIES}/${id}`, other)).toMatchObject({ status: 409, code: "REQUEST_KEY_REUSED" });
    const without = { ...edit, headers: { "idempotency-key": undefined } };
    expect(await member.refused(`${ENTRIES}/${id}`, without)).toMatchObject({ at: "headers.idempotency-key" });
  });

  test("nobody sees or changes what is another's, of their own ledger or of the next", async () => {
    const { door, page, ada } = await adaInBoth();
    const { id } = await logged(ada);
    const next = await aTenant(engine().database);
    const strangers = [
      await aSignedIn(page, door.tenant),
      await aSignedIn(await aMyDoor(engine().database, next, door.clock), next),
    ];
    for (const stranger of strangers) {
      expect(await stranger.told(pageWeek, WEEK)).toMatchObject({ minutes: 0, entries: [] });
      expect((await stranger.told(myExport, "/api/v1/my/export")).entries).toBe(0);
      const edit = { method: "PATCH", body: { revision: 1, minutes: 1 } };
      expect(await stranger.refused(`${ENTRIES}/${id}`, edit)).toMatchObject({ status: 404, code: "ENTRY_UNKNOWN" });
    }
  });

  test.each([
    ["without a session", { cookie: undefined }, 401, "SIGN_IN_NEEDED"],
    ["without the write token", { "x-stageledger-write": undefined }, 403, "CALL_FROM_ELSEWHERE"],
    ["with a made-up write token", { "x-stageledger-write": "A".repeat(43) }, 403, "CALL_FROM_ELSEWHERE"],
    ["from another site", { origin: "https://elsewhere.invalid" }, 403, "CALL_FROM_ELSEWHERE"],
    ["from nowhere", { origin: undefined }, 403, "CALL_FROM_ELSEWHERE"],
  ])("%s nothing is changed", async (_how, headers, status, code) => {
    const { ada, member } = await adaInBoth();
    const { id } = await logged(ada);
    const calls: [string, object][] = [
      [`${ENTRIES}/${id}`, { method: "PATCH", body: { revision: 1, minutes: 1 } }],
      [`${ENTRIES}/${id}?revision=1`, { method: "DELETE" }],
      [WEEK, { body: { day: TUESDAY, changes: [{ kind: "delete", entry: id, revision: 1 }] } }],
      ["/api/v1/my/link-codes", { method: "POST" }],
      [LINKS, { method: "DELETE" }],
      ["/api/v1/my/erasure", { body: { confirm: "erase" } }],
    ];
    for (const [path, call] of calls)
      expect([path, await member.refused(path, { ...call, headers })]).toMatchObject([path, { status, code }]);
    expect((await member.told(pageWeek, WEEK)).minutes).toBe(90);
  });

  test("answers are kept by nobody on the way, and what the door logs names nobody", async () => {
    const { page, ada, member } = await adaInBoth();
    await logged(ada);
    expect((await member.call(WEEK)).headers.get("cache-control")).toBe("no-store");
    await member.call(`${ENTRIES}/${randomUUID()}`, { method: "PATCH", body: { revision: 1, minutes: 1 } });
    expect(page.log.join()).not.toContain(member.memberId);
  });
});
