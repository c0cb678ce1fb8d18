import { expect, test } from "vitest";
import { RecentAnswers } from "../../../apps/ledger/src/page/recent-answers.ts";

function answersOf100Bytes() {
  return new RecentAnswers<{ readonly bytes: number }>({ mostBytes: 100, keepMilliseconds: 1000, now: () => 0 });
}

test("an answer that is kept again takes the place of the one before, and no room beside it", async () => {
  const answers = answersOf100Bytes();
  for (let round = 0; round < 5; round += 1) {
    answers.keep("a", Promise.resolve({ bytes: 40 }));
    await answers.find("a");
  }
  answers.keep("b", Promise.resolve({ bytes: 60 }));
  await answers.find("b");
  expect(await answers.find("a")).toEqual({ bytes: 40 });
  expect(await answers.find("b")).toEqual({ bytes: 60 });
});

test("the one asked for the longest ago goes first, when there is no room for all", async () => {
  const answers = answersOf100Bytes();
  for (const key of ["a", "b", "c"]) {
    answers.keep(key, Promise.resolve({ bytes: 40 }));
    await answers.find(key);
  }
  expect(answers.find("a")).toBeUndefined();
  expect([await answers.find("b"), await answers.find("c")]).toEqual([{ bytes: 40 }, { bytes: 40 }]);
});
