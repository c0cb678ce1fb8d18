import { describe, expect, test } from "vitest";
import { placeBandLabels } from "../../apps/ledger/src/analyse/page/charts/band-labels.ts";
import { beeswarm } from "../../apps/ledger/src/analyse/page/charts/beeswarm.ts";
import { cumulativeSeries } from "../../apps/ledger/src/analyse/page/charts/cumulative-series.ts";
import { dayCap } from "../../apps/ledger/src/analyse/page/charts/day-cap.ts";
import { spread } from "../../apps/ledger/src/analyse/page/charts/spread.ts";
import { chosenStages } from "../../apps/ledger/src/analyse/page/chosen-stages.ts";
import { shortened } from "../../apps/ledger/src/analyse/page/words.ts";
import { aFlowReport, aProjectFlow } from "../support/a-flow-report.ts";

describe("the layout of charts", () => {
  test("labels that would cover one another move apart, within the drawing", () => {
    expect(spread([10, 12, 40], 10, 0, 100)).toEqual([10, 20, 40]);
    expect(spread([98, 96, 50], 10, 0, 100)).toEqual([100, 90, 50]);
  });

  test("a name is cut where the next one differs", () => {
    expect(shortened("Review", 11)).toBe("Review");
    expect(shortened("Ready for Review", 11)).toBe("Read…Review");
    expect(shortened("Ready for Test", 11)).toBe("Ready…Test");
    expect(shortened("Genehmigungsverfahren", 11)).toBe("Genehmigun…");
  });

  test("dots of one row stand side by side", () => {
    expect(beeswarm([4, 4.2, 3.9, 12], 1)).toEqual([0, 1, -1, 0]);
  });

  test("an axis of days ends above the percentiles when a few values would squash the rest", () => {
    expect(dayCap([1, 2, 90], 10)).toBe(16);
    expect(dayCap([1, 2, 20], 10)).toBeCloseTo(21.2);
    expect(dayCap([], null)).toBe(1);
  });

  test("the heaviest stages are chosen in flow order, and the constraint always", () => {
    const stages = [
      { name: "Build", weight: 5 },
      { name: "Review", weight: 0 },
      { name: "Test", weight: 2 },
      { name: "Release", weight: 3 },
    ];
    expect(chosenStages(stages, 2, new Set())).toEqual(["Build", "Release"]);
    expect(chosenStages(stages, 2, new Set(["Review"]))).toEqual(["Build", "Review"]);
  });

  test("a name stands on its band where the band is thick enough, else beside it", () => {
    const [thick, thin] = placeBandLabels(
      [
        { name: "Done", lower: Array(100).fill(0), upper: Array(100).fill(40), weight: 9 },
        { name: "Test", lower: Array(100).fill(40), upper: Array(100).fill(44), weight: 1 },
      ],
      1,
      180,
    );
    expect(thick).toMatchObject({ name: "Done", height: 20, edgeHeight: 20 });
    expect(thick?.day).toBeGreaterThan(60);
    expect(thin).toEqual({ name: "Test", day: null, height: 42, edgeHeight: 42 });
  });
});

describe("the bands of the cumulative flow diagram", () => {
  const { map } = aFlowReport();
  const { charts } = aProjectFlow();
  const days = ["2026-10-23", "2026-10-24", "2026-10-25"];
  const none = [0, 0, 0];

  test("start at what was done before, and a backlog that would squash them is left off", () => {
    const cumulative = [
      [900, 900, 900],
      [112, 113, 115],
      [108, 110, 111],
      [104, 106, 109],
      [103, 104, 107],
    ];
    const series = cumulativeSeries({ ...charts, days, cumulative, corrected: [none, none, none, none, none] }, map);
    expect(series.leftOff).toEqual(["Backlog"]);
    expect(series.base).toBe(103);
    expect(series.top).toBe(115);
    expect(series.between).toBe(8);
    expect(series.bands.map((band) => band.name)).toEqual(["Build", "Review", "Test", "Done"]);
    expect(series.bands.at(-1)?.lower).toEqual([103, 103, 103]);
  });

  test("a stage that nobody was in has no band, and a small backlog is drawn", () => {
    const cumulative = [
      [14, 14, 15],
      [10, 11, 12],
      [9, 10, 11],
      [9, 10, 11],
      [2, 3, 4],
    ];
    const series = cumulativeSeries({ ...charts, days, cumulative, corrected: [none, none, none, none, none] }, map);
    expect(series.bands.map((band) => band.name)).toEqual(["Backlog", "Build", "Test", "Done"]);
  });
});
