import { myWeek } from "@stageledger/core/contract/entries";
import { afterEach, expect, test, vi } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { answerLost, BreakableWay, offline } from "../support/jira-forge/a-breakable-way.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost, RemoteCall } from "../support/jira-forge/forge-host.ts";
import type { Send } from "../support/jira-forge/open-page.ts";

const recorded = async (door: ForgeDoor) => (await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week")).entries;

async function opened(door: ForgeDoor, options: Parameters<typeof openPanel>[1] = {}): Promise<ForgeHost> {
  const panel = await openPanel(door, options);
  await panel.settle();
  return panel;
}

const keysOfWrites = (panel: ForgeHost) =>
  panel.calls.filter(({ method }) => method !== "GET").map(({ headers }) => headers["idempotency-key"]);

describeWithApp("when something fails, the panel", () => {
  onPostgres((engine) => {
    afterEach(() => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    });

    test("says while it reads that it reads", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const go = way.hold();
      const panel = await openPanel(door, { way: way.over });
      expect(panel.get("reading")).toMatchObject({
        type: "Spinner",
        props: { label: "Reading your time on this issue" },
      });
      go();
      await panel.settle();
      expect(panel.find("reading")).toBeUndefined();
      expect(panel.find("panel")).toBeDefined();
    });

    test("without a ledger says so with a code, and reads when it is tried again", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      way.fault = offline;
      const panel = await opened(door, { way: way.over });
      expect(panel.text()).toBe(
        "The ledger cannot be reached | You may be offline, or it is. Try again in a moment. | Code: LEDGER_UNREACHED | Try again",
      );
      way.fault = undefined;
      await panel.click("try-again");
      expect(panel.find("panel")).toBeDefined();
    });

    test("keeps what was typed while the ledger is away, and logs it once it is back", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const panel = await opened(door, { way: way.over });
      await panel.type("time", "1h30m");
      way.fault = offline;
      await panel.enter("time");
      expect(panel.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      expect(panel.text("unsure")).toContain("It is not known whether it was done.");
      expect(panel.valueOf("time")).toBe("1h30m");
      way.fault = undefined;
      await panel.enter("time");
      expect(panel.find("failure")).toBeUndefined();
      expect(await recorded(door)).toMatchObject([{ minutes: 90 }]);
      const [first, second] = keysOfWrites(panel);
      expect(second).toBe(first);
    });

    test("logs once when only the answer was lost and Enter is pressed again; the next hour is another one", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const panel = await opened(door, { way: way.over });
      await panel.type("time", "1h");
      way.fault = answerLost;
      await panel.enter("time");
      expect(panel.findAll("entry-*")).toHaveLength(0);
      way.fault = undefined;
      await panel.enter("time");
      expect(await recorded(door)).toMatchObject([{ minutes: 60 }]);
      expect(panel.findAll("entry-*")).toHaveLength(1);
      await panel.type("time", "1h");
      await panel.enter("time");
      expect(await recorded(door)).toHaveLength(2);
    });

    test("shows what was logged all the same, when something else is logged after a lost answer", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const panel = await opened(door, { way: way.over });
      await panel.type("time", "1h");
      way.fault = answerLost;
      await panel.enter("time");
      way.fault = undefined;
      await panel.type("time", "20m");
      await panel.enter("time");
      expect(
        panel
          .findAll("entry-*")
          .map((line) => panel.text(line).split(" | ")[0])
          .sort(),
      ).toEqual(["1 h", "20 min"]);
    });

    test("with a slow ledger shows that it works, hears no second Enter, gives up after 26 seconds and still logs once", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const panel = await opened(door, { way: way.over });
      await panel.type("time", "1h");
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      const go = way.hold();
      await panel.press("time");
      await panel.press("time");
      await panel.clickOnly("time-submit");
      expect(panel.get("time-submit").props.isLoading).toBe(true);
      expect(panel.get("time").props.isDisabled).not.toBe(true);
      expect(keysOfWrites(panel)).toHaveLength(1);
      vi.advanceTimersByTime(25_000);
      await panel.drawn();
      expect(panel.find("failure")).toBeUndefined();
      vi.advanceTimersByTime(1000);
      await panel.drawn();
      expect(panel.text("failure-code")).toBe("Code: LEDGER_LATE");
      expect(panel.get("time-submit").props.isLoading).toBe(false);
      vi.useRealTimers();
      go();
      await panel.settle();
      way.fault = undefined;
      await panel.enter("time");
      expect(await recorded(door)).toMatchObject([{ minutes: 60 }]);
      const [first, second] = keysOfWrites(panel);
      expect(second).toBe(first);
      expect(panel.findAll("entry-*")).toHaveLength(1);
    });

    test("leaves alone what is typed while it waits for an answer", async () => {
      const way = new BreakableWay();
      const panel = await opened(await aForgeDoor(engine().database), { way: way.over });
      await panel.type("time", "1h");
      const go = way.hold();
      await panel.press("time");
      await panel.type("time", "20m");
      go();
      await panel.settle();
      expect(panel.text("notice")).toContain("Logged 1 h, today.");
      expect(panel.valueOf("time")).toBe("20m");
    });

    test("logs once where Forge itself makes a call again with the same token", async () => {
      const door = await aForgeDoor(engine().database);
      const token = await aPerson(door, "ada").token();
      let isFirst = true;
      const twice = async (call: RemoteCall, send: Send): Promise<Response> => {
        if (call.method === "GET" || !isFirst) return send(call);
        isFirst = false;
        const again = () => sentWith(door, token, call);
        await again();
        return again();
      };
      const way = new BreakableWay();
      const panel = await opened(door, { way: way.over });
      way.fault = twice;
      await panel.type("time", "1h");
      await panel.enter("time");
      expect(panel.find("failure")).toBeUndefined();
      expect(await recorded(door)).toMatchObject([{ minutes: 60 }]);
      expect(panel.findAll("entry-*")).toHaveLength(1);
    });

    test.each([
      ["a page in the ledger's place", () => new Response("<h1>Bad gateway</h1>", { status: 502 }), "LEDGER_UNREACHED"],
      ["a refusal on the way", () => new Response("", { status: 403 }), "LEDGER_FORBIDDEN"],
      ["an answer of another shape", () => Response.json({ id: 1 }), "LEDGER_UNREADABLE"],
      ["a code that nobody has words for", () => problemResponse("NEW_CODE", 422), "NEW_CODE"],
    ])("tells %s by its code", async (_, answer, code) => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const panel = await opened(door, { way: way.over });
      way.fault = async () => answer();
      await panel.type("time", "1h");
      await panel.enter("time");
      expect(panel.text("failure-code")).toBe(`Code: ${code}`);
      expect(panel.valueOf("time")).toBe("1h");
    });

    test("says of a code that nobody has words for what the ledger says", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      way.fault = async () => problemResponse("NEW_CODE", 422);
      const panel = await opened(door, { way: way.over });
      expect(panel.text()).toBe("It is new. | Wait for words. | Code: NEW_CODE | Try again");
    });

    test("tells a person whom the ledger cannot prove to reload, and keeps what they typed", async () => {
      const door = await aForgeDoor(engine().database);
      const token = await aPerson(door, "ada").token({ isForeign: true });
      const way = new BreakableWay();
      const panel = await opened(door, { way: way.over });
      await panel.type("time", "1h");
      way.fault = (call) => sentWith(door, token, call);
      await panel.enter("time");
      expect(panel.text("failure")).toContain("The ledger could not tell who you are | Reload the page.");
      expect(panel.text("failure-code")).toBe("Code: TOKEN_REFUSED");
      expect(panel.find("unsure")).toBeUndefined();
      expect(panel.valueOf("time")).toBe("1h");
    });

    test("tells of a site that is not connected, of a right that Jira does not confirm, of an issue that is not known", async () => {
      const door = await aForgeDoor(engine().database);
      const elsewhere = await opened({ ...door, installationId: "ari:cloud:ecosystem::installation/other" });
      expect(elsewhere.text()).toContain("This site is not connected to a ledger yet");
      expect(elsewhere.text("failure-code")).toBe("Code: INSTALLATION_UNKNOWN");
      for (const refusalsAre of ["answers", "errors"] as const) {
        const unknown = await opened(door, { issue: "999", refusalsAre });
        expect(unknown.text()).toContain("The ledger does not know this issue");
        expect(unknown.text("failure-code")).toBe("Code: ITEM_UNKNOWN");
      }
      door.jira.answer = () => false;
      const hidden = await opened(door, { accountId: "bob" });
      expect(hidden.text("failure-code")).toBe("Code: ITEM_UNKNOWN");
      expect(hidden.text()).not.toContain("PAY-88");
      door.jira.answer = () => 401;
      const unproved = await opened(door, { accountId: "eve" });
      expect(unproved.text("failure-code")).toBe("Code: RIGHTS_UNPROVED");
    });

    test("that breaks while it is drawn says so instead of being empty, and can be shown again", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await opened(door);
      // React tells the console of it, too.
      vi.spyOn(console, "error").mockImplementation(() => undefined);
      const format = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function planted() {
        throw new Error("planted");
      });
      await panel.click("timer-start");
      expect(panel.text("broken")).toContain("Something here broke");
      format.mockRestore();
      await panel.click("show-again");
      expect(panel.text("timer")).toBe("Runs since 11:00. 0 min at 11:00.");
    });

    test("says so where it was opened on no issue", async () => {
      const panel = await openPanel(await aForgeDoor(engine().database), { issue: "" });
      expect(panel.text("no-issue")).toBe("Open this on an issue.");
    });
  });
});

function sentWith(door: ForgeDoor, token: string, { method, path, headers, body }: RemoteCall): Promise<Response> {
  return fetch(`${door.url}${path}`, {
    method,
    headers: { ...headers, authorization: `Bearer ${token}`, "x-forge-oauth-user": "user-token-of-ada" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function problemResponse(code: string, status: number): Response {
  const told = { type: "about:blank", title: "", status, code, detail: "It is new.", next: "Wait for words." };
  return Response.json({ ...told, requestId: "1" }, { status });
}
