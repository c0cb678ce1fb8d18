import { entry, itemEntries, myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, ITEM } from "../../support/forge/a-forge-door.ts";

onBothEngines((engine) => {
  test("who logs an hour reads it back on the item and in their week", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const logged = await ada.told(entry, `/forge/v1/items/${ITEM}/entries`, {
      body: { minutes: 60, date: "2026-09-08", activity: "review", stage: "Review" },
    });
    expect(logged).toEqual({
      id: expect.any(String),
      revision: 1,
      itemId: ITEM,
      itemKey: "PAY-88",
      project: "PAY",
      date: "2026-09-08",
      minutes: 60,
      activity: "review",
      stage: "Review",
      isMirrored: false,
      isClosed: false,
      canChange: true,
    });
    const onItem = await ada.told(itemEntries, `/forge/v1/items/${ITEM}/entries`);
    expect(onItem).toMatchObject({ itemKey: "PAY-88", project: "PAY", today: "2026-09-08", entries: [logged] });
    const week = await ada.told(myWeek, "/forge/v1/my/week");
    expect(week).toMatchObject({ week: "2026-W37", firstDay: "2026-09-07", lastDay: "2026-09-13", minutes: 60 });
    expect(week.entries).toEqual([logged]);
  });
});
