import { describe, expect, test } from "vitest";
import { flowOn, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMap, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent, copies, type Step } from "../../support/an-item.ts";
import { GOLDEN_ITEM } from "../../support/golden-item.ts";

/** One move a day from 2026-09-08 on. */
function through(...statuses: readonly [string, ...string[]]): ReturnType<typeof anItemStarted> {
  const at = (i: number): string => `2026-09-${String(8 + i).padStart(2, "0")}T09:00`;
  const [first, ...others] = statuses;
  return anItemStarted([at(0), first], ...others.map((status, i): Step => [at(i + 1), status]));
}

function shares(flow: ReturnType<typeof flowOn>, member: "skipped" | "movedBack"): readonly (readonly unknown[])[] {
  return flow.stages.map((row) => [row.name, row[member].value, row[member].n]);
}

const TEN = [
  ...copies(6, through("Build", "Review", "Test", "Done")),
  ...copies(2, through("Build", "Review", "Done")),
  // Back from Review twice: one item that went back.
  through("Build", "Review", "Build", "Review", "Build", "Review", "Test", "Done"),
  // Back from Test, and out of Done.
  through("Build", "Review", "Test", "Review", "Test", "Done", "Review", "Done"),
];

describe("who passed over a stage (E4)", () => {
  test("is a share of the items that finished in the window, of stages where work is done", () => {
    const flow = flowOn(TEN);
    expect(shares(flow, "skipped")).toEqual([
      ["Backlog", null, 0],
      ["Build", 0, 10],
      ["Review", 0, 10],
      ["Test", 0.2, 10],
      ["Done", null, 0],
    ]);
    expect(rowOf(flow, "Test").skipped).toMatchObject({ unit: "ratio", rule: "E4", findings: ["skipped-stage"] });
  });

  test("is nothing of a stage where no item ever was, and all of one where only an open item is", () => {
    const unused = [through("Build", "Done"), through("Build", "Review", "Done")];
    expect(rowOf(flowOn(unused), "Test").skipped.value).toBeNull();
    expect(rowOf(flowOn([...unused, through("Build", "Test")]), "Test").skipped).toMatchObject({ value: 1, n: 2 });
  });

  test("leaves out who came in right of the stage, who is not done, and who finished before the window", () => {
    const beyond = anItemThatWent([
      ["2026-09-08T09:00", "Review"],
      ["2026-09-09T09:00", "Test"],
      ["2026-09-10T09:00", "Done"],
    ]);
    const before = anItemStarted(["2026-08-20T09:00", "Test"], ["2026-08-25T09:00", "Done"]);
    const items = [beyond, before, through("Build", "Test"), through("Build", "Review", "Test", "Done")];
    expect(shares(flowOn(items), "skipped").slice(1, 4)).toEqual([
      ["Build", 0, 2],
      ["Review", 0, 2],
      ["Test", 0, 2],
    ]);
  });
});

describe("who went back from a stage (E1)", () => {
  test("is a share of the items that were there, each counted once; out of done, too", () => {
    const flow = flowOn(TEN);
    expect(shares(flow, "movedBack")).toEqual([
      ["Backlog", 0, 10],
      ["Build", 0, 10],
      ["Review", 0.1, 10],
      ["Test", 0.125, 8],
      ["Done", 0.1, 10],
    ]);
    expect(rowOf(flow, "Review").movedBack).toMatchObject({ unit: "ratio", rule: "E1" });
  });

  test("of the golden item: from Review and from Done, and it passed over Test", () => {
    const items = [GOLDEN_ITEM, through("Build", "Review", "Test", "Done")];
    expect(shares(flowOn(items), "movedBack").map(([, value]) => value)).toEqual([0, 0, 0.5, 0, 0.5]);
    expect(shares(flowOn(items), "skipped").map(([, value]) => value)).toEqual([null, 0, 0, 0.5, null]);
  });

  test("sees through a stay that no stage names, and one among the withdrawn", () => {
    const stages = [...FIVE_STAGES, aStage("Dropped", "withdrawn")];
    const items = [
      through("Build", "Review", "Elsewhere", "Build", "Done"),
      through("Build", "Review", "Dropped", "Review", "Done"),
    ];
    const rows = shares(flowOn(items, { map: aStageMap({ stages }) }), "movedBack");
    expect(rows.map(([name, value]) => [name, value])).toEqual([
      ["Backlog", 0],
      ["Build", 0],
      ["Review", 0.5],
      ["Test", null],
      ["Done", 0],
      ["Dropped", 0],
      ["Unmapped", 0],
    ]);
  });
});
