import { type StageMapAnswer, stageMap } from "@stageledger/core/contract/stages";
import { recordFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aPerson, type ForgeDoor, NOW } from "../support/forge/a-forge-door.ts";
import { answerLost, BreakableWay, offline } from "../support/jira-forge/a-breakable-way.ts";
import { anAdminsDoor, openAdmin } from "../support/jira-forge/an-admin-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

const STAGES = "/forge/v1/stages";
const saved = (door: ForgeDoor) => aPerson(door, "ada").told(stageMap, STAGES);

/** Somebody else who administers the site saves the stages of the moment with a change. */
async function somebodyElseSaves(door: ForgeDoor, change: (now: StageMapAnswer) => Partial<StageMapAnswer>) {
  const now = await saved(door);
  const { version, commitment, stages, blocked } = { ...now, ...change(now) };
  const ids = (statuses: readonly { readonly id: string }[]) => statuses.map(({ id }) => id);
  const body = {
    version,
    commitment,
    stages: stages.map((stage) => ({ ...stage, statuses: ids(stage.statuses) })),
    blocked: ids(blocked),
  };
  await aPerson(door, "admin").told(stageMap, STAGES, { method: "PUT", body });
}

/** Places on the page, from top to bottom. */
const rows = (page: ForgeHost) => page.findAll("name-*").map(({ props }) => page.valueOf(String(props.testId)));
const changes = (page: ForgeHost) => page.text("changes").split(" | ");

describeWithApp("the stages on the admin page", () => {
  onPostgres((engine) => {
    async function editing(door: ForgeDoor, options: Parameters<typeof openAdmin>[1] = {}): Promise<ForgeHost> {
      const page = await openAdmin(door, options);
      await page.click("stages-change");
      return page;
    }

    test("are read as a table, and statuses in no stage are told loudly", async () => {
      const page = await openAdmin(await anAdminsDoor(engine().database));
      expect(page.text("stages-more")).toBe("Work begins with Build. | Version 1");
      expect(page.get("unmapped").props).toMatchObject({ appearance: "warning", title: "2 statuses in no stage" });
      expect(page.text("unmapped")).toContain("In QA, Held.");
    });

    test("can be renamed, moved and limited; what is not saved is counted and listed; then they are saved", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await editing(door);
      expect(page.text("stage-form")).toContain("No changes yet.");
      await page.click("up-2");
      await page.type("name-3", "Check");
      await page.type("limit-2", "4");
      await page.choose("status-jira:10007", "Check");
      expect(page.text("stage-form")).toContain("4 changes not saved");
      expect(changes(page)).toEqual([
        "Review has a WIP limit of 4 items",
        "Test is called Check",
        "Order: Backlog › Review › Build › Check › Done",
        "Status In QA is in Check",
      ]);
      expect(page.get("unmapped").props.title).toBe("1 status in no stage");
      await page.enter("name-3");
      expect(page.text("notice-stages")).toBe(
        "Saved as version 2. | Put version 1 back into the form | A new version holds from the first month of which no week is closed. Months with a closed week stay as they were.",
      );
      expect(page.find("stage-form")).toBeUndefined();
      expect(await saved(door)).toMatchObject({
        version: 2,
        commitment: "Build",
        stages: [
          { name: "Backlog", limit: null },
          { name: "Review", limit: 4 },
          { name: "Build", limit: null },
          { name: "Check", statuses: [{ id: "jira:10007" }, { id: "Test" }] },
          { name: "Done", kind: "done" },
        ],
        unmapped: [{ id: "jira:10008" }],
      });
    });

    test("move one place a press, with what was typed, and leave the focus on the arrow; at an end that is said", async () => {
      const page = await editing(await anAdminsDoor(engine().database));
      await page.type("name-1", "Make");
      const arrow = page.get("up-3").key;
      expect(page.nameOf("up-3")).toBe("Move Test up");
      await page.click("up-3");
      expect(rows(page)).toEqual(["Backlog", "Make", "Test", "Review", "Done"]);
      await page.click("up-3");
      expect(rows(page)).toEqual(["Backlog", "Test", "Make", "Review", "Done"]);
      expect(page.text("moved")).toBe("Test is stage 2 of 5 now.");
      await page.click("up-3");
      await page.click("up-3");
      expect(rows(page)).toEqual(["Test", "Backlog", "Make", "Review", "Done"]);
      expect(page.text("moved")).toBe("Test stays stage 1 of 5: it is at the end.");
      expect(page.get("up-3")).toMatchObject({ key: arrow });
      expect(page.get("up-3").props.isDisabled).not.toBe(true);
      await page.click("down-3");
      expect(rows(page)).toEqual(["Backlog", "Test", "Make", "Review", "Done"]);
      expect(page.findAll("name-*").map(({ props }) => page.nameOf(String(props.testId)))).toEqual(
        [1, 2, 3, 4, 5].map((place) => `Stage ${place}`),
      );
      expect(changes(page)).toEqual(["Build is called Make", "Order: Backlog › Test › Make › Review › Done"]);
    });

    test("have names that a screen reader can tell apart, and the kinds that the ledger takes", async () => {
      const page = await editing(await anAdminsDoor(engine().database));
      expect(
        ["name-2", "kind-2", "limit-2", "up-2", "down-2", "remove-2", "commitment", "status-jira:10007", "blocked"].map(
          (testId) => page.nameOf(testId),
        ),
      ).toEqual([
        "Stage 3",
        "Kind of stage 3",
        "WIP limit of stage 3",
        "Move Review up",
        "Move Review down",
        "Remove Review",
        "Work begins with",
        "In QA",
        "Statuses that mean “blocked”",
      ]);
      const kinds = stageMap.shape.stages.element.shape.kind.options;
      expect(Object(page.get("kind-2").props.options).map(({ value }: { value: unknown }) => value)).toEqual(kinds);
    });

    test("can be added before what is done, with the focus in the name, and removed: their statuses are in none then", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await editing(door);
      await page.click("add-stage");
      expect(rows(page)).toEqual(["Backlog", "Build", "Review", "Test", "", "Done"]);
      expect(page.get("name-5").props.autoFocus).toBe(true);
      expect(page.nameOf("remove-5")).toBe("Remove stage 5");
      await page.type("name-5", "Release");
      await page.choose("kind-5", "waiting");
      await page.choose("status-jira:10008", "Release");
      await page.click("remove-2");
      expect(page.get("unmapped").props.title).toBe("2 statuses in no stage");
      expect(page.text("unmapped")).toContain("In QA, Review.");
      await page.choose("status-Review", "Test");
      await page.choose("commitment", "Test");
      expect(changes(page)).toEqual([
        "Review: removed",
        "Release: new",
        "Work begins with Test",
        "Status Held is in Release",
        "Status Review is in Test",
      ]);
      await page.click("save-stages");
      expect(await saved(door)).toMatchObject({
        commitment: "Test",
        stages: [
          { name: "Backlog" },
          { name: "Build" },
          { name: "Test", statuses: [{ id: "Review" }, { id: "Test" }] },
          { name: "Release", kind: "waiting", statuses: [{ id: "jira:10008" }] },
          { name: "Done" },
        ],
      });
    });

    test("that cannot be saved are told at their fields, by everything that is wrong, and are not sent", async () => {
      const page = await editing(await anAdminsDoor(engine().database));
      await page.click("add-stage");
      await page.type("name-1", "Review");
      await page.type("name-3", "Unmapped");
      await page.type("limit-0", "1.5");
      await page.choose("kind-4", "active");
      await page.click("remove-1");
      expect(page.find("name-fault-5")).toBeUndefined();
      await page.click("save-stages");
      expect(page.text("name-fault-5")).toBe("A stage needs a name.");
      expect(page.text("name-fault-3")).toBe("“Unmapped” is what statuses in no stage are called.");
      expect(page.text("limit-fault-0")).toBe("A WIP limit is a whole number from 1, or empty.");
      expect(page.text("kinds-fault")).toBe("One stage has to be done: else no item could ever finish.");
      expect(page.text("commitment-fault")).toContain("Say with which stage work begins.");
      expect(page.text("faults")).toBe("Not saved: 5 things above have to be put right.");
      expect(page.get("name-5").props.isInvalid).toBe(true);
      expect(page.calls.filter(({ method }) => method !== "GET")).toEqual([]);
      await page.type("name-5", "Review");
      expect(page.text("name-fault-5")).toBe("Another stage has this name.");
      await page.type("limit-0", "0");
      expect(page.text("limit-fault-0")).toBe("A WIP limit is a whole number from 1, or empty.");
    });

    test("that somebody else has saved meanwhile: the draft stays, what they changed is told, and it can be saved over that", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await editing(door);
      await page.type("name-3", "Check");
      await somebodyElseSaves(door, ({ stages, unmapped }) => ({
        commitment: "Review",
        stages: stages.map((stage) =>
          stage.name === "Build"
            ? { ...stage, limit: 3, statuses: [...stage.statuses, ...unmapped.slice(0, 1)] }
            : stage,
        ),
      }));
      await page.enter("name-3");
      expect(page.get("overtaken").props.title).toBe("Version 2 was saved meanwhile");
      expect(page.text("their-changes").split(" | ")).toEqual([
        "Build has a WIP limit of 3 items",
        "Work begins with Review",
        "Status In QA is in Build",
      ]);
      expect(page.text("overtaken")).toContain("Code: STAGES_VERSION_TAKEN");
      expect(page.valueOf("name-3")).toBe("Check");
      expect(page.text("save-stages")).toBe("Save over version 2");
      expect(changes(page)).toEqual([
        "Build has no WIP limit",
        "Test is called Check",
        "Work begins with Build",
        "Status In QA is in no stage",
      ]);
      expect((await saved(door)).version).toBe(2);
      await page.click("save-stages");
      expect(await saved(door)).toMatchObject({
        version: 3,
        commitment: "Build",
        stages: [{}, { limit: null }, {}, { name: "Check" }, {}],
      });
    });

    test("that somebody else has saved are told by a look, too; a status that only theirs has keeps their stage", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await editing(door);
      await page.type("limit-1", "2");
      await somebodyElseSaves(door, ({ stages }) => ({
        stages: stages.map((stage) => (stage.name === "Test" ? { ...stage, name: "Check" } : stage)),
      }));
      await page.click("refresh");
      expect(page.text("their-changes").split(" | ")).toEqual([
        "Test: removed",
        "Check: new",
        "Status Test is in Check",
      ]);
      expect(page.valueOf("limit-1")).toBe("2");
    });

    test("take in a status that Jira lists since the form was opened, when somebody looks again", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await editing(door);
      await page.type("name-3", "Check");
      const status = {
        statusId: "jira:10009",
        origin: "list",
        name: "Frozen",
        category: "new",
        lastSeenAt: NOW,
      } as const;
      await recordFacts(engine().database, door.tenant.tenantId, { items: [], entries: [], statuses: [status] });
      await page.click("refresh");
      expect(page.text("unmapped")).toContain("Frozen, In QA, Held.");
      expect(page.find("overtaken")).toBeUndefined();
      expect(page.valueOf("name-3")).toBe("Check");
    });

    test("that are dropped can be had back; without changes nothing is said", async () => {
      const page = await editing(await anAdminsDoor(engine().database));
      expect(page.text("drop-stages")).toBe("Leave the stages as they are");
      await page.click("drop-stages");
      expect(page.text("notice-stages")).toBe("");
      await page.click("stages-change");
      await page.type("name-3", "Check");
      await page.click("up-3");
      await page.click("drop-stages");
      expect(page.text("notice-stages")).toBe("Dropped 2 changes. | Take 2 changes back");
      expect(page.find("stage-form")).toBeUndefined();
      await page.click("restore");
      expect(rows(page)).toEqual(["Backlog", "Build", "Check", "Review", "Done"]);
    });

    test("of the version before can be put back into the form, and saved as the newest", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await editing(door);
      await page.type("name-3", "Check");
      await page.enter("name-3");
      await page.click("put-version-back");
      expect(page.text("notice-proposal")).toBe("Version 1 stands in the form. Save it, and it is the newest one.");
      expect(rows(page)).toEqual(["Backlog", "Build", "Review", "Test", "Done"]);
      await page.click("save-stages");
      expect(await saved(door)).toMatchObject({ version: 3, stages: [{}, {}, {}, { name: "Test" }, {}] });
    });

    test("stay in the form while the ledger is away, and are saved once when it is back", async () => {
      const door = await anAdminsDoor(engine().database);
      const way = new BreakableWay();
      const page = await editing(door, { way: way.over });
      await page.type("name-3", "Check");
      way.fault = offline;
      await page.enter("name-3");
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      way.fault = answerLost;
      await page.enter("name-3");
      expect(page.text("unsure")).toContain("It is not known whether it was done.");
      expect(page.valueOf("name-3")).toBe("Check");
      way.fault = undefined;
      await page.enter("name-3");
      expect(page.text("notice-stages")).toContain("Saved as version 2.");
      expect((await saved(door)).version).toBe(2);
    });

    test.each([
      ["STAGES_UNREADABLE", "No stage is done"],
      ["STAGES_NO_COMMITMENT", "Work begins with no stage"],
      ["STAGES_STATUS_TWICE", "A status is in two stages"],
      ["STAGES_UNKNOWN_STATUS", "The ledger does not know one of the statuses any more"],
      ["DATABASE_UNREACHABLE", "The ledger cannot answer now"],
    ])("that the ledger refuses by %s say so once, at their place", async (code, title) => {
      const way = new BreakableWay();
      const page = await editing(await anAdminsDoor(engine().database), { way: way.over });
      await page.type("name-3", "Check");
      way.fault = async () => refusal(code);
      await page.enter("name-3");
      expect(page.findAll("failure")).toHaveLength(1);
      expect(page.get("failure").props.title).toBe(title);
      expect(page.valueOf("name-3")).toBe("Check");
    });

    test("mean blocked where an admin says so", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await editing(door);
      await page.chooseSeveral("blocked", ["Held", "Test"]);
      expect(changes(page)).toEqual(["Status Held means blocked", "Status Test means blocked"]);
      await page.click("save-stages");
      expect((await saved(door)).blocked.map(({ name }) => name).sort()).toEqual(["Held", "Test"]);
    });
  });
});

function refusal(code: string): Response {
  const told = { type: "about:blank", title: "", status: 422, code, detail: "It is so.", next: "Look." };
  return Response.json({ ...told, requestId: "1" }, { status: 422 });
}
