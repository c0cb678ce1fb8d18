import { myWeek } from "@stageledger/core/contract/entries";
import { afterEach, expect, test, vi } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { utc } from "../support/moments.ts";

const recorded = async (door: ForgeDoor) => (await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week")).entries;

describeWithApp("logging in the panel", () => {
  onPostgres((engine) => {
    afterEach(() => vi.useRealTimers());

    test("takes one field and Enter: five keys log an hour and a half in the stage that the issue is in", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      expect(panel.text("no-entries")).toBe("Nothing logged here yet. Only you see your entries.");
      expect(panel.get("time").props.autoFocus).toBe(true);
      await panel.type("time", "1h30m");
      expect(panel.text("time-understood")).toBe("1 h 30 min · Review · today");
      await panel.enter("time");
      expect({ keystrokes: panel.keystrokes, clicks: panel.clicks }).toEqual({ keystrokes: 6, clicks: 0 });
      expect(panel.text("entry-*")).toBe("1 h 30 min | today · Review");
      expect(panel.text("notice")).toBe("Logged 1 h 30 min, today. | Undo logging");
      expect(panel.valueOf("time")).toBe("");
      expect(await recorded(door)).toMatchObject([
        { itemKey: "PAY-88", date: "2026-09-08", minutes: 90, activity: "other", stage: "Review" },
      ]);
    });

    test("never writes into a field that somebody types in; after Enter there is an empty one, with the focus", async () => {
      const panel = await openPanel(await aForgeDoor(engine().database), { type: "jira:issuePanel" });
      await panel.settle();
      const first = panel.get("time");
      await panel.type("time", "1h");
      expect(panel.get("time")).toMatchObject({ key: first.key, props: { defaultValue: "" } });
      await panel.click("roadblock-link");
      await panel.type("roadblock-words", "x");
      for (const { props } of panel.all(({ type }) => type === "Textfield")) expect(props.value).toBeUndefined();
      await panel.enter("time");
      expect(panel.get("time").key).not.toBe(first.key);
      expect(panel.get("time").props).toMatchObject({ defaultValue: "", autoFocus: true });
    });

    test("draws once a key and twice an Enter, and never by itself", async () => {
      const panel = await openPanel(await aForgeDoor(engine().database));
      await panel.settle();
      const before = panel.commits;
      await panel.type("time", "45m");
      await panel.enter("time");
      expect(panel.commits - before).toBe(5);
    });

    test.each([
      ["1,5", "1 h 30 min"],
      ["90", "1 h 30 min"],
      ["1h 30m", "1 h 30 min"],
      ["1:30", "1 h 30 min"],
      ["25", "25 min"],
    ])("shows what %j is taken for before anything is logged, and logs that", async (text, understood) => {
      const panel = await openPanel(await aForgeDoor(engine().database));
      await panel.settle();
      await panel.type("time", text);
      expect(panel.text("time-understood")).toBe(`${understood} · Review · today`);
      await panel.enter("time");
      expect(panel.text("entry-*")).toBe(`${understood} | today · Review`);
    });

    test("does not guess between two hours and two minutes: Enter asks, and a press says which", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      await panel.type("time", "2");
      expect(panel.text("time-understood")).toBe("2 hours or 2 minutes?");
      await panel.enter("time");
      expect(await recorded(door)).toEqual([]);
      expect(panel.nameOf("time-take-2")).toBe("Log 2 min");
      expect(panel.nameOf("time-take-120")).toBe("Log 2 h");
      await panel.click("time-take-120");
      expect(await recorded(door)).toMatchObject([{ minutes: 120 }]);
    });

    test("a bare number is minutes only where no day has so many hours", async () => {
      const panel = await openPanel(await aForgeDoor(engine().database));
      await panel.settle();
      await panel.type("time", "24");
      expect(panel.text("time-understood")).toBe("24 hours or 24 minutes?");
      await panel.type("time", "25");
      expect(panel.text("time-understood")).toBe("25 min · Review · today");
    });

    test.each([
      ["", "How long was it? Write it like 1h 30m, 90m, 1:30 or 1,5."],
      ["soon", "This is no duration. Write it like 1h 30m, 90m, 1:30 or 1,5."],
      ["25h", "That is more than a day has."],
      ["1441", "That is more than a day has."],
      ["-1h", "Logged time cannot be below zero."],
      ["0", "That is less than a minute."],
    ])("answers Enter on %j in words, in red, and sends nothing", async (text, answer) => {
      const panel = await openPanel(await aForgeDoor(engine().database));
      await panel.settle();
      await panel.type("time", text);
      const calls = panel.calls.length;
      await panel.enter("time");
      expect(panel.text("time-understood")).toBe(answer);
      expect(panel.get("time-understood").type).toBe("ErrorMessage");
      expect(panel.calls).toHaveLength(calls);
      await panel.type("time", "1h");
      expect(panel.get("time-understood").type).toBe("HelperMessage");
    });

    test("another day, kind of work and stage are one fold away; yesterday's stage is told by history", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      expect(panel.find("log-day")).toBeUndefined();
      await panel.click("details");
      await panel.type("time", "30m");
      await panel.choose("log-day", "Yesterday");
      await panel.choose("log-activity", "meeting");
      expect(panel.text("time-understood")).toBe("30 min · yesterday · meeting");
      await panel.enter("time");
      await panel.type("time", "1h");
      await panel.choose("log-stage", "Test");
      await panel.choose("log-day", "Another day");
      await panel.pickDate("log-date", "2026-09-04");
      expect(panel.text("time-understood")).toBe("1 h · Test · Fri 4 Sept · meeting");
      await panel.enter("time");
      const { entries } = await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week?day=2026-09-04");
      expect(entries).toMatchObject([{ date: "2026-09-04", minutes: 60, activity: "meeting", stage: "Test" }]);
      expect(await recorded(door)).toMatchObject([
        { date: "2026-09-07", minutes: 30, activity: "meeting", stage: null },
      ]);
      expect(panel.text("log-day")).toBe("");
      expect(panel.get("log-day").props.value).toEqual({ label: "Today", value: "today" });
    });

    test("where nobody works, as in a backlog, no stage is proposed", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door, { issue: "10089" });
      await panel.settle();
      await panel.type("time", "30m");
      expect(panel.text("time-understood")).toBe("30 min · today");
      await panel.enter("time");
      expect(await recorded(door)).toMatchObject([{ itemKey: "PAY-89", stage: null }]);
    });

    test("today is the author's own, where their zone is a day ahead of the ledger's", async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: utc("2026-09-08T15:30") });
      const door = await aForgeDoor(engine().database);
      door.clock.now = Date.now();
      const panel = await openPanel(door, { timezone: "Asia/Tokyo" });
      await panel.settle();
      await panel.type("time", "30m");
      await panel.enter("time");
      expect(panel.text("entry-*")).toBe("30 min | today · Review");
      expect(await recorded(door)).toMatchObject([{ date: "2026-09-09" }]);
    });

    test("a panel that is open over midnight asks to look at the day once more", async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: utc("2026-09-08T21:59") });
      const door = await aForgeDoor(engine().database);
      door.clock.now = Date.now();
      const panel = await openPanel(door);
      await panel.settle();
      await panel.type("time", "30m");
      vi.setSystemTime(utc("2026-09-08T22:01"));
      door.clock.now = Date.now();
      await panel.enter("time");
      expect(panel.text("time-understood")).toBe(
        "Meanwhile a new day has begun. Look at the day once more, then press Enter.",
      );
      expect(await recorded(door)).toEqual([]);
      await panel.enter("time");
      expect(await recorded(door)).toMatchObject([{ date: "2026-09-09", minutes: 30 }]);
    });

    test("opened as an action or below the issue it is the same, with all fields in sight", async () => {
      const door = await aForgeDoor(engine().database);
      for (const [type, autoFocus] of [
        ["jira:issueAction", true],
        ["jira:issuePanel", false],
      ] as const) {
        const panel = await openPanel(door, { type });
        await panel.settle();
        expect(panel.get("time").props.autoFocus).toBe(autoFocus);
        expect(panel.get("log-stage").props.value).toEqual({ label: "Review", value: "Review" });
        expect(panel.find("details")).toBeUndefined();
      }
    });
  });
});
