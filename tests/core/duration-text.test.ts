import { durationText, parseDuration } from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("a duration as people write it", () => {
  test.each([
    ["1h 30m", 90],
    ["1h30m", 90],
    ["1h30", 90],
    ["1h 5", 65],
    ["1 h 30 min", 90],
    ["1 hour 30 minutes", 90],
    ["2 hrs", 120],
    ["2 h", 120],
    ["2H", 120],
    ["90m", 90],
    ["90M", 90],
    ["45 min", 45],
    ["45mins", 45],
    ["1 minute", 1],
    ["1h 75m", 135],
    ["0:45", 45],
    ["1:05", 65],
    ["01:30", 90],
    ["24:00", 1440],
    ["24h", 1440],
    ["1440m", 1440],
    ["1.5", 90],
    ["1,5", 90],
    ["1,5h", 90],
    ["1.5 hours", 90],
    ["1.0", 60],
    [".5", 30],
    [",25h", 15],
    ["0.75h", 45],
    ["  1h 30m\t", 90],
    ["1\u00a0h 30\u00a0min", 90],
  ])("%j is %i minutes", (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });

  // 1.33 h = 79.8 min, 0.575 h = 34.5 min, 1.15 h = 69 min (68.99… in binary), 0.0083 h = 0.498 min, 0.0084 h = 0.504.
  test.each([
    ["1.33h", 80],
    ["0.575", 35],
    ["1.15", 69],
    ["0.0084", 1],
    ["23.999", 1440],
  ])("%j is rounded to %i minutes, half a minute up", (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });

  test.each([
    ["1", "Write 1h or 1m."],
    ["90", "Write 90h or 90m."],
    ["007", "Write 7h or 7m."],
    ["0", "Write 0h or 0m."],
  ])("%j alone is refused, and both readings are offered", (text, next) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "DURATION_WITHOUT_UNIT", next }));
  });

  test.each([
    "0m",
    "0h",
    "0:00",
    "0.0",
    "0.0083",
    "-5m",
    "−5 min",
    "-1.5",
    "- 1h",
    "-5",
    "1441m",
    "24:01",
    "25h",
    "24.1",
    "99:00",
  ])("%j is refused: under a minute, or over a day", (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "DURATION_OUT_OF_RANGE" }));
  });

  test.each([
    "",
    " ",
    "h",
    "m",
    "abc",
    "1d",
    "1w 2h",
    "1:75",
    "1:5",
    "1h75",
    "1.5m",
    "1.5h 10m",
    "1h 30s",
    "30m 1h",
    "1e2",
    "+1h",
    "1.",
    "1h-5m",
    "1:30:00",
    "١h",
    "0x10",
    "NaN",
    "Infinity",
    "1 2h",
    "1h 30m x",
  ])("%j is refused as no duration", (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "DURATION_UNREADABLE" }));
  });

  test("is never repeated in a refusal, since people type anything into a field", () => {
    expect(() => parseDuration("Ann Example 2h")).toThrow(/^This is no duration\.$/);
  });

  test("text of any length is refused at once", () => {
    expect(() => parseDuration(`${"1".repeat(100_000)}h ${" ".repeat(100_000)}x`)).toThrow("no duration");
  });
});

describe("a duration in words", () => {
  test.each([
    [90, "1 h 30 min"],
    [45, "45 min"],
    [120, "2 h"],
    [1440, "24 h"],
    [61, "1 h 1 min"],
    [0, "0 min"],
    [-90, "−1 h 30 min"],
  ])("%i minutes: %s", (minutes, text) => {
    expect(durationText(minutes)).toBe(text);
  });

  test("is read back as the same minutes", () => {
    return fc.assert(
      fc.property(fc.integer({ min: 1, max: 1440 }), (minutes) => {
        expect(parseDuration(durationText(minutes))).toBe(minutes);
      }),
    );
  });
});
