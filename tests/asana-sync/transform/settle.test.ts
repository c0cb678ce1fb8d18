import { GONE, type ItemPart, type StageChange } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { type FoundItem, settled } from "../../../apps/asana-sync/src/asana/settle.ts";
import { utc } from "../../support/moments.ts";

const CREATED_AT = utc("2026-09-07");
const READ_AT = utc("2026-09-20");

function change(at: string, from: string | undefined, to: string, sequence = 1): StageChange {
  return { at: utc(at), sequence, index: 0, from, to };
}

/** A change that does not say what was left. Those that no story tells have no number. */
function into(at: string, to: string, sequence = 0): StageChange {
  return change(at, undefined, to, sequence);
}

function found(
  changes: readonly StageChange[],
  liveStatus: string | undefined,
  overrides: Partial<FoundItem> = {},
): FoundItem {
  const part: ItemPart = {
    id: "asana:7001:P",
    createdAt: CREATED_AT,
    changes,
    blocks: [],
    otherActivity: [],
    hasHistory: true,
    isTruncated: false,
    snapshot: undefined,
  };
  return { part, isBeginGuessed: false, toldStatus: changes.at(-1)?.to ?? liveStatus, liveStatus, ...overrides };
}

const A_TO_B = change("2026-09-08", "A", "B");
const B_TO_C = change("2026-09-10", "B", "C");

describe("what a look adds to an item's history", () => {
  test("nothing, when the same was recorded before", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B] };
    expect(settled(found([A_TO_B], "B"), recorded, READ_AT).changes).toEqual([]);
  });

  test("the changes that are new", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B] };
    expect(settled(found([A_TO_B, B_TO_C], "C"), recorded, READ_AT).changes).toEqual([into("2026-09-10", "C", 1)]);
  });

  test("not another version of a change that is known: a story that lost its section changes nothing", () => {
    const recorded = { createdAt: CREATED_AT, status: "C", changes: [A_TO_B, B_TO_C] };
    const worse = [change("2026-09-08", "A", "untold"), change("2026-09-10", "untold", "C")];
    expect(settled(found(worse, "C"), recorded, READ_AT).changes).toEqual([]);
  });

  test("one change from the look on, when no story tells how it came where it is", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B] };
    expect(settled(found([A_TO_B], "C"), recorded, READ_AT).changes).toEqual([into("2026-09-20", "C")]);
  });

  test("and that once: the next look finds it told", () => {
    const settling = into("2026-09-20", "C");
    const recorded = { createdAt: CREATED_AT, status: "C", changes: [A_TO_B, settling] };
    expect(settled(found([A_TO_B], "C"), recorded, READ_AT + 60_000).changes).toEqual([]);
  });

  test("no earlier than what is known, when our clock is behind", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B] };
    const [settling] = settled(found([A_TO_B], "C"), recorded, utc("2026-09-08") - 5000).changes;
    expect(settling?.at).toBe(utc("2026-09-08") + 1);
  });

  test("nothing when the source does not show where it is", () => {
    expect(
      settled(found([A_TO_B], undefined), { createdAt: CREATED_AT, status: "X", changes: [] }, READ_AT).changes,
    ).toEqual([A_TO_B]);
  });
});

test("of one story a guess adds nothing to what was told before, and what is told replaces a guess", () => {
  const guess = { ...change("2026-09-10", GONE, "untold", 7), index: 0 };
  const told = { ...change("2026-09-10", GONE, "B", 7), index: 1 };
  const after = (changes: readonly StageChange[]) => ({
    createdAt: CREATED_AT,
    status: "B",
    changes: [A_TO_B, ...changes],
  });
  expect(settled(found([A_TO_B, guess], "B", { toldStatus: "B" }), after([told]), READ_AT).changes).toEqual([]);
  expect(settled(found([A_TO_B, told], "B"), after([guess]), READ_AT).changes).toEqual([{ ...told, from: undefined }]);
});

test("only the first of all changes says what was left, so that instants alone put them in order", () => {
  const { changes } = settled(found([A_TO_B, B_TO_C], "C"), undefined, READ_AT);
  expect(changes).toEqual([A_TO_B, into("2026-09-10", "C", 1)]);
});

describe("an item of which no change was recorded", () => {
  test("and that is elsewhere now than it was seen before, went there at the look", () => {
    expect(settled(found([], "B"), { createdAt: CREATED_AT, status: "A", changes: [] }, READ_AT).changes).toEqual([
      into("2026-09-07", "A"),
      into("2026-09-20", "B"),
    ]);
  });

  test("begins where it was seen, rather than where a guess puts it", () => {
    const guessed = found([change("2026-09-10", "B", "completed")], "completed", { isBeginGuessed: true });
    expect(settled(guessed, { createdAt: CREATED_AT, status: "A", changes: [] }, READ_AT).changes).toEqual([
      change("2026-09-10", "A", "completed"),
    ]);
  });

  test("begins where a guess puts it when it was seen only after its first change", () => {
    const completion = change("2026-09-10", "B", "completed");
    const guessed = found([completion], "completed", { isBeginGuessed: true });
    expect(settled(guessed, { createdAt: CREATED_AT, status: "completed", changes: [] }, READ_AT).changes).toEqual([
      completion,
    ]);
  });

  test("begins where a story says, although it was seen elsewhere: a list can lag behind the stories", () => {
    expect(settled(found([A_TO_B], "B"), { createdAt: CREATED_AT, status: "B", changes: [] }, READ_AT).changes).toEqual(
      [A_TO_B],
    );
    expect(settled(found([A_TO_B], "B"), { createdAt: CREATED_AT, status: "C", changes: [] }, READ_AT).changes).toEqual(
      [A_TO_B],
    );
  });

  test("leaves the status that it was seen in when it is gone: without it the stay would not end", () => {
    expect(
      settled(found([], GONE, { toldStatus: undefined }), { createdAt: CREATED_AT, status: "A", changes: [] }, READ_AT)
        .changes,
    ).toEqual([into("2026-09-07", "A"), into("2026-09-20", GONE)]);
  });
});

describe("gone and back", () => {
  const wentGone = into("2026-09-12", GONE);

  test("gone twice is gone once", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B, wentGone] };
    expect(settled(found([], GONE), recorded, utc("2026-09-13")).changes).toEqual([]);
  });

  test("told to have gone earlier than it was noticed, it went then", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B, wentGone] };
    expect(settled(found([], GONE), recorded, utc("2026-09-11")).changes).toEqual([into("2026-09-11", GONE)]);
  });

  test("taken out of the project during a look that began before, it went when the story says", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B] };
    const takenOut = change("2026-09-12", "B", GONE, 5);
    expect(settled(found([A_TO_B, takenOut], GONE), recorded, utc("2026-09-11")).changes).toEqual([
      into("2026-09-12", GONE, 5),
    ]);
  });

  test("not before its last change, whatever is told", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B, wentGone] };
    expect(settled(found([], GONE), recorded, utc("2026-09-07")).changes).toEqual([]);
  });

  test("is back in its status from the instant that is told", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B, wentGone] };
    expect(settled(found([A_TO_B], "B"), recorded, utc("2026-09-13")).changes).toEqual([into("2026-09-13", "B")]);
  });

  test("gone for a reason that no story tells, it stays so, whatever happens to the task elsewhere", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B, wentGone] };
    const completion = change("2026-09-14", "B", "completed");
    expect(settled(found([A_TO_B, completion], GONE, { toldStatus: "completed" }), recorded, READ_AT).changes).toEqual(
      [],
    );
  });

  test("gone, back and gone again between two looks, it has been back", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B, wentGone] };
    const again = [change("2026-09-14", GONE, "B"), change("2026-09-15", "B", GONE)];
    expect(settled(found([A_TO_B, ...again], GONE), recorded, READ_AT).changes).toEqual([
      into("2026-09-14", "B", 1),
      into("2026-09-15", GONE, 1),
    ]);
  });

  test("a move after its return says when it was back", () => {
    const recorded = { createdAt: CREATED_AT, status: "B", changes: [A_TO_B, wentGone] };
    const moved = change("2026-09-14", "B", "C");
    expect(settled(found([A_TO_B, moved], "C"), recorded, READ_AT).changes).toEqual([into("2026-09-14", "C", 1)]);
  });
});
