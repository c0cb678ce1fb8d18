import { balanceOf, type EntryToPost, foldCells, type Posting, postEntry, type StageShare } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { anEntry, anEntryFrom, anInterval } from "../../support/an-entry.ts";
import { day } from "../../support/moments.ts";

const WEEK = day("2026-09-07");
const NEXT_WEEK = day("2026-09-14");
const open = (_week: number): boolean => false;
const closed = (week: number): boolean => week === WEEK;

function shares(...parts: readonly (readonly [stage: string, minutes: number])[]): () => StageShare[] {
  return () => parts.map(([stage, minutes]) => ({ stage, minutes }));
}

function post(entry: Partial<EntryToPost>, isClosed = open): readonly Posting[] {
  const nothing = { posted: undefined, current: undefined, present: [], attribute: shares() };
  return postEntry({ entryId: "entry-1", contributor: "contributor-1", ...nothing, ...entry }, isClosed);
}

/** `"Build +120"`, with what differs from the entry's own labels. */
function lines(postings: readonly Posting[]): string[] {
  return postings.map(({ stage, minutes, isLate, project, activity, week, visibility }) =>
    [
      stage,
      `${minutes > 0 ? "+" : ""}${minutes}`,
      ...(isLate ? ["late"] : []),
      ...(project === "Payments" ? [] : [project]),
      ...(activity === "build" ? [] : [activity]),
      ...(week === WEEK ? [] : ["next week"]),
      ...(visibility === "private" ? [] : [visibility]),
    ].join(" "),
  );
}

const logged = anEntry();
const first = post({ current: logged, attribute: shares(["Build", 120]) });

describe("posting an entry", () => {
  test("writes one line for each stage, with the entry's labels", () => {
    expect(first).toEqual([
      {
        entryId: "entry-1",
        contributor: "contributor-1",
        project: "Payments",
        stage: "Build",
        activity: "build",
        week: WEEK,
        visibility: "private",
        minutes: 120,
        isLate: false,
      },
    ]);
    expect(lines(post({ current: logged, attribute: shares(["Build", 50], ["Review", 70]) }))).toEqual([
      "Build +50",
      "Review +70",
    ]);
  });

  test("belongs to the ISO week of the date as entered: Sunday still, Monday next", () => {
    const [sunday, monday] = ["2026-09-13", "2026-09-14"].map((date) =>
      post({ current: anEntry({ date: day(date) }), attribute: shares(["Build", 120]) }),
    );
    expect(sunday?.[0]?.week).toBe(WEEK);
    expect(monday?.[0]?.week).toBe(NEXT_WEEK);
  });

  test("again gives nothing", () => {
    expect(post({ posted: logged, current: logged, present: first, attribute: shares(["Build", 120]) })).toEqual([]);
    expect(post({ current: logged, present: first, attribute: shares(["Build", 120]) })).toEqual([]);
  });

  test("a correction reverses what stands and posts again", () => {
    const current = anEntry({ minutes: 90 });
    const correction = post({ posted: logged, current, present: first, attribute: shares(["Build", 90]) });
    expect(lines(correction)).toEqual(["Build -120", "Build +90"]);
    const second = post({
      posted: current,
      current: anEntry({ minutes: 100 }),
      present: [...correction, ...first],
      attribute: shares(["Build", 100]),
    });
    expect(lines(second)).toEqual(["Build -90", "Build +100"]);
  });

  test.each([
    [{ activity: "test" }, ["Build -120", "Build +120 test"]],
    [{ project: "Web" }, ["Build -120", "Build +120 Web"]],
    [{ visibility: "known" as const }, ["Build -120", "Build +120 known"]],
    [{ date: day("2026-09-15") }, ["Build -120", "Build +120 next week"]],
    [{ date: day("2026-09-09") }, []],
    [{ itemId: "10099" }, []],
  ])("an edit of %j posts %j", (edit, expected) => {
    const current = anEntry(edit);
    expect(lines(post({ posted: logged, current, present: first, attribute: shares(["Build", 120]) }))).toEqual(
      expected,
    );
  });

  test("leaves the lines alone that stay as they are", () => {
    const present = post({ current: logged, attribute: shares(["Build", 60], ["Review", 60]) });
    const moved = post({ posted: logged, current: logged, present, attribute: shares(["Build", 60], ["Test", 60]) });
    expect(lines(moved)).toEqual(["Review -60", "Test +60"]);
  });

  test("a deletion reverses all, and a second one nothing", () => {
    const present = post({ current: logged, attribute: shares(["Build", 50], ["Review", 70]) });
    const deletion = post({ posted: logged, present });
    expect(lines(deletion)).toEqual(["Build -50", "Review -70"]);
    expect(balanceOf([...present, ...deletion])).toBe(0);
    expect(post({ present: [...present, ...deletion] })).toEqual([]);
  });

  test("late history moves the minutes of an open week", () => {
    const moved = post({ posted: logged, current: logged, present: first, attribute: shares(["Review", 120]) });
    expect(lines(moved)).toEqual(["Build -120", "Review +120"]);
  });
});

describe("into a closed week", () => {
  const mustNotAsk = (): never => {
    throw new Error("A closed week's stages are not told anew.");
  };

  test("a new entry is late", () => {
    expect(lines(post({ current: logged, attribute: shares(["Build", 120]) }, closed))).toEqual(["Build +120 late"]);
  });

  test("late history moves nothing", () => {
    expect(post({ posted: logged, current: logged, present: first, attribute: mustNotAsk }, closed)).toEqual([]);
  });

  test("a correction is late and keeps the stage that the entry was closed with", () => {
    const correction = post(
      { posted: logged, current: anEntry({ minutes: 130 }), present: first, attribute: mustNotAsk },
      closed,
    );
    expect(lines(correction)).toEqual(["Build -120 late", "Build +130 late"]);
    expect(foldCells([...first, ...correction]).map(({ minutes, kind }) => [minutes, kind])).toEqual([
      [120, "in-time"],
      [10, "late-added"],
    ]);
  });

  test("another activity or project keeps the stages too, those of a split entry as well", () => {
    const timed = anEntry({ interval: anInterval("2026-09-08T09:00", "2026-09-08T11:00") });
    const present = post({ current: timed, attribute: shares(["Build", 50], ["Review", 70]) });
    const current = { ...timed, activity: "test" };
    expect(lines(post({ posted: timed, current, present, attribute: mustNotAsk }, closed))).toEqual([
      "Build -50 late",
      "Review -70 late",
      "Build +50 late test",
      "Review +70 late test",
    ]);
  });

  test.each([
    { itemId: "10099" },
    { date: day("2026-09-09") },
    { chosenStatus: "Test" },
    { interval: anInterval("2026-09-08T09:00", "2026-09-08T11:00") },
  ])("an edit of %j tells the stage anew", (edit) => {
    const attribute = shares(["Test", 120]);
    const correction = post({ posted: logged, current: anEntry(edit), present: first, attribute }, closed);
    expect(lines(correction)).toEqual(["Build -120 late", "Test +120 late"]);
  });

  // 09:00:12 to 09:45:40 can be 45 or 46 minutes, and which stage has the 46th depends on the seconds.
  test.each<readonly (readonly [string, number])[]>([
    [["Build", 45]],
    [
      ["Build", 20],
      ["Review", 25],
    ],
  ])("an entry with start and end is split anew when its minutes are corrected: %j", (...before) => {
    const timed = anEntryFrom("2026-09-08T09:00:12", "2026-09-08T09:45:40", { minutes: 45 });
    const present = post({ current: timed, attribute: shares(...before) });
    const attribute = shares(["Test", 46]);
    const correction = post({ posted: timed, current: { ...timed, minutes: 46 }, present, attribute }, closed);
    expect(lines(correction).at(-1)).toBe("Test +46 late");
    expect(balanceOf([...present, ...correction])).toBe(46);
  });

  test("a deletion is a late line, and the released minutes stay where they are", () => {
    const deletion = post({ posted: logged, present: first }, closed);
    expect(lines(deletion)).toEqual(["Build -120 late"]);
  });

  test("only the line in the closed week is late when an entry leaves it for an open one", () => {
    const current = anEntry({ date: day("2026-09-15") });
    const moved = post({ posted: logged, current, present: first, attribute: shares(["Build", 120]) }, closed);
    expect(lines(moved)).toEqual(["Build -120 late", "Build +120 next week"]);
  });

  test("a second correction reverses late and timely lines together", () => {
    const [posted, current] = [anEntry({ minutes: 130 }), anEntry({ minutes: 100 })];
    const late = post({ posted: logged, current: posted, present: first, attribute: mustNotAsk }, closed);
    const present = [...first, ...late];
    const correction = post({ posted, current, present, attribute: mustNotAsk }, closed);
    expect(lines(correction)).toEqual(["Build -130 late", "Build +100 late"]);
    expect(balanceOf([...present, ...correction])).toBe(100);
  });
});
