import type { Hook } from "@stageledger/db";
import { describe, expect, test } from "vitest";
import { KnownHooks, type KnownHooksOptions } from "../../../apps/asana-sync/src/door/known-hooks.ts";
import { codedRejection } from "../../support/rejection.ts";

interface Search {
  readonly token: string;
  find(hook: Hook | undefined): void;
  fail(error: Error): void;
}

function someKnownHooks(overrides: Partial<KnownHooksOptions> = {}) {
  const searches: Search[] = [];
  const clock = { now: 0 };
  const hooks = new KnownHooks({
    find: (token) => {
      const { promise, resolve, reject } = Promise.withResolvers<Hook | undefined>();
      searches.push({ token, find: resolve, fail: reject });
      return promise;
    },
    now: () => clock.now,
    rememberMilliseconds: 1000,
    mostRemembered: 2,
    mostSearches: 2,
    mostWaiting: 1,
    ...overrides,
  });
  const searched = (): readonly string[] => searches.map(({ token }) => token);
  /** Asks, and lets the database answer at once. */
  async function ask(token: string, hook: Hook | undefined): Promise<Hook | undefined> {
    const before = searches.length;
    const found = hooks.find(token);
    await settled();
    searches[before]?.find(hook);
    return found;
  }
  return { hooks, clock, searches, searched, ask };
}

function aHook(secret: string | undefined = "secret"): Hook {
  return { tenantId: "t", hookId: "h", connectionId: "c", sourceProject: "p", secret };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a path", () => {
  test("is looked up once and then known for its time, not an instant longer", async () => {
    const { clock, searched, ask } = someKnownHooks();
    expect(await ask("a", aHook())).toEqual(aHook());
    clock.now = 999;
    expect(await ask("a", undefined)).toEqual(aHook());
    expect(searched()).toEqual(["a"]);
    clock.now = 1000;
    expect(await ask("a", undefined)).toBeUndefined();
    expect(searched()).toEqual(["a", "a"]);
  });

  test("that waits for its secret, or leads nowhere, is looked up each time", async () => {
    const { searched, ask } = someKnownHooks();
    const pending: Hook = { ...aHook(), secret: undefined };
    expect(await ask("a", pending)).toEqual(pending);
    expect(await ask("a", aHook())).toEqual(aHook());
    expect(await ask("b", undefined)).toBeUndefined();
    expect(await ask("b", undefined)).toBeUndefined();
    expect(searched()).toEqual(["a", "a", "b", "b"]);
  });

  test("that was forgotten is looked up again", async () => {
    const { hooks, ask } = someKnownHooks();
    await ask("a", aHook());
    hooks.forget("a");
    expect(await ask("a", undefined)).toBeUndefined();
  });

  test("that many ask for at once is looked up once for all", async () => {
    const { hooks, searches, searched } = someKnownHooks();
    const all = Array.from({ length: 50 }, () => hooks.find("a"));
    await settled();
    searches[0]?.find(aHook());
    expect(await Promise.all(all)).toEqual(Array.from({ length: 50 }, () => aHook()));
    expect(searched()).toEqual(["a"]);
  });

  test("gives its place in memory to a newer one when there are too many", async () => {
    const { searched, ask } = someKnownHooks();
    for (const token of ["a", "b", "c", "b", "a"]) await ask(token, aHook());
    expect(searched()).toEqual(["a", "b", "c", "a"]);
  });
});

describe("who knocks at many paths", () => {
  test("has few looked up at a time, some wait, and the rest is refused; who is known does not notice", async () => {
    const { hooks, searches, searched, ask } = someKnownHooks();
    await ask("known", aHook());
    const first = hooks.find("1");
    const second = hooks.find("2");
    const third = hooks.find("3");
    expect((await codedRejection(Promise.resolve(hooks.find("4")))).code).toBe("DOOR_BUSY");
    await settled();
    expect(searched()).toEqual(["known", "1", "2"]);
    expect(await hooks.find("known")).toEqual(aHook());

    searches[1]?.find(undefined);
    await settled();
    expect(searched()).toEqual(["known", "1", "2", "3"]);
    searches[2]?.fail(new Error("away"));
    searches[3]?.find(undefined);
    expect(await first).toBeUndefined();
    await expect(Promise.resolve(second)).rejects.toThrow("away");
    expect(await third).toBeUndefined();

    // All turns were given back.
    expect(await ask("5", undefined)).toBeUndefined();
    expect(await ask("6", aHook())).toEqual(aHook());
  });
});
