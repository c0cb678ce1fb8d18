import type { RungBell } from "@stageledger/db";
import { describe, expect, test } from "vitest";
import { GroupCommit, type GroupCommitOptions } from "../../../apps/asana-sync/src/door/group-commit.ts";
import { codedRejection } from "../../support/rejection.ts";

/** An insert that is under way until the test says how it ends. */
interface Insert {
  readonly tenantId: string;
  readonly gids: readonly unknown[];
  commit(standing?: readonly string[]): void;
  fail(error: Error): void;
}

function aGroupCommit(overrides: Partial<GroupCommitOptions> = {}) {
  const inserts: Insert[] = [];
  const committed: string[] = [];
  const commits = new GroupCommit({
    append: (tenantId, bells) => {
      const { promise, resolve, reject } = Promise.withResolvers<ReadonlySet<string>>();
      inserts.push({
        tenantId,
        gids: bells.map(({ fields }) => fields.gid),
        commit: (standing = ["hook"]) => resolve(new Set(standing)),
        fail: reject,
      });
      return promise;
    },
    committed: (tenantId, connectionId) => void committed.push(`${tenantId} ${connectionId}`),
    mostBellsAtOnce: 100,
    mostInserts: 2,
    mostInsertsATenant: 1,
    mostBellsWaiting: 1000,
    patienceMilliseconds: 60_000,
    ...overrides,
  });
  const add = (tenantId: string, ...gids: string[]): Promise<boolean> =>
    commits.add(
      aHook(tenantId),
      gids.map((gid) => aBell(gid)),
    );
  const gidsOf = (tenantId: string) => inserts.filter((one) => one.tenantId === tenantId).map(({ gids }) => gids);
  return { inserts, committed, commits, add, gidsOf };
}

function aHook(tenantId: string, hookId = "hook") {
  return { tenantId, hookId, connectionId: "connection", sourceProject: "1", secret: "secret" };
}

function aBell(gid: string, hookId = "hook"): RungBell {
  return { bellId: gid, hookId, fields: { gid } };
}

/** Lets whatever was decided take effect: a commit is told, and what waited for it begins, a turn of the loop later. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe("a group commit", () => {
  test("lets what comes in together share an insert, gathers what comes while it is under way, and settles each with its own", async () => {
    const { inserts, add, gidsOf } = aGroupCommit();
    const settledIn: string[] = [];
    const deliver = (gid: string) => add("a", gid).then(() => settledIn.push(gid));
    const all = [deliver("1"), deliver("2")];
    await settled();
    all.push(deliver("3"));
    await settled();
    all.push(deliver("4"));
    await settled();
    expect(gidsOf("a")).toEqual([["1", "2"]]);
    expect(settledIn).toEqual([]);

    inserts[0]?.commit();
    await settled();
    expect(settledIn).toEqual(["1", "2"]);
    expect(gidsOf("a")).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);

    inserts[1]?.commit();
    await Promise.all(all);
    expect(settledIn).toEqual(["1", "2", "3", "4"]);
  });

  test("may have a second insert of a tenant under way, and settles each with its own, in whatever order they commit", async () => {
    const { inserts, add, gidsOf } = aGroupCommit({ mostInsertsATenant: 2 });
    const settledIn: string[] = [];
    const all: Promise<unknown>[] = [];
    for (const gid of ["1", "2", "3", "4"]) {
      all.push(add("a", gid).then(() => settledIn.push(gid)));
      await settled();
    }
    expect(gidsOf("a")).toEqual([["1"], ["2"]]);

    inserts[1]?.commit();
    await settled();
    expect(settledIn).toEqual(["2"]);
    expect(gidsOf("a")).toEqual([["1"], ["2"], ["3", "4"]]);

    inserts[2]?.commit();
    inserts[0]?.commit();
    await Promise.all(all);
    expect(settledIn.sort()).toEqual(["1", "2", "3", "4"]);
  });

  test("never takes more bells at once than it may, unless a single delivery has more", async () => {
    const { inserts, add, gidsOf } = aGroupCommit({ mostBellsAtOnce: 3 });
    const all = [
      add("a", "1"),
      add("a", "2", "3"),
      add("a", "4"),
      add("a", "5", "6", "7"),
      add("a", "8", "9", "10", "11"),
    ];
    for (let turn = 0; turn < 4; turn += 1) {
      await settled();
      inserts[turn]?.commit();
    }
    await Promise.all(all);
    expect(gidsOf("a")).toEqual([["1", "2", "3"], ["4"], ["5", "6", "7"], ["8", "9", "10", "11"]]);
  });

  test("inserts for several tenants at the same time, and lets no tenant wait behind another's queue", async () => {
    const { inserts, add } = aGroupCommit({ mostInserts: 2, mostBellsAtOnce: 1 });
    const all = [add("a", "1"), add("a", "2"), add("a", "3"), add("b", "4"), add("c", "5")];
    const seen = () => inserts.map(({ tenantId, gids }) => `${tenantId} ${gids.join()}`);
    await settled();
    expect(seen()).toEqual(["a 1", "b 4"]);

    inserts[0]?.commit();
    await settled();
    expect(seen()).toEqual(["a 1", "b 4", "c 5"]);

    for (let turn = 1; turn < 5; turn += 1) {
      inserts[turn]?.commit();
      await settled();
    }
    expect(seen()).toEqual(["a 1", "b 4", "c 5", "a 2", "a 3"]);
    await Promise.all(all);
  });

  test("tells a failure to all that share the insert, and to nobody else", async () => {
    const { inserts, committed, add } = aGroupCommit();
    const [first, other] = [add("a", "1"), add("b", "4")];
    await settled();
    const failures = Promise.allSettled([add("a", "2"), add("a", "3")]);
    inserts[0]?.commit();
    inserts[1]?.commit();
    await settled();
    const later = add("a", "6");
    inserts[2]?.fail(new Error("disk full"));
    await settled();
    inserts[3]?.commit();

    expect(await later).toBe(true);
    expect(await first).toBe(true);
    expect(await other).toBe(true);
    expect((await failures).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(committed).toEqual(["a connection", "b connection", "a connection"]);
  });

  test("tells each delivery whether its own hook still stands, and asks only for connections that something was kept of", async () => {
    const { inserts, committed, commits, add } = aGroupCommit();
    const gone = commits.add({ ...aHook("a", "gone"), connectionId: "another" }, [aBell("1", "gone")]);
    const stay = [add("a", "2"), add("a", "3")];
    await settled();
    inserts[0]?.commit(["hook"]);
    expect(await gone).toBe(false);
    expect(await Promise.all(stay)).toEqual([true, true]);
    expect(committed).toEqual(["a connection"]);
  });

  test("refuses what would make the queue too long, and takes more as soon as there is room", async () => {
    const { inserts, add } = aGroupCommit({ mostBellsWaiting: 3 });
    const first = add("a", "1");
    await settled();
    const second = add("a", "2", "3");
    expect((await codedRejection(add("a", "4"))).code).toBe("DOOR_BUSY");
    expect((await codedRejection(add("b", "5"))).code).toBe("DOOR_BUSY");
    inserts[0]?.commit();
    await settled();
    const third = add("a", "6");
    inserts[1]?.commit();
    await settled();
    inserts[2]?.commit();
    expect(await Promise.all([first, second, third])).toEqual([true, true, true]);
  });

  test("takes a single delivery that is longer than the whole queue, when nothing else waits", async () => {
    const { inserts, add } = aGroupCommit({ mostBellsWaiting: 2 });
    const long = add("a", "1", "2", "3");
    await settled();
    inserts[0]?.commit();
    expect(await long).toBe(true);
  });

  test("lets nobody wait longer than the vendor does: neither whose insert hangs nor who waits for a turn", async () => {
    const { inserts, add, gidsOf } = aGroupCommit({ patienceMilliseconds: 80, mostInserts: 1 });
    const hanging = [codedRejection(add("a", "1"))];
    await settled();
    hanging.push(codedRejection(add("a", "2")), codedRejection(add("b", "3")));
    expect((await Promise.all(hanging)).map(({ code }) => code)).toEqual([
      "DATABASE_UNREACHABLE",
      "DATABASE_UNREACHABLE",
      "DATABASE_UNREACHABLE",
    ]);

    // What was given up is not written later; what comes now is.
    const next = [add("a", "4"), add("b", "5")];
    for (let turn = 0; turn < 3; turn += 1) {
      inserts[turn]?.commit();
      await settled();
    }
    expect(await Promise.all(next)).toEqual([true, true]);
    expect(gidsOf("a")).toEqual([["1"], ["4"]]);
    expect(gidsOf("b")).toEqual([["5"]]);
  });
});
