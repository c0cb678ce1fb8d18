import { randomBytes, randomUUID } from "node:crypto";
import { entry, myUnassigned, myWeek } from "@stageledger/core/contract/entries";
import {
  addConnection,
  erasePerson,
  findSeenItems,
  inTransaction,
  keepSeenItems,
  openTenantSecrets,
  verify,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM, type Person } from "../../support/forge/a-forge-door.ts";
import { anAsanaAccount, linkAsana, recordEntryOf } from "../../support/forge/a-linked-account.ts";
import { day } from "../../support/moments.ts";

const UNASSIGNED = "/forge/v1/my/unassigned";
const UNKNOWN_PROJECT = { status: 404, code: "PROJECT_UNKNOWN" };
const place = (id: string) => `/forge/v1/entries/${id}/project`;
const put = (project: string, revision = 1) => ({ method: "PUT", body: { revision, project } }) as const;

onBothEngines((engine) => {
  const nameSource = ({ tenant: { tenantId } }: ForgeDoor, source: string, project: string): Promise<unknown> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      trx.insertInto("flow.project_source").values({ tenant_id: tenantId, source_project: source, project }).execute(),
    );

  /** Somebody with two hours of an Asana task that nobody can tell the project of. */
  async function whoseProjectIsUnknown(): Promise<{ door: ForgeDoor; ada: Person; asana: string; id: string }> {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door, "ada");
    const asana = await linkAsana(door, engine().database, ada);
    const id = await recordEntryOf(door, engine().database, asana, { typedIn: "asana", project: "Unassigned" });
    return { door, ada, asana, id };
  }

  const cellsOf = ({ tenant: { tenantId } }: ForgeDoor): Promise<readonly string[]> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ line: string }>`
        select concat_ws(' ', project, visibility, sum(minutes)) as line from ledger.cell
        group by project, visibility having sum(minutes) <> 0`.execute(trx);
      return rows.map(({ line }) => line).sort();
    });

  test("hours that no project has are listed in order, of all accounts, with the projects that their author may see", async () => {
    const { door, ada, asana, id } = await whoseProjectIsUnknown();
    const { database } = engine();
    const earlier = { typedIn: "asana", project: "Unassigned", date: day("2026-09-01") } as const;
    const first = await recordEntryOf(door, database, asana, earlier);
    await recordEntryOf(door, database, asana, { typedIn: "asana", project: "Payments" });
    const other = await anAsanaAccount(door, database, "asana-ben");
    await recordEntryOf(door, database, other, { typedIn: "asana", project: "Unassigned" });
    await ada.told(entry, `/forge/v1/items/${ITEM}/entries`, { body: { minutes: 5 } });
    await nameSource(door, "jira:10001", "PAY");
    await nameSource(door, "jira:10002", "Secret");
    await nameSource(door, "jira:10003", "Both");
    await nameSource(door, "asana:901", "Both");
    await nameSource(door, "jira:10004", "Both");
    await nameSource(door, "asana:900", "Offers");
    await nameSource(door, "asana:902", "Unassigned");
    door.jira.answer = ({ subject }) => subject === "project 10001" || subject === "project 10004";
    const told = await ada.told(myUnassigned, UNASSIGNED);
    expect(told.entries.map((one) => [one.id, one.date, one.project, one.origin, one.canChange])).toEqual([
      [first, "2026-09-01", "Unassigned", "asana", false],
      [id, "2026-09-08", "Unassigned", "asana", false],
    ]);
    expect(told.projects).toEqual(["Both", "Offers", "PAY"]);
  });

  test("where there is nothing to place, Jira is asked nothing, and no project is named", async () => {
    const door = await aForgeDoor(engine().database);
    await nameSource(door, "jira:10001", "PAY");
    expect(await aPerson(door).told(myUnassigned, UNASSIGNED)).toEqual({ entries: [], projects: [] });
    expect(door.jira.questions).toEqual([]);
  });

  test("once its author says where it belongs, it is there, and stays what it is otherwise", async () => {
    const { door, ada, id } = await whoseProjectIsUnknown();
    await nameSource(door, "jira:10001", "PAY");
    expect(await cellsOf(door)).toEqual(["Unassigned known 120"]);
    const placed = await ada.told(entry, place(id), put("PAY"));
    expect(placed).toMatchObject({ id, revision: 2, project: "PAY", minutes: 120, origin: "asana", canChange: false });
    expect(await cellsOf(door)).toEqual(["PAY known 120"]);
    expect((await ada.told(myUnassigned, UNASSIGNED)).entries).toEqual([]);
    expect((await ada.told(myWeek, "/forge/v1/my/week")).entries).toEqual([placed]);
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("what its author chose they may choose anew; the same again changes nothing", async () => {
    const { door, ada, id } = await whoseProjectIsUnknown();
    await nameSource(door, "asana:900", "Offers");
    await ada.told(entry, place(id), put("PAY"));
    expect(await ada.told(entry, place(id), put("Offers", 2))).toMatchObject({ revision: 3, project: "Offers" });
    expect(await cellsOf(door)).toEqual(["Offers known 120"]);
    expect((await ada.refused(place(id), put("PAY", 2))).code).toBe("ENTRY_REVISION_CONFLICT");
    expect(await ada.told(entry, place(id), put("Offers", 3))).toMatchObject({ revision: 3, project: "Offers" });
  });

  test("a project that is not there, that they may not see, or that is none, is as unknown as any", async () => {
    const { door, ada, id } = await whoseProjectIsUnknown();
    await nameSource(door, "jira:10002", "Secret");
    door.jira.answer = () => false;
    for (const project of ["Nowhere", "Secret", "Unassigned"]) {
      const told = await ada.refused(place(id), put(project));
      expect(told).toMatchObject(UNKNOWN_PROJECT);
      expect(told).toEqual(await ada.refused(place(randomUUID()), put("Nowhere")));
    }
    expect(await cellsOf(door)).toEqual(["Unassigned known 120"]);
  });

  test("where a project is known already, its author is told to change it there", async () => {
    const { door, ada, asana } = await whoseProjectIsUnknown();
    const known = await recordEntryOf(door, engine().database, asana, { typedIn: "asana", project: "Payments" });
    const own = await ada.told(entry, `/forge/v1/items/${ITEM}/entries`, { body: { minutes: 5 } });
    for (const id of [known, own.id]) {
      expect(await ada.refused(place(id), put("PAY"))).toMatchObject({ status: 409, code: "ENTRY_HAS_PROJECT" });
    }
  });

  test("hours of others are nobody's to place: of a colleague, of an account that is not linked, of another tenant", async () => {
    const { door, id } = await whoseProjectIsUnknown();
    const { database } = engine();
    const ben = aPerson(door, "ben");
    const stranger = aPerson(await aForgeDoor(database));
    for (const one of [ben, stranger]) {
      expect(await one.refused(place(id), put("PAY"))).toMatchObject({ status: 404, code: "ENTRY_UNKNOWN" });
      expect(await one.told(myUnassigned, UNASSIGNED)).toEqual({ entries: [], projects: [] });
    }
    expect(await cellsOf(door)).toEqual(["Unassigned known 120"]);
  });

  test("a lost answer places nothing twice, a used token nothing more, and without a token nothing is told", async () => {
    const { door, ada, id } = await whoseProjectIsUnknown();
    const sent = { ...put("PAY"), key: randomUUID(), token: await ada.token() };
    const first = await ada.told(entry, place(id), sent);
    expect(await ada.told(entry, place(id), { ...sent, token: await ada.token() })).toEqual(first);
    expect((await ada.refused(place(id), { ...put("PAY", 2), token: sent.token })).code).toBe("TOKEN_USED");
    expect((await ada.refused(UNASSIGNED, { token: "a.b.c" })).code).toBe("TOKEN_REFUSED");
    expect(await cellsOf(door)).toEqual(["PAY known 120"]);
  });

  test("hours of a day that another tool filled to more than 24 hours can be placed all the same", async () => {
    const { door, ada, asana, id } = await whoseProjectIsUnknown();
    await recordEntryOf(door, engine().database, asana, { typedIn: "asana", minutes: 1440 });
    expect(await ada.told(entry, place(id), put("PAY"))).toMatchObject({ project: "PAY" });
  });

  test("the choice goes with the entry when its author is erased, and by nobody else", async () => {
    const { door, ada, id } = await whoseProjectIsUnknown();
    await ada.told(entry, place(id), put("PAY"));
    const { tenantId, masterKey } = door.tenant;
    const chosen = (): Promise<unknown[]> =>
      inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
        trx.selectFrom("ledger.chosen_project").select("project").execute(),
      );
    expect(await chosen()).toEqual([{ project: "PAY" }]);
    await erasePerson(engine().database, tenantId, masterKey, { source: "jira", account: "ada" });
    expect(await chosen()).toEqual([{ project: "PAY" }]);
    await erasePerson(engine().database, tenantId, masterKey, { source: "asana", account: "asana-ada" });
    expect(await chosen()).toEqual([]);
  });

  test("the task is looked at again, and no other: another of its places may be the one that counts there", async () => {
    const { door, ada, id } = await whoseProjectIsUnknown();
    const { tenantId, masterKey } = door.tenant;
    const connectionId = randomUUID();
    const inLedger = <T>(work: (trx: Parameters<Parameters<typeof inTransaction>[2]>[0]) => Promise<T>): Promise<T> =>
      inTransaction(engine().database, { role: "recorder", tenantId }, work);
    await inLedger(async (trx) => {
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      const connection = { connectionId, kind: "asana", workspace: "1" } as const;
      await addConnection(trx, tenantId, connection, "{}", secrets, randomBytes, 0);
      const seen = { sourceProjects: [], checksum: "as it was", entries: {}, readAt: 1, goneAt: undefined };
      await keepSeenItems(trx, tenantId, connectionId, [
        { ...seen, sourceItem: "7001" },
        { ...seen, sourceItem: "7002" },
      ]);
    });
    await ada.told(entry, place(id), put("PAY"));
    const seen = await inLedger((trx) => findSeenItems(trx, tenantId, connectionId, ["7001", "7002"]));
    expect([seen.get("7001")?.checksum, seen.get("7002")?.checksum]).toEqual(["", "as it was"]);
  });
});
