import { describe, expect, test } from "vitest";
import { placesIn } from "../../../apps/ledger/src/main/ask.ts";
import { stageledger } from "../../support/stageledger-process.ts";

describe("help fits a terminal of 80 columns, and has no default that says nothing:", () => {
  test.each([
    ["connect", "asana"],
    ["connections"],
    ["connections", "sync"],
    ["disconnect", "asana"],
    ["inbox"],
    ["inbox", "list"],
    ["inbox", "show"],
    ["inbox", "retry"],
    ["doctor"],
  ])("%s %s", async (...words) => {
    const { exitCode, stdout } = await stageledger([...words, "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain("[]");
  });
});

test.each<[string, number, readonly number[] | undefined]>([
  ["all", 3, [0, 1, 2]],
  ["1,3", 3, [0, 2]],
  ["2-4 1", 4, [0, 1, 2, 3]],
  ["3, 3", 3, [2]],
  ["4", 3, undefined],
  ["0", 3, undefined],
  ["3-2", 3, undefined],
  ["1,x", 3, undefined],
  ["", 3, undefined],
])("the words %j name places among %i", (words, count, places) => {
  expect(placesIn(words, count)).toEqual(places);
});
