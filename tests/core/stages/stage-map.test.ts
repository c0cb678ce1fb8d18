import { mapInForce, StageledgerError, type StageMap, UNMAPPED } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { measured, reportOn } from "../../support/a-report.ts";
import { aStage, aStageMap, FIVE_STAGES, type StageMapSketch } from "../../support/a-stage-map.ts";
import { copies } from "../../support/an-item.ts";
import { GOLDEN_ITEM } from "../../support/golden-item.ts";
import { day, utc } from "../../support/moments.ts";

function refusalOf(sketch: StageMapSketch): StageledgerError {
  try {
    aStageMap(sketch);
  } catch (error) {
    if (error instanceof StageledgerError) return error;
  }
  throw new Error("the map was accepted");
}

describe("stage map (F1)", () => {
  test("gives each status exactly one stage, several statuses one stage, others Unmapped", () => {
    const map = aStageMap({
      stages: [
        aStage("Queue", "waiting", { statuses: ["1", "7"] }),
        aStage("Work", "active", { statuses: ["3"] }),
        aStage("Done", "done", { statuses: ["10001"] }),
      ],
      commitment: "Work",
    });
    expect(["1", "7", "3", "10001", "4"].map((status) => map.positionOf(status))).toEqual([0, 0, 1, 2, UNMAPPED]);
    expect(map.commitment).toBe(1);
    expect([map.nameOf(0), map.nameOf(2), map.nameOf(UNMAPPED)]).toEqual(["Queue", "Done", "Unmapped"]);
  });

  test("refuses a status in two stages and names both", () => {
    const error = refusalOf({ stages: [aStage("Build"), aStage("Rework", "active", { statuses: ["Build"] })] });
    expect(error.code).toBe("STAGES_STATUS_TWICE");
    expect(error.message).toContain('"Build" and "Rework"');
    expect(error.next).toBe("Name each status in one stage only.");
  });

  test("refuses a status that one stage names twice", () => {
    expect(refusalOf({ stages: [aStage("Build", "active", { statuses: ["3", "3"] })] }).code).toBe(
      "STAGES_STATUS_TWICE",
    );
  });

  test.each(["Deploy", "Done", "Dropped"])("refuses the commitment %s, which is no open stage", (commitment) => {
    const error = refusalOf({ stages: [...FIVE_STAGES, aStage("Dropped", "withdrawn")], commitment });
    expect(error.code).toBe("STAGES_NO_COMMITMENT");
    expect(error.next).toBe("Set commitment to one of: Backlog, Build, Review, Test.");
  });

  test("counts Unmapped, waiting and active stages as open, done and withdrawn ones not", () => {
    const map = aStageMap({ stages: [...FIVE_STAGES, aStage("Dropped", "withdrawn")] });
    expect([UNMAPPED, 0, 1, 4, 5].map((stage) => map.isOpen(stage))).toEqual([true, true, true, false, false]);
  });
});

describe("versions of a stage map (F1, E7)", () => {
  const first = aStageMap({ version: 1 });
  const second = aStageMap({ version: 2, effectiveFrom: utc("2026-09-14") });
  const third = aStageMap({ version: 3, effectiveFrom: utc("2026-10-01") });

  test.each<[string, number | undefined]>([
    ["2026-09-13T23:59", 1],
    ["2026-09-14", 2],
    ["2026-09-30T23:59", 2],
    ["2026-10-01", 3],
  ])("at %s version %s is in force, in whatever order they come", (at, version) => {
    expect(mapInForce([first, second, third], utc(at))?.version).toBe(version);
    expect(mapInForce([third, first, second], utc(at))?.version).toBe(version);
  });

  test("of two versions with the same effective-from the higher one is in force", () => {
    const again = aStageMap({ version: 4, effectiveFrom: utc("2026-10-01") });
    expect(mapInForce([again, third], utc("2026-10-02"))?.version).toBe(4);
    expect(mapInForce([third, again], utc("2026-10-02"))?.version).toBe(4);
  });

  test("no version is in force before the first", () => {
    expect(mapInForce([second, third], utc("2026-09-01"))).toBeUndefined();
  });

  test("a remap tells the same log anew: with the commitment at Review the golden item starts on 09-10", () => {
    const remapped = aStageMap({ version: 2, commitment: "Review" });
    expect(measured(GOLDEN_ITEM, { map: first }).startDay).toBe(day("2026-09-08"));
    expect(measured(GOLDEN_ITEM, { map: remapped }).startDay).toBe(day("2026-09-10"));
  });

  test("the same log and version give the same bytes, and every figure names its version", () => {
    const items = copies(12, GOLDEN_ITEM);
    const map = (): StageMap => aStageMap({ version: 7 });
    const report = reportOn(items, { map: map() });
    expect(JSON.stringify(reportOn(items, { map: map() }))).toBe(JSON.stringify(report));
    expect(report.map.version).toBe(7);
    expect(report.total.verdict.mapVersion).toBe(7);
    expect(report.total.cycleTime.p85.mapVersion).toBe(7);
  });
});
