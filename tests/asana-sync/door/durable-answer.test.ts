import type { Database } from "@stageledger/db";
import { sql } from "kysely";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  type AsanaDoor,
  aDelivery,
  aHook,
  anAsanaDoor,
  bringSecret,
  deliver,
  inboxOf,
  problemOf,
  type Webhook,
} from "../../support/asana-door.ts";
import { onBothEngines, onPostgres } from "../../support/database/engines.ts";

const AWAY = { status: 503, code: "DATABASE_UNREACHABLE" };

/** Nothing is written into the inbox before it is let go: by a lock on a server, by having its one session when embedded. */
async function holdInbox({ kysely }: Database): Promise<{ letGo(): Promise<void> }> {
  const held = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const holding = kysely.transaction().execute(async (trx) => {
    await sql`lock table inbox.bell in access exclusive mode`.execute(trx);
    held.resolve();
    await end.promise;
  });
  await held.promise;
  const letGo = async (): Promise<void> => {
    end.resolve();
    await holding;
  };
  onTestFinished(letGo);
  return { letGo };
}

/** From now on every insert that has a bell of this task in it fails. */
async function refuseTask({ kysely }: Database, gid: string): Promise<void> {
  await sql.raw(`alter table inbox.bell add constraint refused check (fields->>'gid' <> '${gid}')`).execute(kysely);
  onTestFinished(() => void sql.raw("alter table inbox.bell drop constraint refused").execute(kysely));
}

/** Its path is remembered, so that what follows needs no more of the database than the insert. */
async function aKnownHook(database: Database, door: AsanaDoor): Promise<Webhook> {
  const hook = await aHook(database, door);
  expect((await deliver(door, hook, '{"events":[]}')).status).toBe(200);
  return hook;
}

function untilKnocked(door: AsanaDoor, knocks: number): Promise<void> {
  return vi.waitFor(() => expect(door.knocks()).toBe(knocks), { timeout: 10_000, interval: 10 });
}

onBothEngines((engine) => {
  test("an answer waits for the commit of its own bells, a heartbeat for nothing", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aKnownHook(database, door);
    const { letGo } = await holdInbox(database);

    let isAnswered = false;
    const answer = deliver(door, hook, aDelivery("1")).then((response) => {
      isAnswered = true;
      return response.status;
    });
    await untilKnocked(door, 3);
    // A second request is answered on the way, so the first one has had its chance.
    expect((await deliver(door, hook, '{"events":[]}')).status).toBe(200);
    expect(isAnswered).toBe(false);
    expect(door.asked).toEqual([]);

    await letGo();
    expect(await answer).toBe(200);
    expect(await inboxOf(database, door.tenant)).toHaveLength(1);
    expect(door.asked).toHaveLength(1);
  });

  test("deliveries that come while an insert is under way share the next one, and all their bells are there", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hooks = [await aKnownHook(database, door), await aKnownHook(database, door)];
    const gids = Array.from({ length: 200 }, (_, i) => String(i + 1));
    const { letGo } = await holdInbox(database);

    const answers = gids.map((gid, i) => deliver(door, hooks[i % 2] ?? expect.fail(), aDelivery(gid)));
    await untilKnocked(door, 204);
    await letGo();

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(gids.map(() => 200));
    const rows = await inboxOf(database, door.tenant);
    expect(rows.map(({ fields }) => Number(fields.gid)).sort((a, b) => a - b)).toEqual(gids.map(Number));
    // One for the first, one for those that gathered behind it; a slow machine may have a few that came later.
    expect(new Set(rows.map(({ transaction }) => transaction)).size).toBeLessThanOrEqual(6);
    expect(door.asked.length).toBeLessThanOrEqual(6);
  });

  test("an insert that fails is answered 503 to those who share it, with a time to come again, and to nobody else", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const other = await anAsanaDoor(database);
    const [hook, others] = [await aKnownHook(database, door), await aKnownHook(database, other)];
    await refuseTask(database, "666");
    const { letGo } = await holdInbox(database);

    const first = deliver(door, hook, aDelivery("1"));
    await untilKnocked(door, 3);
    const shared = [deliver(door, hook, aDelivery("666")), deliver(door, hook, aDelivery("2"))];
    const apart = deliver(other, others, aDelivery("3"));
    await untilKnocked(door, 5);
    await letGo();

    expect((await first).status).toBe(200);
    expect((await apart).status).toBe(200);
    for (const response of await Promise.all(shared)) {
      expect(response.headers.get("retry-after")).toBe("5");
      expect(await problemOf(response)).toEqual(AWAY);
    }
    expect((await deliver(door, hook, aDelivery("4"))).status).toBe(200);
    expect((await inboxOf(database, door.tenant)).map(({ fields }) => fields.gid).sort()).toEqual(["1", "4"]);
    expect(door.log.join()).toContain('"code":"DATABASE_UNREACHABLE","cause":"23514"');
  });

  test("a handshake and a look-up that the database cannot answer are answered 503", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aKnownHook(database, door);
    await sql`alter table control.route rename to route_away`.execute(database.kysely);
    onTestFinished(() => void sql`alter table control.route_away rename to route`.execute(database.kysely));

    const unknown = { ...hook, token: "not-remembered" };
    expect(await problemOf(await deliver(door, unknown, aDelivery("1")))).toEqual(AWAY);
    expect(await problemOf(await bringSecret(door, unknown))).toEqual(AWAY);
    expect((await deliver(door, hook, aDelivery("2"))).status).toBe(200);
  });
});

onPostgres((engine) => {
  test("an insert whose session is cut off is answered 503, and the next one is kept", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aKnownHook(database, door);
    const { letGo } = await holdInbox(database);

    const answer = deliver(door, hook, aDelivery("1"));
    await vi.waitFor(
      async () => {
        const { rows } = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%insert into inbox.bell%'`.execute(database.kysely);
        expect(rows).toHaveLength(1);
      },
      { timeout: 10_000, interval: 20 },
    );

    expect(await problemOf(await answer)).toEqual(AWAY);
    await letGo();
    expect((await deliver(door, hook, aDelivery("2"))).status).toBe(200);
    expect((await inboxOf(database, door.tenant)).map(({ fields }) => fields.gid)).toEqual(["2"]);
  });
});
