import { recordFacts } from "@stageledger/db";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, anItemPart, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { BreakableWay } from "../support/jira-forge/a-breakable-way.ts";
import { logAndRelease, nameProject, openProject, recordPayments } from "../support/jira-forge/a-project-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";
import { readTable } from "../support/jira-forge/read-table.ts";
import { DAY, utc } from "../support/moments.ts";

type Steps = readonly (readonly [days: number, stage: string])[];

const HEAD = ["Stage", "WIP", "age85", "in / out a week", "median", "85 %", "n", "visits"];
const json = z.record(z.string(), z.unknown());
const chart = z.object({ title: z.string(), data: z.array(z.object({ name: z.string(), value: z.number() })) });

async function opened(door: ForgeDoor, options: Parameters<typeof openProject>[1] = {}): Promise<ForgeHost> {
  const page = await openProject(door, options);
  await page.settle();
  return page;
}

/** What a chart draws: of each bar name and height. */
function barsOf(page: ForgeHost, testId: string): readonly (readonly [string, number])[] {
  const node = page.get(testId).children[0]?.children.find(({ type }) => type === "BarChart");
  return chart.parse(node?.props).data.map(({ name, value }) => [name, value]);
}

/** The page with a report as the ledger told it, but for what is said here. */
async function withReport(door: ForgeDoor, change: (report: Record<string, unknown>) => object): Promise<ForgeHost> {
  const way = new BreakableWay();
  way.fault = async (call, send) => {
    const report = json.parse(await (await send(call)).json());
    return Response.json({ ...report, ...change(report) });
  };
  return opened(door, { way: way.over });
}

onPostgres((engine) => {
  afterEach(() => {
    vi.useRealTimers();
  });

  async function aProject(): Promise<ForgeDoor> {
    const door = await aForgeDoor(engine().database);
    await nameProject(door, engine().database);
    return door;
  }

  /** Items that begin on days from 20 July on, and take these steps, in days after their beginning. */
  async function record(door: ForgeDoor, count: number, stepsOf: (i: number) => Steps, every = 2): Promise<void> {
    const items = Array.from({ length: count }, (_, i) => {
      const begin = utc("2026-07-20T09:00") + i * every * DAY;
      const at = (days: number): string => new Date(begin + days * DAY).toISOString().slice(0, 16);
      const steps = stepsOf(i);
      const moves = steps.map(([days, stage], k) => [at(days), steps[k - 1]?.[1] ?? "Backlog", stage] as const);
      return { ...anItemPart(`jira:${30_000 + i}`, `PAY-${900 + i}`, moves), createdAt: begin - DAY };
    });
    await recordFacts(engine().database, door.tenant.tenantId, { statuses: [], entries: [], items });
  }

  /** Twelve that take two days in Build and four in Review; three of them go on to Test for one day. */
  const twelve = (door: ForgeDoor): Promise<void> =>
    record(door, 12, (i) => [
      [0, "Build"],
      [2, "Review"],
      ...(i < 3
        ? ([
            [6, "Test"],
            [7, "Done"],
          ] as const)
        : ([[6, "Done"]] as const)),
    ]);

  describeWithApp("the project page", () => {
    test("begins with the verdict, then what it rests on, then what to try; tables and charts come after it", async () => {
      const door = await aProject();
      await recordPayments(door, engine().database);
      const page = await opened(door);
      const order = ["eyebrow", "verdict", "sureness", "try-first", "trust", "stages", "chart-wip", "weeks", "as-of"];
      const ids = page.all(({ props }) => order.includes(String(props.testId))).map(({ props }) => props.testId);
      expect(ids).toEqual(order);
      expect(page.text("verdict")).toBe("Review holds the work up.");
      const sizes = page.all(({ type }) => type === "Heading").map(({ props }) => props.size);
      expect(sizes.filter((size) => size === "xlarge")).toHaveLength(1);
      expect(page.get("verdict").props).toMatchObject({ as: "h2", size: "xlarge" });
      expect(page.text("eyebrow")).toBe(
        "PAY · 13 Jul – 6 Sep 2026 (8 weeks) · calendar time, Europe/Berlin · map v1 · waiting not kept apart: this board cannot tell queue from work",
      );
      expect(page.text("sureness")).toMatch(
        /^Named in \d+ of 200 resampled windows · \d+ items finished in the window$/u,
      );
      expect(page.text()).toMatch(/\d+ % of open time sits here/u);
      expect(page.text()).toMatch(/1 item left out of the verdict as parked\. \| Data quality: 10 moved back\./u);
      expect(page.text("try-first")).toMatch(/^Try first: \|.*Review/u);
    });

    test("shows of each stage what is there, how long it stays, and of how many items that is said", async () => {
      const door = await aProject();
      await twelve(door);
      const page = await opened(door);
      // With PAY-88, which came to Build on 4 September, thirteen came in eight weeks: 1.6 a week. It is of the fifth day.
      expect(readTable(page, "stages")).toEqual([
        HEAD,
        ["Build", "0", "—", "1.6 / 1.5", "2.0 d (thin data)", "2.0 d (thin data)", "12", "1.0"],
        ["Review", "1", "5 d", "1.5 / 1.5", "4.0 d (thin data)", "4.0 d (thin data)", "12", "1.0"],
        ["Test", "0", "—", "0.4 / 0.4", "n 3: under 10", "n 3: under 10", "3", "1.0"],
      ]);
      expect(page.get("Test p85").props.color).toBe("color.text.subtlest");
      expect(page.get("Review p85").props.color).toBe("color.text");
      expect(page.text("table-note")).toContain("All else is of 13 Jul – 6 Sep 2026");
      expect(page.get("stages").props.label).toBe("Figures of each stage");
    });

    test("draws what the tables say, from the same numbers, and says what has no bar", async () => {
      const door = await aProject();
      await twelve(door);
      const page = await opened(door);
      expect(barsOf(page, "chart-wip")).toEqual([
        ["Build", 0],
        ["Review", 1],
        ["Test", 0],
      ]);
      expect(page.text("chart-wip-says")).toBe("Most are in Review: 1 item.");
      expect(barsOf(page, "chart-time")).toEqual([
        ["Build", 2],
        ["Review", 4],
      ]);
      expect(page.text("chart-time-says")).toBe(
        "Longest: Review (n 12), where 85 % of the items spent up to 4 d. Without a bar: Test (too few items).",
      );
      // Begun on 20 July and every other day; done six days later, the first three after seven.
      const weeks = [
        ["13 Jul", 0, 0],
        ["20 Jul", 4, 0],
        ["27 Jul", 3, 4],
        ["3 Aug", 4, 4],
        ["10 Aug", 1, 3],
        ["17 Aug", 0, 1],
        ["24 Aug", 0, 0],
        ["31 Aug", 1, 0],
      ];
      expect(readTable(page, "weeks")).toEqual([
        ["Week from", "began", "finished"],
        ...weeks.map((line) => line.map(String)),
      ]);
      expect(barsOf(page, "chart-weeks")).toEqual(weeks.map(([week, , finished]) => [week, finished]));
      expect(page.text("chart-weeks-says")).toBe("12 items finished in 8 weeks, 0 to 4 a week.");
    });

    test("says of two stages that are alike that both are", async () => {
      const door = await aProject();
      await record(
        door,
        44,
        () => [
          [0, "Build"],
          [2, "Review"],
          [4, "Done"],
        ],
        1,
      );
      const page = await opened(door);
      expect(page.text("verdict")).toBe("No clear constraint.");
      expect(page.text("sureness")).toBe("44 items finished in the window");
      expect(page.text()).toContain("Largest shares of open time: Build 50 %, Review 50 %.");
      expect(page.text("chart-time-says")).toBe(
        "Longest: Build (n 44) and Review (n 44), where 85 % of the items spent up to 2 d.",
      );
      expect(page.text("stages")).not.toMatch(/▲|constraint/u);
      expect(page.find("try-first")).toBeUndefined();
      expect(page.text("trust")).toBe(
        "Moves between stages show where time and queues gather. They do not say that people should be added there.",
      );
    });

    test("tells thin data as such, and draws nothing where nothing finished", async () => {
      const page = await opened(await aProject());
      expect(page.text("verdict")).toBe("Too few items finished to tell.");
      expect(page.text("sureness")).toBe("0 items finished in the window · thin data");
      expect(page.text()).toContain("items finished in the window, 0 against a gate of 10.");
      expect(page.text("chart-time")).toBe(
        "Days that 85 % of items stay within, by stage | Too few items finished to say how long they stay in a stage.",
      );
      expect(page.text("chart-weeks-says")).toBe("No item finished in these weeks.");
      expect(page.all(({ type }) => type === "BarChart").map(({ props }) => props.title)).toEqual([
        "Items in each stage now",
      ]);
    });

    test("marks the stage that is named by a sign and a word, not by colour alone", async () => {
      const door = await aProject();
      await recordPayments(door, engine().database);
      const page = await opened(door);
      expect(readTable(page, "stages").map(([name]) => name)).toEqual([
        "Stage",
        "Build",
        "Review ▲ | constraint",
        "Test",
      ]);
      expect(barsOf(page, "chart-time").map(([name]) => name)).toEqual(["Build", "Review ▲", "Test"]);
      const candidate = await withReport(door, ({ verdict }) => ({
        verdict: { ...json.parse(verdict), outcome: "candidate", resamples: { same: 120, of: 200, seed: 1 } },
      }));
      expect(candidate.text("sureness")).toMatch(
        /^A candidate, not settled: named in 120 of 200 resampled windows · /u,
      );
      expect(readTable(candidate, "stages")[2]?.[0]).toBe("Review ▲ | candidate");
    });

    test("shows hours where enough people logged, and says in grey of the same size where not", async () => {
      const door = await aProject();
      const before = await opened(door);
      expect(before.text("hours-note")).toBe(
        "Hours are published for whole periods, where enough people logged. The first by stage come on 1 Oct 2026.",
      );
      expect(before.find("chart-hours")).toBeUndefined();
      const [item = ""] = await recordPayments(door, engine().database);
      await logAndRelease(door, engine().database, item, [
        { people: 7, stage: "Build", minutes: 480, date: "2026-08-05" },
        { people: 7, stage: "Build", minutes: 450, date: "2026-08-12" },
        { people: 7, stage: "Review", minutes: 210, date: "2026-08-19" },
        { people: 2, stage: "Test", minutes: 60, date: "2026-08-19" },
      ]);
      const page = await opened(door);
      const [head, ...lines] = readTable(page, "stages").map((cells) => [cells[0], ...cells.slice(HEAD.length)]);
      expect(head).toEqual(["Stage", "hours", "touch"]);
      // 7 × (480 + 450) = 6,510 min. Two people in Test are too few, and with them Review would tell theirs: 7 × 210 + 2 × 60 = 1,590 min.
      expect(lines.map(([name, hours]) => [name, hours])).toEqual([
        ["Build", "108.5 h"],
        ["Review ▲ | constraint", "not enough people to show"],
        ["Test", "not enough people to show"],
        ["Other stages", "26.5 h"],
      ]);
      const [shown, withheld] = [page.get("Build hours"), page.get("Test hours")];
      expect(withheld.props).toMatchObject({ color: "color.text.subtlest", align: "end" });
      expect(withheld.props.size).toBe(shown.props.size);
      expect(barsOf(page, "chart-hours")).toEqual([
        ["Build", 108.5],
        ["Other stages", 26.5],
      ]);
      expect(page.text("chart-hours-says")).toBe(
        "3 Aug – 30 Aug 2026: most hours were logged in Build, 108.5 h. Without a bar: Review, Test (not enough people to show).",
      );
      expect(page.text("hours-note")).toMatch(/^Hours: 3 Aug – 30 Aug 2026, .* Next by stage on 1 Oct 2026\.$/u);
    });

    test("says where hours cannot be right, where a release is under way, and that nothing can be shown at all", async () => {
      const door = await aProject();
      await twelve(door);
      const days = { firstDay: "2026-08-03", lastDay: "2026-08-30" };
      const released = { period: "2026-08", days, nextOn: "2026-10-01", isDelayed: true, otherStages: null };
      const build = { name: "Build", minutes: 630, touchShare: 1.05 };
      const old = { name: "Old stage", minutes: 60, touchShare: null };
      const faulty = await withReport(door, () => ({ hours: { ...released, stages: [build, old] } }));
      expect(faulty.text("Build touch")).toBe("fault");
      expect(faulty.text("Old stage hours")).toBe("1\u00a0h");
      expect(faulty.text("Old stage touch")).toBe("—");
      expect(faulty.text("hours-note")).toContain("A release is under way and delayed. Touch says fault where");
      const none = await withReport(door, () => ({ hours: { ...released, isDelayed: false, stages: [] } }));
      expect(none.text("chart-hours")).toBe(
        "Hours logged in each stage | 3 Aug – 30 Aug 2026: not enough people logged in any stage to show its hours.",
      );
      expect(none.text("hours-note")).not.toMatch(/fault|delayed/u);
    });

    test("carries no person, no item and no name of Jira's, and asks for nothing but the report", async () => {
      const door = await aProject();
      const [item = ""] = await recordPayments(door, engine().database);
      await logAndRelease(door, engine().database, item, [
        { people: 7, stage: "Build", minutes: 480, date: "2026-08-05" },
      ]);
      const page = await opened(door, { accountId: "ada-lovelace" });
      expect(page.said()).not.toMatch(/person-|ada|lovelace|PAY-\d|jira:\d|20000/u);
      expect(page.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
        "GET /forge/v1/source-projects/jira%3A10001/report",
      ]);
      expect(page.text()).toContain("Were there any roadblocks?");
    });

    test("tells a stage map that nothing flows through as such", async () => {
      const door = await aProject();
      const page = await withReport(door, ({ stages }) => ({ stages: z.array(json).parse(stages).slice(0, 1) }));
      expect(page.find("stages")).toBeUndefined();
      expect(page.text("no-stages")).toBe("Nothing was between the commitment and done in these weeks.");
      expect(page.text("chart-wip-says")).toBe("No item is between the commitment and done now.");
    });

    test("shows items that are in no stage, wherever that lies", async () => {
      const door = await aProject();
      const page = await withReport(door, ({ stages }) => {
        const [first = {}, ...others] = z.array(json).parse(stages);
        return { stages: [{ ...first, name: "Unmapped", kind: "unmapped", isInFlow: false }, ...others] };
      });
      expect(readTable(page, "stages").map(([name]) => name)).toEqual(["Stage", "Unmapped", "Build", "Review"]);
    });

    test("says when it is of, in the ledger's zone, and in UTC where the machine does not know that", async () => {
      const door = await aProject();
      expect((await opened(door, { timezone: "Asia/Tokyo" })).text("as-of")).toBe(
        "As of 8 Sep 2026, 11:00 (Europe/Berlin).",
      );
      const elsewhere = await withReport(door, () => ({ zone: "Mars/Olympus" }));
      expect(elsewhere.text("as-of")).toBe("As of 8 Sep 2026, 09:00 (UTC).");
    });

    test("says on demand what a log cannot know, and why time is tracked, one of them at a time", async () => {
      const page = await opened(await aProject());
      expect(page.text()).not.toContain("Whether the same people carry several stages.");
      await page.click("limits-link");
      expect(page.text()).toContain("Whether the same people carry several stages.");
      expect(page.nameOf("limits-link")).toBe("Close “What the log cannot know”");
      await page.click("purpose-link");
      expect(page.text()).not.toContain("Whether the same people carry several stages.");
      expect(page.text("purpose")).toMatch(/^Why we track \| \S/u);
      await page.click("purpose-link");
      expect(page.find("purpose")).toBeUndefined();
      await page.click("limits-link");
      await page.click("limits-link");
      expect(page.text()).not.toContain("Whether the same people carry several stages.");
    });

    test("looks again when it is asked to, shows what there is until then, and draws nothing by itself", async () => {
      const door = await aProject();
      const way = new BreakableWay();
      const page = await opened(door, { way: way.over });
      expect(readTable(page, "stages")).toHaveLength(3);
      await twelve(door);
      vi.useFakeTimers({ toFake: ["setTimeout", "setInterval"] });
      const before = page.commits;
      vi.advanceTimersByTime(600_000);
      await page.drawn();
      expect(page.commits).toBe(before);
      vi.useRealTimers();
      const go = way.hold();
      await page.clickOnly("look");
      await page.clickOnly("look");
      expect(page.get("look").props.isLoading).toBe(true);
      expect(page.text("sureness")).toContain("0 items finished");
      go();
      await page.settle();
      expect(page.text("sureness")).toContain("12 items finished");
      expect(page.calls).toHaveLength(2);
    });
  });
});
