import { randomUUID } from "node:crypto";
import { purpose } from "@stageledger/core/contract/purpose";
import { roadblock, roadblockList } from "@stageledger/core/contract/roadblocks";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, ITEM, NOW } from "../../support/forge/a-forge-door.ts";

const ROADBLOCKS = `/forge/v1/items/${ITEM}/roadblocks`;

onBothEngines((engine) => {
  test("what is in the way is seen by all with its stage, and whoever comes along can say that it is out of the way", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    const first = await ada.told(roadblock, ROADBLOCKS, {
      body: { kind: "dependency", words: "The sandbox is down · 沙盒 🧱" },
    });
    expect(first).toEqual({
      id: expect.any(String),
      kind: "dependency",
      words: "The sandbox is down · 沙盒 🧱",
      stage: "Review",
      raisedAt: NOW,
      resolvedAt: null,
    });
    door.clock.now = NOW + 1000;
    const second = await ada.told(roadblock, ROADBLOCKS, { body: { kind: "unclear" } });
    expect(await ben.told(roadblockList, ROADBLOCKS)).toEqual({ roadblocks: [second, first] });
    door.clock.now = NOW + 5000;
    const path = `/forge/v1/roadblocks/${second.id}/resolve`;
    expect(await ben.told(roadblock, path, { body: {} })).toEqual({ ...second, resolvedAt: NOW + 5000 });
    door.clock.now = NOW + 9000;
    expect(await ada.told(roadblock, path, { body: {} })).toEqual({ ...second, resolvedAt: NOW + 5000 });
    expect(await ada.told(roadblockList, ROADBLOCKS)).toEqual({
      roadblocks: [first, { ...second, resolvedAt: NOW + 5000 }],
    });
    expect(await ada.told(roadblockList, "/forge/v1/items/jira:10089/roadblocks")).toEqual({ roadblocks: [] });
  });

  test.each([
    ["a control character", "a\u0000b"],
    ["a line break", "a\nb"],
    ["half a character", "a\ud800b"],
    ["a mark that turns the direction", "a\u202eb"],
    ["too much", "a".repeat(501)],
    ["nothing", ""],
  ])("words with %s are refused", async (_what, words) => {
    const door = await aForgeDoor(engine().database);
    const told = await aPerson(door).refused(ROADBLOCKS, { body: { kind: "other", words } });
    expect(told).toMatchObject({ status: 400, code: "REQUEST_INVALID", at: "body.words" });
  });

  test("one that there is not cannot be resolved, and one of another tenant is none", async () => {
    const door = await aForgeDoor(engine().database);
    const elsewhere = await aForgeDoor(engine().database);
    const { id } = await aPerson(elsewhere).told(roadblock, ROADBLOCKS, { body: { kind: "other" } });
    for (const unknown of [id, randomUUID()]) {
      const told = await aPerson(door).refused(`/forge/v1/roadblocks/${unknown}/resolve`, { body: {} });
      expect(told).toMatchObject({ status: 404, code: "ROADBLOCK_UNKNOWN" });
    }
  });

  test("the panel says why time is tracked", async () => {
    const door = await aForgeDoor(engine().database);
    const told = await aPerson(door).told(purpose, "/forge/v1/purpose");
    expect(told.version).toBe(1);
    expect(told.text).toMatch(/^We track time to see which stage of our work holds us up/u);
  });
});
