import { expect, test } from "vitest";
import { quarterOfThreeTeams, stageWorkedIn } from "../jira-log/quarter-of-three-teams.ts";
import { type LoggedTime, logTime } from "./log-time.ts";
import { TEAMS } from "./teams.ts";

const world = quarterOfThreeTeams({ seed: 7 });
const WEEK = 7 * 86_400_000;
const MONDAY = world.asOf - 13 * WEEK;

function quarter(project: keyof typeof TEAMS, seed = 7): readonly LoggedTime[] {
  const items = world.items.get(project) ?? [];
  return logTime(TEAMS[project], items, { seed, mondayAt: MONDAY, weeks: 13, stageOf: stageWorkedIn });
}

test("teams of 12, 7 and 4, nobody in two of them, specialists and part-timers among them", () => {
  expect(Object.values(TEAMS).map((team) => team.length)).toEqual([12, 7, 4]);
  const everybody = Object.values(TEAMS).flat();
  expect(new Set(everybody.map(({ number }) => number)).size).toBe(23);
  expect(everybody.filter(({ stages }) => stages.length === 1).length).toBe(10);
  expect(everybody.filter(({ share }) => share < 1).length).toBe(5);
});

test("the same seed logs the same, another seed another", () => {
  expect(quarter("SHOP")).toEqual(quarter("SHOP"));
  expect(quarter("SHOP", 8)).not.toEqual(quarter("SHOP"));
});

test("days have quarters of an hour and at most eight hours, on workdays of the quarter, never during leave", () => {
  for (const project of ["PAY", "SHOP", "OPS"] as const) {
    const logged = quarter(project);
    const days = Map.groupBy(logged, ({ worker, dayAt }) => `${worker.number} ${dayAt}`);
    for (const entries of days.values()) {
      const minutes = entries.reduce((sum, entry) => sum + entry.minutes, 0);
      expect(minutes).toBeLessThanOrEqual(8 * 60);
    }
    for (const { minutes, dayAt, worker } of logged) {
      expect(minutes % 15).toBe(0);
      expect([1, 2, 3, 4, 5]).toContain(new Date(dayAt).getUTCDay());
      expect(worker.leave).not.toContain(Math.floor((dayAt - MONDAY) / WEEK));
    }
  }
});

test("half days are half as long, and a specialist logs nothing but their kind of work and meetings", () => {
  const logged = quarter("PAY");
  const perDay = (number: number): number => {
    const own = logged.filter(({ worker, activity }) => worker.number === number && activity !== "meeting");
    return own.reduce((sum, { minutes }) => sum + minutes, 0) / new Set(own.map(({ dayAt }) => dayAt)).size;
  };
  // Worker 1 builds all day, worker 3 half days.
  expect(perDay(3) / perDay(1)).toBeGreaterThan(0.45);
  expect(perDay(3) / perDay(1)).toBeLessThan(0.55);
  const activities = new Set(logged.filter(({ worker }) => worker.number === 1).map(({ activity }) => activity));
  expect([...activities].sort()).toEqual(["build", "meeting"]);
});
