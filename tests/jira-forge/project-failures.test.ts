import { afterEach, expect, test, vi } from "vitest";
import { aTenant } from "../support/database/a-tenant.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, aSecondDoor, bindSite, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { BreakableWay, offline } from "../support/jira-forge/a-breakable-way.ts";
import { nameProject, openProject } from "../support/jira-forge/a-project-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

async function opened(door: ForgeDoor, options: Parameters<typeof openProject>[1] = {}): Promise<ForgeHost> {
  const page = await openProject(door, options);
  await page.settle();
  return page;
}

onPostgres((engine) => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  async function aProject(): Promise<ForgeDoor> {
    const door = await aForgeDoor(engine().database);
    await nameProject(door, engine().database);
    return door;
  }

  /** The ledger of a tenant in which nobody has said what the stages are. */
  async function aProjectWithoutStages(): Promise<ForgeDoor> {
    const { database } = engine();
    const door = await aForgeDoor(database);
    const tenant = await aTenant(database);
    const empty = { ...door, tenant, installationId: `${door.installationId}-2` };
    await bindSite(empty, database);
    await nameProject(empty, database);
    return aSecondDoor(empty, database);
  }

  describeWithApp("when something fails, the project page", () => {
    test("says while it reads that it reads", async () => {
      const way = new BreakableWay();
      const go = way.hold();
      const page = await openProject(await aProject(), { way: way.over });
      expect(page.get("reading").props.label).toBe("Reading how work flows through this project");
      go();
      await page.settle();
      expect(page.find("reading")).toBeUndefined();
      expect(page.find("project")).toBeDefined();
    });

    test("without a ledger says so with a code, and reads when it is tried again", async () => {
      const way = new BreakableWay();
      way.fault = offline;
      const page = await opened(await aProject(), { way: way.over });
      expect(page.text("failure")).toContain("The ledger cannot be reached | You may be offline, or it is.");
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      way.fault = undefined;
      await page.click("try-again");
      expect(page.text("verdict")).toBe("Too few items finished to tell.");
    });

    test("gives a ledger up that has not answered for 26 seconds", async () => {
      const way = new BreakableWay();
      const door = await aProject();
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      way.hold();
      const page = await openProject(door, { way: way.over });
      vi.advanceTimersByTime(26_000);
      await page.drawn();
      expect(page.text("failure-code")).toBe("Code: LEDGER_LATE");
    });

    test("keeps the numbers that it has, with their hour, when a second look fails", async () => {
      const way = new BreakableWay();
      const page = await opened(await aProject(), { way: way.over });
      way.fault = offline;
      await page.click("look");
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      expect(page.text("verdict")).toBe("Too few items finished to tell.");
      expect(page.text("as-of")).toContain("As of 8 Sep 2026, 11:00");
      expect(page.get("look").props.isLoading).toBe(false);
      await page.click("purpose-link");
      expect(page.find("purpose")).toBeUndefined();
      way.fault = undefined;
      await page.click("look");
      expect(page.find("failure")).toBeUndefined();
    });

    test.each(["answers", "errors"] as const)(
      "says the same of a project that is not connected, and of one that may not be seen (refusals are %s)",
      async (refusalsAre) => {
        const door = await aProject();
        const unknown = await opened(door, { project: "10777", refusalsAre });
        expect(unknown.text("failure-code")).toBe("Code: PROJECT_UNKNOWN");
        expect(unknown.get("failure").props).toMatchObject({
          appearance: "information",
          title: "The ledger does not know this project",
        });
        door.jira.answer = () => false;
        const hidden = await opened(door, { accountId: "bob", refusalsAre });
        expect(hidden.text()).toBe(unknown.text());
        expect(hidden.said()).not.toContain("PAY");
      },
    );

    test("says who can help where there are no stages, no ledger, or no right that Jira confirms", async () => {
      const empty = await opened(await aProjectWithoutStages());
      expect(empty.text("failure")).toContain("An admin of the site says once what the stages are.");
      expect(empty.text("failure-code")).toBe("Code: LEDGER_EMPTY");
      expect(empty.get("failure").props.appearance).toBe("information");
      const door = await aProject();
      const elsewhere = await opened({ ...door, installationId: "ari:cloud:ecosystem::installation/other" });
      expect(elsewhere.text("failure-code")).toBe("Code: INSTALLATION_UNKNOWN");
      door.jira.answer = () => 401;
      const unproved = await opened(door, { accountId: "eve" });
      expect(unproved.text("failure-code")).toBe("Code: RIGHTS_UNPROVED");
      expect(unproved.text("failure-text")).toContain("Reload the page.");
    });

    test("says so where the ledger's answer is of another version, or its token is not believed", async () => {
      const door = await aProject();
      const way = new BreakableWay();
      way.fault = async () => Response.json({ schema: 2 });
      expect((await opened(door, { way: way.over })).text("failure-code")).toBe("Code: LEDGER_UNREADABLE");
      const token = await aPerson(door, "ada").token({ isForeign: true });
      way.fault = ({ path }) => fetch(`${door.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect((await opened(door, { way: way.over })).text("failure-code")).toBe("Code: TOKEN_REFUSED");
    });

    test("that breaks while it is drawn says so instead of being empty, and can be shown again", async () => {
      const page = await opened(await aProject());
      // React tells the console of it, too.
      vi.spyOn(console, "error").mockImplementation(() => undefined);
      const format = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function planted() {
        throw new Error("planted");
      });
      await page.click("limits-link");
      expect(page.text("broken")).toContain("Something here broke");
      format.mockRestore();
      await page.click("show-again");
      expect(page.text("verdict")).toBe("Too few items finished to tell.");
    });

    test("says so where it was opened on no project, or on one that is none", async () => {
      const door = await aProject();
      for (const project of ["", "../10001"]) {
        const page = await openProject(door, { project });
        expect(page.text("no-project")).toBe("Open this on a project.");
        expect(page.calls).toEqual([]);
      }
    });
  });
});
