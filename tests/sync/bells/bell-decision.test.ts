import { type ErrorCode, StageledgerError } from "@stageledger/core";
import { describe, expect, it } from "vitest";
import { bellDecision } from "../../../packages/sync/src/bells/bell-decision.ts";

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["ASANA_RATE_LIMITED", "ASANA_UNREACHABLE"]);
const NOW = Date.UTC(2026, 8, 7, 10);
const coded = (code: ErrorCode) => new StageledgerError(code, "It failed.");
const system = (code: string) => Object.assign(new Error("It broke."), { code });

describe("what happens to a bell that could not be answered", () => {
  it.each<ErrorCode>([
    "ASANA_RATE_LIMITED",
    "ASANA_UNREACHABLE",
    "CONNECTION_UNKNOWN",
    "MASTER_KEY_WRONG",
    "DATABASE_UNREACHABLE",
  ])("rings again as long as it takes after %s", (errorCode) => {
    expect(bellDecision(coded(errorCode), 5, PASSING, 0, NOW)).toEqual({
      action: "again",
      dueAt: NOW + 80_000,
      errorCode,
    });
    expect(bellDecision(coded(errorCode), 500, PASSING, 0, NOW)).toEqual({
      action: "again",
      dueAt: NOW + 3_600_000,
      errorCode,
    });
  });

  it.each<ErrorCode>(["ASANA_WRONG_SHAPE", "FACT_CONFLICT", "ASANA_REFUSED"])(
    "is parked at the fifth failure by %s",
    (errorCode) => {
      expect(bellDecision(coded(errorCode), 4, PASSING, 0, NOW)).toEqual({
        action: "again",
        dueAt: NOW + 40_000,
        errorCode,
      });
      expect(bellDecision(coded(errorCode), 5, PASSING, 0, NOW)).toEqual({ action: "park", errorCode });
    },
  );

  it("is parked at the fifth failure by what nobody expected, whose text is not kept", () => {
    const decision = bellDecision(new TypeError("zq001 is not a function"), 5, PASSING, 0, NOW);
    expect(decision).toEqual({ action: "park", errorCode: "UNEXPECTED" });
    expect(bellDecision("thrown text", 5, PASSING, 0, NOW)).toEqual({ action: "park", errorCode: "UNEXPECTED" });
  });

  it.each(["ECONNREFUSED", "ECONNRESET", "57P01", "57P03", "08006", "40001", "40P01"])(
    "waits for a database that went away or gave way (%s), also behind another error",
    (code) => {
      const wrapped = new Error("The query failed.", { cause: system(code) });
      for (const error of [system(code), wrapped]) {
        expect(bellDecision(error, 50, PASSING, 0, NOW)).toEqual({
          action: "again",
          dueAt: NOW + 3_600_000,
          errorCode: "DATABASE_UNREACHABLE",
        });
      }
    },
  );

  it("does not take a broken rule of the database for an outage", () => {
    expect(bellDecision(system("23505"), 5, PASSING, 0, NOW)).toEqual({ action: "park", errorCode: "UNEXPECTED" });
  });

  it("doubles the wait from 5 s up to an hour, up to 30 % less by chance", () => {
    const dueIn = (attempt: number, random: number) => {
      const decision = bellDecision(coded("ASANA_UNREACHABLE"), attempt, PASSING, random, NOW);
      return decision.action === "again" ? decision.dueAt - NOW : undefined;
    };
    const waits = [1, 2, 3, 4, 5, 10, 11].map((attempt) => dueIn(attempt, 0));
    expect(waits).toEqual([5000, 10_000, 20_000, 40_000, 80_000, 2_560_000, 3_600_000]);
    // A fifth of the way from 20 s to the 14 s that are 30 % less.
    expect(dueIn(3, 0.2)).toBe(18_800);
  });
});
