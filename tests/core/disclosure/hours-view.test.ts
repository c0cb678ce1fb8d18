import { type Atom, type AtomIdentity, hoursView, type PartLabel } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { day } from "../../support/moments.ts";

type ReleasedAtom = Parameters<typeof hoursView>[0][number];

const OTHERS: PartLabel = { kind: "others" };
const own = (name: string): PartLabel => ({ kind: "own", name });

function anAtom(identity: AtomIdentity, roundedMinutes: number, elapsedMinutes?: number): ReleasedAtom {
  const atom: Atom = { identity, roundedMinutes, contributors: "5–9" };
  return { ...atom, elapsedMinutes };
}

const stage = (part: PartLabel, minutes: number, elapsed?: number, period = "2026-09", project = "PAY"): ReleasedAtom =>
  anAtom({ cut: "B", project, part, period }, minutes, elapsed);

const activity = (part: PartLabel, minutes: number): ReleasedAtom =>
  anAtom({ cut: "C", project: "PAY", part, period: "2026-09" }, minutes);

const week = (monday: string, minutes: number, project = "PAY"): ReleasedAtom =>
  anAtom({ cut: "A", project, week: day(monday) }, minutes);

describe("the hours of a report", () => {
  test("are those of the latest released period: weeks, stages with their touch share, activities", () => {
    const atoms = [
      week("2026-08-24", 9000),
      week("2026-08-31", 1200),
      week("2026-09-14", 1530),
      stage(own("Review"), 540, 5400),
      stage(own("Build"), 1200, 2400),
      stage(OTHERS, 990, 9900),
      activity(own("review"), 600),
      activity(own("build"), 1500),
      activity(OTHERS, 630),
      stage(own("Build"), 30, 60, "2026-08"),
    ];
    expect(hoursView(atoms, ["2026-08", "2026-09"], ["PAY"])).toEqual({
      period: "2026-09",
      quarter: null,
      otherProjectsMinutes: null,
      projects: [
        {
          project: "PAY",
          // September has the weeks of 31 Aug, 7, 14 and 21 Sep; the one of 24 Aug is August's.
          weeks: [
            { week: "2026-08-31", minutes: 1200 },
            { week: "2026-09-07", minutes: null },
            { week: "2026-09-14", minutes: 1530 },
            { week: "2026-09-21", minutes: null },
          ],
          // 1,200 of 2,400; 540 of 5,400; 990 of 9,900. By name.
          stages: [
            { name: "Build", minutes: 1200, touchShare: 0.5 },
            { name: "Review", minutes: 540, touchShare: 0.1 },
          ],
          otherStages: { name: "Other stages", minutes: 990, touchShare: 0.1 },
          activities: [
            { name: "build", minutes: 1500, touchShare: null },
            { name: "review", minutes: 600, touchShare: null },
          ],
          otherActivities: { name: "Other activities", minutes: 630, touchShare: null },
          lateMinutes: null,
        },
      ],
    });
  });

  test("over the items' time stay as they are, and without such time have no share", () => {
    const [project] = hoursView(
      [stage(own("Build"), 600, 400), stage(own("Test"), 600, 0), stage(own("Wait"), 600)],
      ["2026-09"],
      ["PAY"],
    ).projects;
    expect(project?.stages.map(({ name, touchShare }) => [name, touchShare])).toEqual([
      ["Build", 1.5],
      ["Test", null],
      ["Wait", null],
    ]);
  });

  test("are empty for a project of which nothing may be shown, as for one without hours", () => {
    const { projects } = hoursView([stage(own("Build"), 600, 400)], ["2026-09"], ["PAY", "OPS", "NONE"]);
    const nothing = { stages: [], otherStages: null, activities: [], otherActivities: null, lateMinutes: null };
    const weeks = ["2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21"].map((monday) => ({
      week: monday,
      minutes: null,
    }));
    expect(projects.filter(({ project }) => project !== "PAY")).toEqual([
      { project: "NONE", weeks, ...nothing },
      { project: "OPS", weeks, ...nothing },
    ]);
  });

  test("belong to one project each, in natural order of the names, whatever order the atoms come in", () => {
    const atoms = [
      stage(own("Build"), 30, undefined, "2026-09", "P-10"),
      week("2026-09-07", 60, "P-10"),
      stage(own("Build"), 90, undefined, "2026-09", "P-9"),
    ];
    const view = hoursView(atoms, ["2026-09"], ["P-10", "P-9"]);
    expect(view.projects.map(({ project, stages }) => [project, stages[0]?.minutes])).toEqual([
      ["P-9", 90],
      ["P-10", 30],
    ]);
    expect(view.projects.map(({ weeks }) => weeks[1]?.minutes)).toEqual([null, 60]);
    expect(hoursView(atoms.toReversed(), ["2026-09"], ["P-9", "P-10"])).toEqual(view);
  });

  test("of other projects are one sum of the period, of late corrections one of the latest released quarter", () => {
    const late = (quarter: string, minutes: number, project = "PAY"): ReleasedAtom =>
      anAtom({ cut: "L", project, quarter }, minutes);
    const other = (period: string, minutes: number): ReleasedAtom => anAtom({ cut: "E", period }, minutes);
    const atoms = [other("2026-08", 30), other("2026-09", 210), late("2026-Q2", 60), late("2026-Q3", 90)];
    const spans = ["2026-Q3", "2026-09", "2026-Q2", "2026-08"];
    expect(hoursView(atoms, spans, ["PAY"])).toMatchObject({
      period: "2026-09",
      quarter: "2026-Q3",
      otherProjectsMinutes: 210,
      projects: [{ lateMinutes: 90 }],
    });
    expect(hoursView([...atoms, late("2026-Q3", 30, "OPS")], spans, ["OPS"]).projects).toMatchObject([
      { lateMinutes: 30 },
    ]);
    // Whether anything of the latest one may be shown changes nothing about which one it is.
    expect(hoursView(atoms, ["2026-10", ...spans, "2026-Q4"], ["PAY"])).toMatchObject({
      period: "2026-10",
      quarter: "2026-Q4",
      otherProjectsMinutes: null,
      projects: [{ lateMinutes: null }],
    });
  });

  test("are shown by week as soon as a week is released, stages and activities by the latest whole period", () => {
    const atoms = [
      week("2026-09-21", 600),
      week("2026-09-28", 900),
      week("2026-10-12", 750),
      // Not released: nothing of it is shown, whatever is handed in.
      week("2026-10-19", 30),
      stage(own("Build"), 1200, 2400),
    ];
    const weeks = ["2026-08-24", "2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05"];
    const spans = ["2026-10-12", ...weeks, "2026-08", "2026-09"];
    const { period, projects } = hoursView(atoms, spans, ["OPS", "PAY"]);
    expect(period).toBe("2026-09");
    const minutesByWeek = projects.map((one) => one.weeks.map((each) => [each.week, each.minutes]));
    const shown = ["2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12"];
    expect(minutesByWeek).toEqual([
      shown.map((monday) => [monday, null]),
      shown.map((monday, i) => [monday, [null, null, null, 600, 900, null, 750][i]]),
    ]);
    expect(projects[1]?.stages).toEqual([{ name: "Build", minutes: 1200, touchShare: 0.5 }]);
  });

  test("before the first period are those of the weeks that are out", () => {
    const spans = ["2026-09-07", "2026-08-31"];
    expect(hoursView([week("2026-09-07", 600)], spans, ["PAY"])).toEqual({
      period: null,
      quarter: null,
      otherProjectsMinutes: null,
      projects: [
        {
          project: "PAY",
          weeks: [
            { week: "2026-08-31", minutes: null },
            { week: "2026-09-07", minutes: 600 },
          ],
          stages: [],
          otherStages: null,
          activities: [],
          otherActivities: null,
          lateMinutes: null,
        },
      ],
    });
    expect(hoursView([week("2026-09-07", 600)], [], ["PAY"]).projects[0]?.weeks).toEqual([]);
  });
});
