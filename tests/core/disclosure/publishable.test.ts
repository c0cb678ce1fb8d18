import { describe, expect, test } from "vitest";
import { Contributors } from "../../../packages/core/src/disclosure/contributors.ts";
import { publishable } from "../../../packages/core/src/disclosure/publishable.ts";
import { SafetySettings } from "../../../packages/core/src/disclosure/safety-test.ts";
import { cellsOf, each, type Place } from "../../support/protected-cells.ts";

const TESTED = new SafetySettings({ p: 20 });
const WAIVED = new SafetySettings({ p: 20, waivesAllNative: true });

type Row = readonly [place: Place, minutesByPerson: Readonly<Record<string, number>>];

function isPublishable(rows: readonly Row[], settings = TESTED): boolean {
  const people = new Contributors();
  return publishable(
    rows.flatMap(([place, minutesByPerson]) => cellsOf(people, place, minutesByPerson)),
    settings,
  );
}

const PRIVATE = { visibility: "private" } as const;
const KNOWN = { visibility: "known" } as const;

describe("what is publishable", () => {
  test.each<[string, readonly Row[], boolean]>([
    ["nothing", [], false],
    ["five private contributors", [[PRIVATE, each(5, 100)]], true],
    ["five known contributors", [[KNOWN, each(5, 100)]], true],
    ["four known contributors", [[KNOWN, each(4, 100)]], false],
    [
      "five private contributors beside one known",
      [
        [PRIVATE, each(5, 100)],
        [KNOWN, { x: 100 }],
      ],
      true,
    ],
    [
      "four private contributors hidden among known ones",
      [
        [PRIVATE, each(4, 100)],
        [KNOWN, each(9, 100, "x")],
      ],
      false,
    ],
    [
      "one known contributor's single private entry",
      [
        [KNOWN, each(5, 100)],
        [PRIVATE, { p1: 60 }],
      ],
      false,
    ],
    // private alone: 1000 against 60; the known hours of the four others would hide it
    [
      "a private contribution that dominates only without the known ones",
      [
        [PRIVATE, { p1: 1000, p2: 30, p3: 30, p4: 30, p5: 30 }],
        [KNOWN, each(5, 500)],
      ],
      false,
    ],
    // all: 3000 against 300, asked for 600; the five private ones alone are safe
    [
      "a known contribution that dominates",
      [
        [PRIVATE, each(5, 100)],
        [KNOWN, { x: 3000 }],
      ],
      false,
    ],
    // 5 in Jira and 4 in Asana: 5 humans at least
    [
      "accounts that are five humans at least",
      [
        [{ source: "jira" }, each(5, 100)],
        [{ source: "asana" }, each(4, 100, "a")],
      ],
      true,
    ],
    [
      "accounts that may be four humans",
      [
        [{ source: "jira" }, each(4, 100)],
        [{ source: "asana" }, each(4, 100, "a")],
      ],
      false,
    ],
    // all in all five humans, but the private ones may be four
    [
      "private accounts that may be four humans",
      [
        [{ source: "jira", ...PRIVATE }, each(4, 100)],
        [{ source: "asana", ...PRIVATE }, each(4, 100, "a")],
        [{ source: "jira", ...KNOWN }, { x: 100 }],
      ],
      false,
    ],
  ])("%s: %j is publishable: %s", (_what, rows, expected) => {
    expect(isPublishable(rows)).toBe(expected);
  });

  test("the waiver lets through what is known alone, and nothing else", () => {
    expect(isPublishable([[KNOWN, { p1: 60 }]])).toBe(false);
    expect(isPublishable([[KNOWN, { p1: 60 }]], WAIVED)).toBe(true);
    expect(
      isPublishable(
        [
          [KNOWN, { p1: 60 }],
          [PRIVATE, { p2: 1 }],
        ],
        WAIVED,
      ),
    ).toBe(false);
    expect(
      isPublishable(
        [
          [PRIVATE, each(5, 100)],
          [KNOWN, { x: 3000 }],
        ],
        WAIVED,
      ),
    ).toBe(false);
    expect(isPublishable([], WAIVED)).toBe(false);
  });

  test("what would be rounded to zero is not published, waiver or not", () => {
    expect(isPublishable([[KNOWN, { p1: 14 }]], WAIVED)).toBe(false);
    expect(isPublishable([[KNOWN, { p1: 15 }]], WAIVED)).toBe(true);
  });
});
