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

/** Lets whatever was decided take effect. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a group commit", () => {
  test("gathers what comes while an insert is under way into the next one, and settles each with its own", async () => {
    const { inserts, add, gidsOf } = aGroupCommit();
    const settledIn: string[] = [];
    const all = ["1", "2", "3"].map((gid) => add("a", gid).then(() => settledIn.push(gid)));
    await settled();
    expect(gidsOf("a")).toEqual([["1"]]);

    inserts[0]?.commit();
    await settled();
    expect(settledIn).toEqual(["1"]);
    expect(gidsOf("a")).toEqual([["1"], ["2", "3"]]);

    inserts[1]?.commit();
    await Promise.all(all);
    expect(settledIn).toEqual(["1", "2", "3"]);
  });

  test("never takes more bells at once than it may, unless a single delivery has more", async () => {
    const { inserts, add, gidsOf } = aGroupCommit({ mostBellsAtOnce: 3 });
    const all = [add("a", "1"), add("a", "2", "3"), add("a", "4"), add("a", "5"), add("a", "6", "7", "8", "9")];
    for (let turn = 0; turn < 4; turn += 1) {
      await settled();
      inserts[turn]?.commit();
    }
    await Promise.all(all);
    expect(gidsOf("a")).toEqual([["1"], ["2", "3", "4"], ["5"], ["6", "7", "8", "9"]]);
  });

  test("inserts for several tenants at the same time, one each, and lets no tenant wait behind another's queue", async () => {
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
    const [first, second, third, other] = [add("a", "1"), add("a", "2"), add("a", "3"), add("b", "4")];
    const failures = Promise.allSettled([second, third]);
    await settled();
    inserts[0]?.commit();
    inserts[1]?.commit();
    await settled();
    inserts[2]?.fail(new Error("disk full"));

    expect(await first).toBe(true);
    expect(await other).toBe(true);
    expect((await failures).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(committed).toEqual(["a connection", "b connection"]);
    const after = add("a", "5");
    await settled();
    inserts[3]?.commit();
    expect(await after).toBe(true);
  });

  test("tells each delivery whether its own hook still stands, and asks only for connections that something was kept of", async () => {
    const { inserts, committed, commits, add } = aGroupCommit();
    const first = add("a", "1");
    const gone = commits.add({ ...aHook("a", "gone"), connectionId: "another" }, [aBell("2", "gone")]);
    const stays = add("a", "3");
    await settled();
    inserts[0]?.commit();
    await settled();
    inserts[1]?.commit(["hook"]);
    expect(await Promise.all([first, gone, stays])).toEqual([true, false, true]);
    expect(committed).toEqual(["a connection", "a connection"]);
  });

  test("refuses what would make the queue too long, and takes more as soon as there is room", async () => {
    const { inserts, add } = aGroupCommit({ mostBellsWaiting: 3 });
    const kept = [add("a", "1"), add("a", "2", "3")];
    expect((await codedRejection(add("a", "4"))).code).toBe("DOOR_BUSY");
    expect((await codedRejection(add("b", "5"))).code).toBe("DOOR_BUSY");
    inserts[0]?.commit();
    await settled();
    const more = add("a", "6");
    inserts[1]?.commit();
    await settled();
    inserts[2]?.commit();
    expect(await Promise.all([...kept, more])).toEqual([true, true, true]);
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
    const hanging = ["a", "a", "b"].map((tenantId, i) => codedRejection(add(tenantId, String(i + 1))));
    expect((await Promise.all(hanging)).map(({ code }) => code)).toEqual([
      "DATABASE_UNREACHABLE",
      "DATABASE_UNREACHABLE",
      "DATABASE_UNREACHABLE",
    ]);

    // What was given up is not written later; what comes now is.
    const next = [add("a", "4"), add("b", "5")];
    inserts[0]?.commit();
    await settled();
    inserts[1]?.commit();
    await settled();
    inserts[2]?.commit();
    expect(await Promise.all(next)).toEqual([true, true]);
    expect(gidsOf("a")).toEqual([["1"], ["4"]]);
    expect(gidsOf("b")).toEqual([["5"]]);
  });
});
