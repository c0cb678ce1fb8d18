import {
  count,
  days,
  decimal,
  figureText,
  percent,
  shortDay,
  spanText,
  stageFigureText,
  tenths,
} from "@stageledger/core/contract/figure-text";
import { describe, expect, test } from "vitest";
import { findingText } from "../../apps/ledger/src/analyse/finding-words.ts";
import { aDuration, aFigure } from "../support/a-figure.ts";

const HOUR = 3_600_000;

describe("words for figures", () => {
  test("a duration is days from one day on, hours below, and whole days from a hundred on", () => {
    expect(days(105.6 * HOUR)).toBe("4.4 d");
    expect(days(48 * HOUR)).toBe("2.0 d");
    expect(days(24 * HOUR)).toBe("1.0 d");
    expect(days(3.2 * HOUR)).toBe("3.2 h");
    expect(days(123.4 * 24 * HOUR)).toBe("123 d");
    expect(days(-30 * HOUR)).toBe("−1.3 d");
  });

  test("zero is zero days, and what rounds to zero is still printed", () => {
    expect(days(0)).toBe("0 d");
    expect(days(60_000)).toBe("0 h");
  });

  test("numbers have one decimal below a hundred unless they are whole", () => {
    expect(decimal(6.84)).toBe("6.8");
    expect(decimal(11)).toBe("11");
    expect(decimal(99.96)).toBe("100");
    expect(decimal(1204)).toBe("1,204");
    expect(tenths(2)).toBe("2.0");
    expect(count(-1234567)).toBe("−1,234,567");
  });

  test("a share is a whole percentage", () => {
    expect(percent(0.47)).toBe("47 %");
    expect(percent(0.003)).toBe("under 1 %");
    expect(percent(0)).toBe("0 %");
  });

  test("a figure prints in its unit, and without a value the reason", () => {
    expect(figureText(aFigure({ value: 14, unit: "days" }))).toBe("14 d");
    expect(figureText(aFigure({ value: 6.84, unit: "items/week" }))).toBe("6.8 a week");
    expect(figureText(aFigure({ value: 1.26, unit: "visits" }))).toBe("1.3");
    expect(figureText(aFigure({ value: 6.84 }), (value) => value.toFixed(2))).toBe("6.84");
    expect(figureText(aFigure({ value: null, n: 6, note: "n 6: under 10" }))).toBe("n 6: under 10");
  });

  test("a stage that no item visited is a dash, one visited for no time is zero (F12)", () => {
    expect(stageFigureText(aDuration(null, { n: 0, note: "no items" }))).toBe("—");
    expect(stageFigureText(aDuration(0, { n: 12 }))).toBe("0 d");
    expect(stageFigureText(aDuration(null, { n: 6, note: "n 6: under 10" }))).toBe("n 6: under 10");
  });

  test("days are short, and a span names the year once", () => {
    expect(shortDay("2026-10-25")).toBe("25 Oct");
    expect(spanText("2026-08-31", "2026-10-25")).toBe("31 Aug – 25 Oct 2026");
    expect(spanText("2025-12-29", "2026-02-22")).toBe("29 Dec 2025 – 22 Feb 2026");
  });

  test("one finding reads as one", () => {
    expect(findingText({ kind: "unmapped-status", count: 1 })).toBe("1 unmapped status");
    expect(findingText({ kind: "unmapped-status", count: 2 })).toBe("2 unmapped statuses");
    expect(findingText({ kind: "reopened", count: 1 })).toBe("1 re-opened");
  });
});
