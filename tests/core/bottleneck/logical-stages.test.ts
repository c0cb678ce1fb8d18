import { describe, expect, test } from "vitest";
import { logicalBoard, usedBoard } from "../../../packages/core/src/flow/bottleneck/logical-stages.ts";
import { aStage, aStageMap } from "../../support/a-stage-map.ts";

describe("logical stages (B1)", () => {
  test("run from the commitment to before done", () => {
    const board = logicalBoard(aStageMap());
    expect(board.stages.map(({ name }) => name)).toEqual(["Build", "Review", "Test"]);
    expect(board.indexByPosition).toEqual([-1, 0, 1, 2, -1]);
    expect(board.style).toBe("merged");
  });

  test("a waiting stage belongs to the stage that it feeds", () => {
    const stages = [
      aStage("Backlog", "waiting"),
      aStage("Ready", "waiting"),
      aStage("Build"),
      aStage("Ready for review", "waiting"),
      aStage("Review"),
      aStage("Dropped", "withdrawn"),
      aStage("Done", "done"),
    ];
    const board = logicalBoard(aStageMap({ stages, commitment: "Ready" }));
    expect(board.stages).toEqual([
      { name: "Build", waiting: [1], waitingNames: ["Ready"], active: [2] },
      { name: "Review", waiting: [3], waitingNames: ["Ready for review"], active: [4] },
    ]);
    expect(board.indexByPosition).toEqual([-1, 0, 0, 1, 1, -1, -1]);
    expect(board.style).toBe("separate");
  });

  test("two waiting stages in a row feed the same stage", () => {
    const stages = [aStage("Build"), aStage("Built", "waiting"), aStage("Ready", "waiting"), aStage("Review")];
    const board = logicalBoard(aStageMap({ stages }));
    expect(board.stages[1]).toEqual({
      name: "Review",
      waiting: [1, 2],
      waitingNames: ["Built", "Ready"],
      active: [3],
    });
  });

  test("waiting that feeds nothing but done stands for itself", () => {
    const stages = [aStage("Build"), aStage("Waiting for release", "waiting"), aStage("Done", "done")];
    const board = logicalBoard(aStageMap({ stages }));
    expect(board.stages.map(({ name, active }) => [name, active])).toEqual([
      ["Build", [0]],
      ["Waiting for release", []],
    ]);
    expect(board.style).toBe("merged");
  });

  test("a queue that no item of the project ever entered is not part of its board", () => {
    const stages = [aStage("Build"), aStage("Built", "waiting"), aStage("Ready", "waiting"), aStage("Review")];
    const board = logicalBoard(aStageMap({ stages }));
    expect(usedBoard(board, (position) => position !== 1).board.stages[1]).toMatchObject({
      waiting: [2],
      waitingNames: ["Ready"],
      active: [3],
    });
    const merged = usedBoard(board, (position) => position === 0 || position === 3).board;
    expect(merged.stages[1]).toMatchObject({ name: "Review", waiting: [], waitingNames: [], active: [3] });
    expect([board.style, merged.style]).toEqual(["separate", "merged"]);
  });

  test("a queue that is named after its work belongs to it, wherever it stands", () => {
    const stages = [
      aStage("Build"),
      aStage("Test"),
      aStage("Ready for Build", "waiting"),
      aStage("Pending test", "waiting"),
      aStage("On hold", "waiting"),
      aStage("Release"),
    ];
    const board = logicalBoard(aStageMap({ stages }));
    expect(board.stages.map(({ name, waitingNames }) => [name, waitingNames])).toEqual([
      ["Build", ["Ready for Build"]],
      ["Test", ["Pending test"]],
      ["Release", ["On hold"]],
    ]);
    expect(board.indexByPosition).toEqual([0, 1, 0, 1, 2, 2]);
  });

  test("a last stage that no item ever entered is not the last one", () => {
    const stages = [aStage("Build"), aStage("Test"), aStage("Release"), aStage("Done", "done")];
    const { board, kept } = usedBoard(logicalBoard(aStageMap({ stages })), (position) => position !== 2);
    expect(board.stages.map(({ name }) => name)).toEqual(["Build", "Test"]);
    expect(board.indexByPosition).toEqual([0, 1, -1, -1]);
    expect(kept).toEqual([0, 1]);
  });

  test("waiting whose work nobody entered stands for itself", () => {
    const stages = [aStage("Build"), aStage("Ready", "waiting"), aStage("Release"), aStage("Done", "done")];
    const { board } = usedBoard(logicalBoard(aStageMap({ stages })), (position) => position < 2);
    expect(board.stages.map(({ name, waiting, active }) => [name, waiting, active])).toEqual([
      ["Build", [], [0]],
      ["Ready", [1], []],
    ]);
  });

  test("waiting before the commitment feeds nobody: demand before commitment is not knowable (B6)", () => {
    expect(logicalBoard(aStageMap()).stages[0]).toMatchObject({ name: "Build", waiting: [] });
  });
});
