import { parseEntryDate, ReportZone, StageMap, type StageMapInput } from "@stageledger/core";
import { expect, test } from "vitest";
import { onlyAdds, stageMapStart } from "../../../packages/sync/src/stages/stage-map-start.ts";

const STAGES: StageMapInput["stages"] = [
  { name: "Build", kind: "active", statuses: ["jira:1"] },
  { name: "Done", kind: "done", statuses: ["jira:2"] },
];
const FROM = Date.UTC(2026, 0, 5);
const FIRST = new StageMap({ version: 1, effectiveFrom: FROM, origin: "given", commitment: "Build", stages: STAGES });
const zone = ReportZone.find("Europe/Berlin") ?? expect.fail("no such zone");
/** A Wednesday. Its period is September: the weeks of 31 August to 27 September. */
const NOW = Date.UTC(2026, 8, 16, 10);

const ADDING = {
  commitment: "Build",
  stages: [
    { name: "Idea", kind: "waiting", statuses: ["asana:1"] },
    { name: "Build", kind: "active", statuses: ["jira:1", "asana:2"] },
    { name: "Done", kind: "done", statuses: ["jira:2"] },
  ],
  blockedStatuses: [],
} as const;
const MOVING = { ...ADDING, stages: [{ name: "Build", kind: "active", statuses: ["jira:1", "jira:2"] }] } as const;

const moment = (lastClosed: string | undefined) => ({
  zone,
  lastClosedWeek: lastClosed === undefined ? undefined : parseEntryDate(lastClosed),
  now: NOW,
});

test("the first version holds since ever", () => {
  expect(stageMapStart(undefined, ADDING, moment("2026-08-24"))).toBeUndefined();
});

test("what only adds holds as long as the version that it adds to, also over closed weeks", () => {
  expect(stageMapStart(FIRST, ADDING, moment("2026-09-07"))).toBe(FROM);
});

test("what moves something holds as long while no week is closed: nothing was published by the mistake", () => {
  expect(stageMapStart(FIRST, MOVING, moment(undefined))).toBe(FROM);
});

test("then it holds from the first period of which no week is closed, in the ledger's time zone", () => {
  expect(stageMapStart(FIRST, MOVING, moment("2026-08-24"))).toBe(Date.UTC(2026, 7, 30, 22));
});

test("and from now where a week of this period is closed already", () => {
  expect(stageMapStart(FIRST, MOVING, moment("2026-08-31"))).toBe(NOW);
});

test.each<[string, Partial<StageMapInput>]>([
  ["another kind", { stages: [{ name: "Build", kind: "waiting", statuses: ["jira:1"] }, ...STAGES.slice(1)] }],
  ["another start of the clock", { commitment: "Idea", stages: ADDING.stages }],
  ["another order", { stages: STAGES.toReversed() }],
  ["a status less", { stages: [{ name: "Build", kind: "active", statuses: [] }, ...STAGES.slice(1)] }],
  ["a stage less", { stages: STAGES.slice(0, 1) }],
])("%s is more than adding", (_name, change) => {
  expect(onlyAdds(FIRST, { commitment: "Build", stages: STAGES, blockedStatuses: [], ...change })).toBe(false);
});
