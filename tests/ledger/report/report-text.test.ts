import { type AtomIdentity, hoursView, type PartLabel } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { verdictCard } from "../../../apps/ledger/src/analyse/output/verdict-card.ts";
import type { LedgerReport } from "../../../apps/ledger/src/report/build-report.ts";
import { reportText } from "../../../apps/ledger/src/report/report-text.ts";
import { aFlowReport, aProjectFlow } from "../../support/a-flow-report.ts";
import { day } from "../../support/moments.ts";

type ReleasedAtom = Parameters<typeof hoursView>[0][number];

function aReport(
  atoms: readonly ReleasedAtom[],
  hours: Partial<LedgerReport["hours"]> = {},
  spans: readonly string[] = ["2026-09", "2026-Q3"],
): LedgerReport {
  const flow = aFlowReport();
  const view = hoursView(atoms, spans, ["PAY"]);
  const days = { nextOn: "2026-10-29", stagesNextOn: "2026-11-05" };
  return { schema: 1, flow, hours: { ...view, ...days, isDelayed: false, ...hours } };
}

const anAtom = (identity: AtomIdentity, roundedMinutes: number, elapsedMinutes?: number): ReleasedAtom => ({
  identity,
  roundedMinutes,
  contributors: "5–9",
  elapsedMinutes,
});

const stage = (name: string | undefined, minutes: number, elapsed?: number): ReleasedAtom => {
  const part: PartLabel = name === undefined ? { kind: "others" } : { kind: "own", name };
  return anAtom({ cut: "B", project: "PAY", part, period: "2026-09" }, minutes, elapsed);
};

const plain = (text: string): string => text;
const textOf = (report: LedgerReport): string => reportText(report, undefined, plain);
/** The words of each line of the stage table, by the first. */
const row = (text: string, name: string): readonly string[] =>
  text
    .split("\n")
    .find((line) => line.startsWith(`  ${name} `))
    ?.trim()
    .split(/ {2,}/u) ?? [];
/** Wrapped lines as one. */
const unwrapped = (text: string): string => text.replace(/\s+/gu, " ");

describe("hours beside the flow", () => {
  // 12,720 min = 212 h, of 38,160: a third. 3,690 min = 61.5 h, of 61,500: 6 %.
  const report = aReport([
    stage("Build", 12_720, 38_160),
    stage("Review", 3690, 61_500),
    stage(undefined, 74_070, 148_140),
    anAtom({ cut: "A", project: "PAY", week: day("2026-09-07") }, 9000),
    anAtom({ cut: "C", project: "PAY", part: { kind: "own", name: "build" }, period: "2026-09" }, 12_030),
    anAtom({ cut: "C", project: "PAY", part: { kind: "others" }, period: "2026-09" }, 7200),
    anAtom({ cut: "E", period: "2026-09" }, 750),
  ]);

  test("stand in two more columns; what is kept back has one sign, which is explained once", () => {
    const text = textOf(report);
    expect(row(text, "stage").slice(-2)).toEqual(["hours", "touch"]);
    expect(row(text, "Build").slice(-2)).toEqual(["212 h", "33 %"]);
    expect(row(text, "Review ▲").slice(-2)).toEqual(["61.5 h", "6 %"]);
    expect(row(text, "Test").slice(-2)).toEqual(["··", "··"]);
    expect(row(text, "Other stages")).toEqual(["Other stages", "1,234.5 h", "50 %"]);
    expect(unwrapped(text)).toContain("Hours: 31 Aug – 27 Sep 2026, rounded to half hours; ·· = Not enough people");
    expect(unwrapped(text).match(/Not enough people to show/gu)).toHaveLength(1);
  });

  test("are said by week and by activity, and of other projects in one sum", () => {
    const text = unwrapped(textOf(report));
    expect(text).toContain("By week: 31 Aug ··, 7 Sep 150 h, 14 Sep ··, 21 Sep ··");
    expect(text).toContain("By activity: build 200.5 h, Other activities 120 h");
    expect(text).toContain("Other projects together, in 31 Aug – 27 Sep 2026: 12.5 h.");
    expect(text).toContain("Next on 29 Oct 2026, by stage on 5 Nov 2026.");
    expect(text).not.toContain("Late corrections");
    expect(text).not.toContain("fault");
  });

  test("fit into 80 columns, and so do those of a stage with a long name", () => {
    const long = aReport([stage("Waiting for somebody else's approval", 1_234_590, 9_999_999)]);
    for (const text of [textOf(report), textOf(long)]) {
      expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  });

  test("of a stage that the flow has no row for get a row of their own", () => {
    const text = textOf(aReport([stage("Backlog", 600, 6000), stage("Old stage", 660)]));
    expect(row(text, "Backlog")).toEqual(["Backlog", "10 h", "10 %"]);
    expect(row(text, "Old stage")).toEqual(["Old stage", "11 h", "—"]);
  });

  test("over the time that items spent there are called a fault, and why", () => {
    const text = textOf(aReport([stage("Build", 630, 600), stage("Test", 600, 600)]));
    expect(row(text, "Build").slice(-2)).toEqual(["10.5 h", "fault"]);
    expect(row(text, "Test").slice(-2)).toEqual(["10 h", "100 %"]);
    expect(unwrapped(text)).toContain("Touch says fault where more hours were logged than items spent there");
  });

  test("that came late are said with their quarter", () => {
    const late = anAtom({ cut: "L", project: "PAY", quarter: "2026-Q3" }, 210);
    expect(textOf(aReport([late]))).toContain("Late corrections in 2026-Q3: 3.5 h\n");
  });
});

describe("weeks that are released", () => {
  const week = (monday: string, minutes: number): ReleasedAtom =>
    anAtom({ cut: "A", project: "PAY", week: day(monday) }, minutes);

  test("since the latest period stand behind its weeks", () => {
    const atoms = [stage("Build", 600), week("2026-09-21", 900), week("2026-09-28", 1230)];
    const text = unwrapped(textOf(aReport(atoms, {}, ["2026-09", "2026-09-21", "2026-09-28", "2026-10-05"])));
    expect(text).toContain("By week: 31 Aug ··, 7 Sep ··, 14 Sep ··, 21 Sep 15 h, 28 Sep 20.5 h, 5 Oct ·· By activity");
    expect(text).toContain("Hours: 31 Aug – 27 Sep 2026,");
  });

  test("before the first period are shown by themselves, without a column of hours", () => {
    const report = aReport([week("2026-09-07", 750)], {}, ["2026-08-31", "2026-09-07"]);
    const [flow = aProjectFlow()] = report.flow.projects;
    expect(textOf(report)).toBe(`${verdictCard(flow, report.flow, plain)}
  Hours: rounded to half hours; ·· = Not enough people to show. Next on 29 Oct
  2026, by stage on 5 Nov 2026.
  By week: 31 Aug ··, 7 Sep 12.5 h
`);
  });
});

describe("without hours", () => {
  test("the table is that of an analysis, and the day of the first ones is named", () => {
    const textWith = (nextOn: string): string => textOf(aReport([], { nextOn, stagesNextOn: "2027-01-07" }, []));
    const { flow } = aReport([], {}, []);
    const card = verdictCard(flow.projects[0] ?? aProjectFlow(), flow, plain);
    expect(textWith("2026-12-31")).toBe(`${card}\n  First hours on 31 Dec 2026, by stage on 7 Jan 2027.\n`);
    // The last week of the period.
    expect(textWith("2027-01-07")).toBe(`${card}\n  First hours on 7 Jan 2027.\n`);
  });

  test("a release that is under way is said to be delayed", () => {
    const delayed = "A release is under way and delayed.";
    expect(unwrapped(textOf(aReport([], { isDelayed: true }, [])))).toContain(delayed);
    expect(unwrapped(textOf(aReport([], { isDelayed: true })))).toContain(delayed);
    expect(unwrapped(textOf(aReport([])))).not.toContain(delayed);
  });
});
