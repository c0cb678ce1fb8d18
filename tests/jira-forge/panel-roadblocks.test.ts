import { raiseRoadblockRequest, roadblock, roadblockList } from "@stageledger/core/contract/roadblocks";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, ITEM } from "../support/forge/a-forge-door.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";

const ROADBLOCKS = `/forge/v1/items/${ITEM}/roadblocks`;

describeWithApp("what is in the way, in the panel", () => {
  onPostgres((engine) => {
    test("is noted by one press on its kind, with the stage and no name, and is there for others", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      await panel.click("roadblock-link");
      expect(panel.text("raise")).toContain("One press notes it on PAY-88, with its stage and without your name.");
      await panel.click("raise-waiting-for-decision");
      expect(panel.text("notice")).toBe("Noted: Waiting for a decision, Review. It carries no name.");
      expect(panel.find("raise")).toBeUndefined();
      const { roadblocks } = await aPerson(door, "bob").told(roadblockList, ROADBLOCKS);
      expect(roadblocks).toMatchObject([
        { kind: "waiting-for-decision", words: null, stage: "Review", resolvedAt: null },
      ]);
      const bobs = await openPanel(door, { accountId: "bob" });
      await bobs.settle();
      expect(bobs.text("roadblock-*")).toBe("Waiting for a decision · Review | Out of the way: Waiting for a decision");
      expect(bobs.said()).not.toContain("ada");
    });

    test("can be said in words, where it stands who can read them", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      await panel.click("roadblock-link");
      expect(panel.text("roadblock-help")).toBe(
        "Everybody who sees this issue can read them. Say what is in the way, never who.",
      );
      await panel.type("roadblock-words", " No test data ");
      await panel.click("raise-environment");
      const { roadblocks } = await aPerson(door, "ada").told(roadblockList, ROADBLOCKS);
      expect(roadblocks).toMatchObject([{ kind: "environment", words: "No test data" }]);
      expect(panel.text("roadblock-*")).toContain("Tools or environment · Review | No test data");
    });

    test("is out of the way by one press, whoever noted it", async () => {
      const door = await aForgeDoor(engine().database);
      const noted = await aPerson(door, "bob").told(roadblock, ROADBLOCKS, { body: { kind: "unclear" } });
      const panel = await openPanel(door);
      await panel.settle();
      await panel.click(`resolve-${noted.id}`);
      expect(panel.text("notice")).toBe("Out of the way: Unclear what to do.");
      expect(panel.findAll("roadblock-*").map(({ props }) => props.testId)).toEqual(["roadblock-link"]);
    });

    test("has a press for each kind that the ledger takes", async () => {
      const panel = await openPanel(await aForgeDoor(engine().database));
      await panel.settle();
      await panel.click("roadblock-link");
      const offered = panel.findAll("raise-*").map(({ props }) => String(props.testId).replace("raise-", ""));
      expect(offered).toEqual(raiseRoadblockRequest.shape.kind.options);
      await panel.click("roadblock-link");
      expect(panel.find("raise")).toBeUndefined();
    });

    test("why time is tracked stands one press away, in the policy's own words", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      expect(panel.nameOf("purpose-link")).toBe("Why we track");
      await panel.click("purpose-link");
      expect(panel.text("purpose")).toContain(
        "We track time to see which stage of our work holds us up, and to make room there.",
      );
      await panel.click("purpose-link");
      expect(panel.find("purpose")).toBeUndefined();
    });
  });
});
