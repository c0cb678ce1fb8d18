import { DEFAULT_PARKED_GATES, OFFICE_HOURS, reportWindow, StageSampler, WorkCalendar } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { measureStages } from "../../../packages/core/src/flow/bottleneck/decide.ts";
import type { StageSamples } from "../../../packages/core/src/flow/bottleneck/stage-samples.ts";
import { measured, type ReportSketch } from "../../support/a-report.ts";
import { aStage, aStageMap, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent } from "../../support/an-item.ts";
import { aZone, utc } from "../../support/moments.ts";

type Facts = ReturnType<typeof anItemStarted>;

/** Samples over whole weeks of office hours that end before Monday 2026-11-02. */
function samplesOf(items: readonly Facts[], sketch: ReportSketch = {}): StageSamples {
  const { map = aStageMap(), zone, asOf = "2026-11-02", weeks = 1 } = sketch;
  const reportZone = aZone(zone);
  const sampler = new StageSampler(
    map,
    reportWindow(reportZone, utc(asOf), weeks),
    new WorkCalendar(reportZone, OFFICE_HOURS),
    DEFAULT_PARKED_GATES,
  );
  for (const facts of items) sampler.add(facts.key, facts.project, measured(facts, { ...sketch, map }).flow);
  return sampler.finish();
}

function itemsAtHours(samples: StageSamples, stage: number): number[] {
  return [...(samples.itemsByHour[stage] ?? [])];
}

describe("samples (B1)", () => {
  // The week is Monday 10-26 to Sunday 11-01: 5 days with samples at 09, 10 … 16 o'clock.
  test("count who stands in each stage at every working hour: from the entry on, up to before the exit", () => {
    const samples = samplesOf([
      anItemStarted(["2026-10-26T11:00", "Build"], ["2026-10-26T14:00", "Review"], ["2026-10-26T14:30", "Done"]),
    ]);
    //                                              09 10 11 12 13 14 15 16
    expect(itemsAtHours(samples, 0).slice(0, 8)).toEqual([0, 0, 1, 1, 1, 0, 0, 0]);
    expect(itemsAtHours(samples, 1).slice(0, 8)).toEqual([0, 0, 0, 0, 0, 1, 0, 0]);
    expect(itemsAtHours(samples, 0)).toHaveLength(40);
  });

  test("leave out nights and weekends", () => {
    const samples = samplesOf([anItemStarted(["2026-10-30T17:00", "Build"], ["2026-11-02T00:00", "Done"])]);
    expect(itemsAtHours(samples, 0).reduce((sum, n) => sum + n, 0)).toBe(0);
  });

  test("are taken in the report zone: 09:00 in Berlin after the clock change is 08:00Z", () => {
    const item = anItemStarted(["2026-10-26T08:00", "Build"], ["2026-10-26T09:00", "Done"]);
    const samples = samplesOf([item], { zone: "Europe/Berlin", asOf: "2026-11-02T12:00" });
    expect(itemsAtHours(samples, 0).slice(0, 3)).toEqual([1, 0, 0]);
  });

  test("give mean, variance, share and how much of the time a stage was full", () => {
    // Monday: one item in Build all day, a second one for four hours; one in Review from Tuesday to Friday.
    const samples = samplesOf([
      anItemStarted(["2026-10-26T00:00", "Build"], ["2026-10-27T00:00", "Done"]),
      anItemStarted(["2026-10-26T09:00", "Build"], ["2026-10-26T13:00", "Done"]),
      anItemStarted(["2026-10-27T00:00", "Review"], ["2026-10-31T00:00", "Done"]),
    ]);
    const [build, review] = measureStages(samples, [0]);
    // Build: 12 item-hours in 40 h, squares 4 × 4 + 4 × 1 = 20: mean 0.3, variance 0.5 − 0.09.
    expect(build?.meanItems).toBeCloseTo(0.3, 12);
    expect(build?.variance).toBeCloseTo(0.41, 12);
    expect(build?.share).toBeCloseTo(12 / 44, 12);
    expect(build?.full).toBe(8 / 40);
    // Review: 32 item-hours.
    expect([review?.meanItems, review?.share, review?.full]).toEqual([0.8, 32 / 44, 0.8]);
    // Nobody was ever in Test: it is not on this board.
    expect(samples.board.stages.map(({ name }) => name)).toEqual(["Build", "Review"]);
  });

  test("keep a stage's waiting apart: how often a queue stood", () => {
    const stages = [...FIVE_STAGES.slice(0, 2), aStage("Ready for review", "waiting"), ...FIVE_STAGES.slice(2)];
    const samples = samplesOf(
      [
        // Waits Monday 09–13, is reviewed to the end of Tuesday.
        anItemStarted(
          ["2026-10-26T09:00", "Ready for review"],
          ["2026-10-26T13:00", "Review"],
          ["2026-10-28T00:00", "Done"],
        ),
        // Waits Monday 11–17.
        anItemStarted(["2026-10-26T11:00", "Ready for review"], ["2026-10-26T17:00", "Done"]),
      ],
      { map: aStageMap({ stages }) },
    );
    // Nobody was ever in Build: Review is the first stage of this board.
    const [review] = measureStages(samples, [0]);
    // 16 + 6 item-hours; waiting 4 + 6; a queue stood 09–17.
    expect(review?.meanItems).toBe(22 / 40);
    expect(review?.queue).toBe(8 / 40);
    expect(review?.waitingShare).toBe(10 / 22);
  });

  test("leave out Unmapped, backlog, done and withdrawn stays", () => {
    const map = aStageMap({ stages: [...FIVE_STAGES, aStage("Dropped", "withdrawn")] });
    const samples = samplesOf(
      [
        anItemStarted(["2026-10-26T00:00", "Elsewhere"]),
        anItemStarted(["2026-10-26T00:00", "Dropped"]),
        anItemStarted(["2026-10-26T00:00", "Done"]),
        anItemThatWent([["2026-10-26T00:00", "Backlog"]]),
      ],
      { map },
    );
    expect([0, 1, 2].flatMap((stage) => itemsAtHours(samples, stage))).not.toContain(1);
  });

  test("count the finishes in the window by week and day, and the working days", () => {
    const finishedAt = (finish: string): Facts => anItemStarted(["2026-10-01T09:00", "Build"], [finish, "Done"]);
    const samples = samplesOf(
      [
        "2026-10-18T23:59",
        "2026-10-19T00:00",
        "2026-10-28T12:00",
        "2026-10-28T13:00",
        "2026-11-01T23:59",
        "2026-11-02T00:00",
      ].map(finishedAt),
      { weeks: 2, asOf: "2026-11-02T00:00" },
    );
    expect(samples.finishesByWeek).toEqual([
      [1, 0, 0, 0, 0, 0, 0],
      [0, 0, 2, 0, 0, 0, 1],
    ]);
    expect([samples.finishes, samples.workingDays]).toEqual([4, 10]);
  });

  test("are summed week by week", () => {
    const samples = samplesOf([anItemStarted(["2026-10-21T00:00", "Build"], ["2026-10-27T00:00", "Done"])], {
      weeks: 2,
    });
    // Wednesday to Friday of the first week, Monday of the second.
    expect(samples.sums[0]?.map(({ hours, items, fullHours }) => [hours, items, fullHours])).toEqual([
      [40, 24, 24],
      [40, 8, 8],
    ]);
    const [onlySecond] = measureStages(samples, [1, 1]);
    expect(onlySecond?.meanItems).toBe(8 / 40);
  });
});

describe("parked visits (B1)", () => {
  const parkedSince = (entry: string): Facts => ({ ...anItemStarted([entry, "Build"]), id: "1", key: "PAY-1" });
  /** Entered Build on 10-23 at 10:00 and later, and left it the same day. */
  const overtaking = (count: number): Facts[] =>
    Array.from({ length: count }, (_, i) => ({
      ...anItemStarted([`2026-10-23T10:0${i}`, "Build"], ["2026-10-23T12:00", "Done"]),
      id: String(100 + i),
      key: `PAY-${100 + i}`,
    }));

  test("open, older than 10 days and overtaken by 5: listed, and counted in no hour", () => {
    const samples = samplesOf([parkedSince("2026-10-22T09:00"), ...overtaking(5)]);
    expect([samples.parked.count, samples.parked.keys]).toEqual([1, ["PAY-1"]]);
    expect(itemsAtHours(samples, 0).every((n) => n === 0)).toBe(true);
  });

  test.each([
    ["overtaken by 4", [parkedSince("2026-10-22T09:00"), ...overtaking(4)]],
    // The window ends on 11-02 at 00:00.
    ["exactly 10 days old", [parkedSince("2026-10-23T00:00"), ...overtaking(5)]],
    [
      "entered with the fifth, not before it",
      [
        parkedSince("2026-10-22T09:00"),
        ...overtaking(4),
        {
          ...(overtaking(1)[0] ?? parkedSince("2026-10-22T09:00")),
          ...anItemStarted(["2026-10-22T09:00", "Build"], ["2026-10-23T12:00", "Done"]),
          key: "PAY-200",
        },
      ],
    ],
    [
      "left before the window ended",
      [
        { ...anItemStarted(["2026-10-12T09:00", "Build"], ["2026-11-01T23:00", "Done"]), key: "PAY-1" },
        ...overtaking(5),
      ],
    ],
    [
      "overtaken five times by the same item",
      [
        parkedSince("2026-10-12T09:00"),
        anItemStarted(
          ["2026-10-13T09:00", "Build"],
          ["2026-10-14T09:00", "Review"],
          ["2026-10-15T09:00", "Build"],
          ["2026-10-16T09:00", "Review"],
          ["2026-10-17T09:00", "Build"],
          ["2026-10-18T09:00", "Review"],
          ["2026-10-19T09:00", "Build"],
          ["2026-10-20T09:00", "Review"],
          ["2026-10-21T09:00", "Build"],
          ["2026-10-22T09:00", "Done"],
        ),
      ],
    ],
  ])("not when %s: counted in every hour", (_name, items) => {
    const samples = samplesOf(items);
    expect(samples.parked.count).toBe(0);
    expect(itemsAtHours(samples, 0).every((n) => n === 1)).toBe(true);
  });

  test("another project's items overtake nobody, in the total neither", () => {
    const elsewhere = overtaking(5).map((facts) => ({ ...facts, project: "WEB" }));
    expect(samplesOf([parkedSince("2026-10-12T09:00"), ...elsewhere]).parked.count).toBe(0);
  });

  test("overtaken in another stage does not count", () => {
    const elsewhere = overtaking(5).map((facts) => ({
      ...anItemStarted(["2026-10-23T10:00", "Review"], ["2026-10-23T12:00", "Done"]),
      key: facts.key,
    }));
    expect(samplesOf([parkedSince("2026-10-12T09:00"), ...elsewhere]).parked.count).toBe(0);
  });

  test("overtaken before the window began counts as well, whatever else left before", () => {
    // Five came before PAY-1 and five after it; all ten were gone on 10-20, a week before the window.
    const gone = (date: string, first: number): Facts[] =>
      Array.from({ length: 5 }, (_, i) => ({
        ...anItemStarted([`2026-10-${date}T10:0${i}`, "Build"], ["2026-10-20T12:00", "Done"]),
        key: `PAY-${first + i}`,
      }));
    const parked = parkedSince("2026-10-12T09:00");
    expect(samplesOf([...gone("11", 100), ...gone("13", 200), parked]).parked.keys).toEqual(["PAY-1"]);
    expect(samplesOf([...gone("11", 100), ...gone("11", 200), parked]).parked.count).toBe(0);
  });

  test("a queue that moves in order is not parked, however old it is", () => {
    // Twelve came one a day from 10-01 on; the first five left in that order, later ones are all still there.
    const queue = Array.from({ length: 12 }, (_, i) => {
      const entry = `2026-10-${String(i + 1).padStart(2, "0")}T09:00`;
      const facts =
        i < 5 ? anItemStarted([entry, "Build"], [`2026-10-2${i}T09:00`, "Done"]) : anItemStarted([entry, "Build"]);
      return { ...facts, key: `PAY-${i + 1}` };
    });
    const samples = samplesOf(queue);
    expect(samples.parked.count).toBe(0);
    expect(itemsAtHours(samples, 0)[0]).toBe(7);
  });

  test("a stay is one visit over a stage and the waiting that feeds it", () => {
    const stages = [...FIVE_STAGES.slice(0, 2), aStage("Ready for review", "waiting"), ...FIVE_STAGES.slice(2)];
    const map = aStageMap({ stages });
    // In Review for 3 days only, but waiting before it since 10-12.
    const old = {
      ...anItemStarted(["2026-10-12T09:00", "Ready for review"], ["2026-10-30T09:00", "Review"]),
      key: "PAY-1",
    };
    const others = overtaking(5).map(({ key }) => ({
      ...anItemStarted(["2026-10-23T10:00", "Review"], ["2026-10-23T12:00", "Done"]),
      key,
    }));
    const samples = samplesOf([old, ...others], { map });
    expect(samples.parked.keys).toEqual(["PAY-1"]);
    // Nobody was ever in Build: Review is the first stage of this board.
    expect(samples.sums[0]?.[0]).toMatchObject({ items: 0, waitingItems: 0 });
  });

  test("both gates are settings", () => {
    const strict = { olderThanDays: 20, overtakenBy: 2 };
    const sampler = new StageSampler(
      aStageMap(),
      reportWindow(aZone(), utc("2026-11-02"), 1),
      new WorkCalendar(aZone(), OFFICE_HOURS),
      strict,
    );
    const items = [parkedSince("2026-10-12T09:00"), parkedSince("2026-10-14T09:00"), ...overtaking(2)];
    for (const [i, facts] of items.entries()) sampler.add(`PAY-${i}`, facts.project, measured(facts).flow);
    expect(sampler.finish().parked.keys).toEqual(["PAY-0"]);
  });
});
