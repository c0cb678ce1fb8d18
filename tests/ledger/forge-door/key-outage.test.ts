import { entry, myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onPostgres } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, ITEM } from "../../support/forge/a-forge-door.ts";

const WEEK = "/forge/v1/my/week";

onPostgres((engine) => {
  test("while Forge's keys are out of reach a call is put off (503), and succeeds as soon as they are back", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    door.forge.setOutage(true);
    const token = await ada.token();
    const response = await ada.call(`/forge/v1/items/${ITEM}/entries`, { body: { minutes: 60 }, token });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ code: "TOKEN_KEYS_UNREACHABLE" });
    expect(door.log).toEqual([
      expect.stringMatching(
        /^\["request failed",\{"code":"TOKEN_KEYS_UNREACHABLE","cause":"\w+","requestId":"none"\}\]$/u,
      ),
    ]);
    door.forge.setOutage(false);
    const logged = await ada.told(entry, `/forge/v1/items/${ITEM}/entries`, { body: { minutes: 60 }, token });
    expect(logged.minutes).toBe(60);
  });

  test("keys that were fetched are kept: an outage afterwards is not noticed, and nobody asks for them again", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(myWeek, WEEK);
    door.forge.setOutage(true);
    await ada.told(myWeek, WEEK);
    expect(door.forge.keyRequests()).toBe(1);
  });

  test("tokens with made-up key names do not make us ask for the keys again and again", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    for (const kid of ["a", "b", "c", "d"]) {
      expect(await ada.refused(WEEK, { overrides: { header: { kid } } })).toMatchObject({ code: "TOKEN_REFUSED" });
    }
    expect(door.forge.keyRequests()).toBeLessThanOrEqual(2);
  });
});
