import { expect, it } from "vitest";
import { retryDelayMilliseconds } from "../../../packages/sync/src/queue/retry-delay.ts";

it("rests twice as long after each failure, and never above five minutes", () => {
  const rests = [1, 2, 3, 4, 9, 10, 1000].map((failures) => retryDelayMilliseconds(failures, 1000, () => 0));
  expect(rests).toEqual([1000, 2000, 4000, 8000, 256_000, 300_000, 300_000]);
});

it("rests up to 30 % less by chance", () => {
  expect(retryDelayMilliseconds(1, 1000, () => 0.5)).toBe(850);
  expect(retryDelayMilliseconds(20, 1000, () => 0.999)).toBe(210_090);
});
