import { expect, test } from "vitest";
import { SimulatedClock } from "../asana/simulated-clock.ts";
import { quarterOfThreeTeams, stageWorkedIn } from "../jira-log/quarter-of-three-teams.ts";
import { logTime } from "../people/log-time.ts";
import { TEAMS } from "../people/teams.ts";
import { playTeams } from "./play-team.ts";
import { trueItems, trueWorklogs } from "./truth.ts";
import { World } from "./world.ts";

const WEEK = 7 * 86_400_000;
const quarter = quarterOfThreeTeams({ seed: 7 });
const issues = quarter.issues.filter(({ fields }) => fields.project.key !== "OPS");
const shop = logTime(TEAMS.SHOP, quarter.items.get("SHOP") ?? [], {
  seed: 7,
  mondayAt: quarter.asOf - 13 * WEEK,
  weeks: 13,
  stageOf: stageWorkedIn,
});

function played() {
  const clock = new SimulatedClock(new Date(quarter.asOf - 26 * WEEK).toISOString());
  const world = new World({ now: clock.now });
  const teams = playTeams(world, clock, { statuses: quarter.statuses, issues, logged: shop });
  return { clock, world, teams };
}

test("played to the end, every item has the log's key, status, resolution, moves and flags, each at its instant", () => {
  const { world, clock, teams } = played();
  teams.playUntil(quarter.asOf);
  expect(clock.now()).toBe(quarter.asOf);
  expect([...teams.projectByKey]).toEqual([
    ["PAY", "20001"],
    ["SHOP", "20002"],
  ]);
  const told = [...(quarter.items.get("PAY") ?? []), ...(quarter.items.get("SHOP") ?? [])].map((item) => ({
    issue: item.id,
    key: item.key,
    currentStatus: item.currentStatus,
    changes: item.changes.map(({ at, to }) => ({ at: Math.trunc(at), to })),
    flags: item.blocks.map(({ at, begins }) => [Math.trunc(at), begins]).sort(),
  }));
  const shown = trueItems(world).map(({ issue, key, currentStatus, changes, blockings }) => ({
    issue,
    key,
    currentStatus,
    changes: changes.map(({ at, to }) => ({ at, to })),
    flags: blockings.map(({ at, begins }) => [at, begins]).sort(),
  }));
  const byId = (a: { readonly issue: string }, b: { readonly issue: string }) => Number(a.issue) - Number(b.issue);
  expect(shown.sort(byId)).toEqual(told.sort(byId));
  const resolutions = new Map(issues.map(({ id, fields }) => [id, fields.resolution?.name]));
  expect(trueItems(world).filter(({ issue, resolution }) => resolution !== resolutions.get(issue))).toEqual([]);
});

test("the hours are those that people logged, on the issues of their team", () => {
  const { world, teams } = played();
  teams.playUntil(quarter.asOf);
  const worklogs = trueWorklogs(world);
  expect(worklogs).toHaveLength(shop.length);
  const sum = (rows: readonly { readonly minutes: number }[]) => rows.reduce((all, { minutes }) => all + minutes, 0);
  expect(sum(worklogs)).toBe(sum(shop));
  expect(new Set(worklogs.map(({ project }) => project))).toEqual(new Set(["20002"]));
  expect(new Set(worklogs.map(({ account }) => account)).size).toBe(7);
});

test("it can be stopped at any moment and gone on with, and a status that nobody uses any more is deleted", () => {
  const { world, teams } = played();
  teams.playUntil(quarter.asOf - 13 * WEEK);
  const halfway = world.issues.size;
  expect(halfway).toBeGreaterThan(50);
  expect(halfway).toBeLessThan(issues.length);
  expect(trueWorklogs(world)).toEqual([]);
  teams.playUntil(quarter.asOf);
  expect(world.issues.size).toBe(issues.length);
  expect([...world.statuses.values()].filter(({ isDeleted }) => isDeleted).map(({ name }) => name)).toEqual([
    "Triage (old)",
  ]);
});
