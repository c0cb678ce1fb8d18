import { createEntry, deleteEntry, editEntry, latestRevision, moveEntry, undoChange } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { anEntry, anInterval, aRevision } from "../../support/an-entry.ts";
import { day } from "../../support/moments.ts";

const refusedWith = (code: string): unknown => expect.objectContaining({ code });
const created = createEntry("entry-1", "contributor-1", anEntry({ chosenStatus: "Review" }));

describe("a time entry over time", () => {
  test("is created as revision 1", () => {
    expect(created).toEqual({
      entryId: "entry-1",
      contributor: "contributor-1",
      number: 1,
      change: "created",
      entry: anEntry({ chosenStatus: "Review" }),
    });
  });

  test("an edit is a new revision that holds the entry whole", () => {
    const edited = editEntry(created, { minutes: 90, date: day("2026-09-09") });
    expect(edited).toMatchObject({ entryId: "entry-1", contributor: "contributor-1", number: 2, change: "edited" });
    expect(edited.entry).toEqual(anEntry({ minutes: 90, date: day("2026-09-09"), chosenStatus: "Review" }));
    expect(created.entry?.minutes).toBe(120);
  });

  test("an edit can take start and end, and the chosen stage, away", () => {
    const timed = editEntry(created, { interval: anInterval("2026-09-08T09:00", "2026-09-08T11:00") });
    const untimed = editEntry(timed, { interval: undefined, chosenStatus: undefined, minutes: 30 });
    expect(untimed.entry).toEqual(anEntry({ minutes: 30 }));
  });

  test("a move takes the hours to another item, without the stage that was chosen on the old one", () => {
    const moved = moveEntry(created, { itemId: "10099", project: "Web", chosenStatus: undefined });
    expect(moved).toMatchObject({ number: 2, change: "moved" });
    expect(moved.entry).toEqual(anEntry({ itemId: "10099", project: "Web" }));
  });

  test("undoing brings back what was before: of an edit the old entry, of a deletion the entry, of a creation nothing", () => {
    const edited = editEntry(created, { minutes: 90 });
    expect(undoChange(edited, created.entry)).toEqual({ ...created, number: 3, change: "edited" });
    const deleted = deleteEntry(edited);
    expect(undoChange(deleted, edited.entry)).toEqual({ ...edited, number: 4, change: "edited" });
    expect(undoChange(created, undefined)).toEqual({ ...created, number: 2, change: "deleted", entry: undefined });
    expect(() => undoChange(deleted, undefined)).toThrow(refusedWith("ENTRY_DELETED"));
  });

  test("a deleted entry takes no more changes", () => {
    const deleted = deleteEntry(editEntry(created, { minutes: 60 }));
    expect(deleted).toMatchObject({ number: 3, change: "deleted", entry: undefined });
    expect(() => editEntry(deleted, { minutes: 90 })).toThrow(refusedWith("ENTRY_DELETED"));
    expect(() => moveEntry(deleted, { itemId: "1", project: "Web", chosenStatus: undefined })).toThrow(
      refusedWith("ENTRY_DELETED"),
    );
    expect(() => deleteEntry(deleted)).toThrow(refusedWith("ENTRY_DELETED"));
  });

  test("neither a new nor an edited entry may be one that cannot be", () => {
    expect(() => createEntry("entry-2", "contributor-1", anEntry({ minutes: -5 }))).toThrow(
      refusedWith("ENTRY_MINUTES_OUT_OF_RANGE"),
    );
    expect(() => editEntry(created, { interval: anInterval("2026-09-08T09:00", "2026-09-08T10:00") })).toThrow(
      refusedWith("ENTRY_TIMES_DISAGREE"),
    );
  });
});

describe("the revision that holds", () => {
  const [one, two, three] = [
    aRevision(1, anEntry({ minutes: 10 })),
    aRevision(2, anEntry({ minutes: 20 })),
    aRevision(3, undefined),
  ];

  test("has the highest number, in whatever order they come", () => {
    expect(latestRevision([two, one])).toBe(two);
    expect(latestRevision([one, three, two])).toBe(three);
    expect(latestRevision([])).toBeUndefined();
  });

  test("an entry that comes back after its deletion is there again", () => {
    expect(latestRevision([aRevision(4, anEntry({ minutes: 40 })), three])?.entry?.minutes).toBe(40);
  });

  test("is the same fact when it comes twice", () => {
    expect(latestRevision([two, aRevision(2, anEntry({ minutes: 20 }))])?.entry?.minutes).toBe(20);
    expect(latestRevision([three, aRevision(3, undefined)])?.entry).toBeUndefined();
  });

  test.each([
    ["minutes", anEntry({ minutes: 21 })],
    ["activity", anEntry({ minutes: 20, activity: "test" })],
    ["project", anEntry({ minutes: 20, project: "Web" })],
    ["date", anEntry({ minutes: 20, date: day("2026-09-09") })],
    ["item", anEntry({ minutes: 20, itemId: "10099" })],
    ["chosen stage", anEntry({ minutes: 20, chosenStatus: "Build" })],
    ["visibility", anEntry({ minutes: 20, visibility: "known" })],
    ["start and end", anEntry({ minutes: 20, interval: anInterval("2026-09-08T09:00", "2026-09-08T09:20") })],
    ["being there", undefined],
  ])("two of one number that differ in %s are a conflict", (_what, entry) => {
    for (const order of [
      [two, aRevision(2, entry)],
      [aRevision(2, entry), one, two],
    ]) {
      expect(() => latestRevision(order)).toThrow(refusedWith("ENTRY_REVISION_CONFLICT"));
    }
  });

  test("a conflict that a later revision has settled is none", () => {
    const conflicting = [two, aRevision(2, anEntry({ minutes: 21 })), three];
    expect(latestRevision(conflicting)).toBe(three);
    expect(latestRevision(conflicting.toReversed())).toBe(three);
  });

  test("one number with two authors is a conflict", () => {
    expect(() => latestRevision([two, { ...two, contributor: "contributor-2" }])).toThrow(
      refusedWith("ENTRY_REVISION_CONFLICT"),
    );
  });
});
