import { categoryOfName, soundsBlocked } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { resolutionSoundsWithdrawn, soundsLikeWaiting } from "../../../packages/core/src/stages/status-words.ts";

describe("what a status name tells (E6)", () => {
  test.each(["Done", "closed", "Resolved", "Completed", "RELEASED", " Deployed ", "Won't do", "Cancelled", "Erledigt"])(
    "%s is done",
    (name) => expect(categoryOfName(name)).toBe("done"),
  );

  test.each(["To Do", "Open", "Backlog", "Reopened", "Selected for Development", "Offen"])("%s is new", (name) =>
    expect(categoryOfName(name)).toBe("new"),
  );

  test.each(["In Progress", "Waiting for customer", "Ready for QA", "Testing", "On hold"])(
    "%s is in progress",
    (name) => expect(categoryOfName(name)).toBe("indeterminate"),
  );

  test.each(["Zugestellt", "Phase 2", ""])("%s says nothing", (name) => expect(categoryOfName(name)).toBeUndefined());

  test.each(["Resolve ticket", "Done-ish", "Not done", "Opening hours", "Closed beta"])(
    "%s is neither done nor new: only whole names count",
    (name) => {
      expect(categoryOfName(name)).not.toBe("done");
      expect(categoryOfName(name)).not.toBe("new");
    },
  );
});

describe("waiting and blocked columns", () => {
  test.each([
    ["Ready for review", true, false],
    ["Waiting for support", true, false],
    ["To be tested", true, false],
    ["Blocked", true, true],
    ["On hold", true, true],
    ["To do", false, false],
    ["In review", false, false],
    ["Build", false, false],
  ])("%s: waiting %s, blocked %s", (name, waiting, blocked) => {
    expect(soundsLikeWaiting(name)).toBe(waiting);
    expect(soundsBlocked(name)).toBe(blocked);
  });
});

describe("resolutions that are proposed as withdrawn (E12)", () => {
  test.each(["Won't Do", "won’t fix", "Duplicate", "Cannot Reproduce"])("%s is proposed", (resolution) =>
    expect(resolutionSoundsWithdrawn(resolution)).toBe(true),
  );

  test.each(["Done", "Fixed", "Not a duplicate"])("%s is not", (resolution) =>
    expect(resolutionSoundsWithdrawn(resolution)).toBe(false),
  );
});
