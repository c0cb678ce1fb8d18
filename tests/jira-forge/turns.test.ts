import { expect, test } from "vitest";
import { Turns } from "../../apps/jira-forge/src/mirror/turns.ts";

test("a work begins when the one before it has ended", async () => {
  const turns = new Turns();
  const begun: string[] = [];
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const first = turns.take(async () => {
    begun.push("first");
    await held;
    return 1;
  });
  const second = turns.take(async () => {
    begun.push("second");
    return 2;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(["first"]);
  letGo();
  expect(await Promise.all([first, second])).toEqual([1, 2]);
  expect(begun).toEqual(["first", "second"]);
});

test("one that goes wrong says so to whoever asked for it, and stops none that follows", async () => {
  const turns = new Turns();
  const broken = turns.take(() => Promise.reject(new Error("It broke.")));
  const next = turns.take(async () => "done");
  await expect(broken).rejects.toThrow("It broke.");
  expect(await next).toBe("done");
  expect(await turns.take(async () => "done later")).toBe("done later");
});
