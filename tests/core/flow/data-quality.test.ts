import { Findings } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { findingsTouching, KeySample } from "../../../packages/core/src/flow/data-quality.ts";
import { flowOn } from "../../support/a-report.ts";
import { aChange, anItem, anItemStarted, copies } from "../../support/an-item.ts";
import { GOLDEN_ITEM } from "../../support/golden-item.ts";

function numbered(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `PAY-${first + i}`);
}

describe("findings", () => {
  test("have a kind, a count and the first 20 keys in natural order, however they came", () => {
    const findings = new Findings();
    for (const key of numbered(1, 30).toReversed()) findings.add("reopened", key);
    findings.add("backward-move", "PAY-3");
    expect(findings.list()).toEqual([
      { kind: "backward-move", count: 1, keys: ["PAY-3"] },
      { kind: "reopened", count: 30, keys: numbered(1, 20) },
    ]);
  });

  test("count a key that many items share once", () => {
    const findings = new Findings();
    for (const id of ["5", "7", "5"]) findings.addOnce("unmapped-status", id);
    findings.addOnce("renamed-status", "5");
    expect(findings.list()).toEqual([
      { kind: "renamed-status", count: 1, keys: ["5"] },
      { kind: "unmapped-status", count: 2, keys: ["5", "7"] },
    ]);
  });

  test("about the whole have no keys", () => {
    const findings = new Findings();
    findings.note("survivor-bias", 4);
    expect(findings.list()).toEqual([{ kind: "survivor-bias", count: 4, keys: [] }]);
  });

  test("keep the same 20 keys in every order", () => {
    const orders = [numbered(1, 45), numbered(1, 45).toReversed(), [...numbered(23, 45), ...numbered(1, 22)]];
    for (const order of orders) {
      const sample = new KeySample();
      for (const key of order) sample.add(key);
      expect([sample.count, sample.keys]).toEqual([45, numbered(1, 20)]);
    }
  });

  test("of two samples are one: all are counted, the first 20 shown", () => {
    const findings = new Findings();
    for (const [first, last] of [
      [26, 50],
      [1, 25],
    ] as const) {
      const sample = new KeySample();
      for (const key of numbered(first, last)) sample.add(key);
      findings.addAll("skipped-stage", sample);
    }
    expect(findings.list()).toEqual([{ kind: "skipped-stage", count: 50, keys: numbered(1, 20) }]);
  });

  test("touch the numbers of their rules, when they are there", () => {
    const present = new Set(["reopened", "unmapped-status", "survivor-bias"] as const);
    expect(findingsTouching("F5", present)).toEqual(["reopened", "survivor-bias"]);
    expect(findingsTouching("F11", present)).toEqual(["reopened", "unmapped-status"]);
    expect(findingsTouching("F16", present)).toEqual([]);
    expect(findingsTouching("F5", new Set())).toEqual([]);
  });
});

describe("findings in a report", () => {
  test("ten golden items moved back, were re-opened and finished together (E1, E2, E20)", () => {
    const flow = flowOn(copies(10, GOLDEN_ITEM));
    const keys = numbered(1, 10);
    expect(flow.findings).toEqual([
      { kind: "backward-move", count: 10, keys },
      { kind: "batch-closing", count: 10, keys: [] },
      { kind: "reopened", count: 10, keys },
    ]);
  });

  test("they skipped Test as well, where their project uses it (E4)", () => {
    const tested = (project: string): ReturnType<typeof anItemStarted> => ({
      ...anItemStarted(["2026-09-08T09:00", "Test"], ["2026-09-09T09:00", "Review"], ["2026-09-10T09:00", "Build"]),
      key: `${project}-99`,
      project,
    });
    const skippedOn = (project: string): unknown =>
      flowOn([...copies(10, GOLDEN_ITEM), tested(project)]).findings.find(({ kind }) => kind === "skipped-stage");
    expect(skippedOn("PAY")).toEqual({ kind: "skipped-stage", count: 10, keys: numbered(1, 10) });
    expect(skippedOn("WEB")).toBeUndefined();
  });

  test("stand at each number that they touch", () => {
    const flow = flowOn(copies(10, GOLDEN_ITEM));
    expect(flow.cycleTime.p85.findings).toEqual(["reopened"]);
    expect(flow.stages[1]?.median.findings).toEqual(["reopened", "backward-move"]);
    expect(flow.leadTime.p85.findings).toEqual(["reopened"]);
  });

  test("carry the doubts about an item's history (E15, E16)", () => {
    const [gap, clock, early, lost, short, other] = [
      anItem({
        changes: [aChange("2026-09-08T09:00", "Build", "Done", 1), aChange("2026-09-09T09:00", "Build", "Done", 2)],
      }),
      anItem({
        changes: [aChange("2026-09-08T09:00", "Backlog", "Build", 1), aChange("2026-09-08T08:00", "Build", "Done", 2)],
        currentStatus: "Done",
      }),
      anItem({ changes: [aChange("2026-09-01T09:00", "Backlog", "Build", 1)] }),
      anItem({ currentStatus: "Backlog", hasHistory: false }),
      anItem({ isTruncated: true }),
      anItem({ changes: [aChange("2026-09-08T09:00", "Backlog", "Build", 1)], currentStatus: "Test" }),
    ];
    const kinds = [gap, clock, early, lost, short, other].map((facts) =>
      flowOn([facts]).findings.map(({ kind }) => kind),
    );
    expect(kinds).toEqual([
      expect.arrayContaining(["history-gap"]),
      expect.arrayContaining(["clock-fault"]),
      ["change-before-creation"],
      ["no-history"],
      ["history-truncated"],
      ["status-mismatch"],
    ]);
  });

  test("are none for a clean item", () => {
    const clean = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Review"],
      ["2026-09-10T09:00", "Test"],
      ["2026-09-11T09:00", "Done"],
    );
    expect(flowOn([clean]).findings).toEqual([]);
  });
});
