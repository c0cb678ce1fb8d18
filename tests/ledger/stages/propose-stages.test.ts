import {
  buildTimeline,
  FirstEntryPlaces,
  type Stage,
  type StageMap,
  type Status,
  type StatusCategory,
} from "@stageledger/core";
import { MOST_STAGES } from "@stageledger/core/contract/stages";
import type { StageProposal } from "@stageledger/sync";
import { describe, expect, test } from "vitest";
import { proposeStages } from "../../../apps/ledger/src/stages/propose-stages.ts";
import { aStage, aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { utc } from "../../support/moments.ts";

const aStatus = (id: string, name: string, category: StatusCategory, overrides: Partial<Status> = {}): Status => ({
  ...{ id, name, category, categoryFrom: "source", formerNames: [], deleted: false, inUse: true },
  ...overrides,
});

/** Of items that went through these statuses, one day after the other. */
function entered(...paths: readonly (readonly string[])[]): FirstEntryPlaces {
  const places = new FirstEntryPlaces();
  for (const [first = "", ...others] of paths) {
    const steps = others.map((status, i): Step => [`2026-09-${String(i + 8).padStart(2, "0")}`, status]);
    const timeline = buildTimeline(anItemThatWent([["2026-09-07", first], ...steps]), utc("2026-11-02"));
    if (timeline !== undefined) places.add(timeline);
  }
  return places;
}

function propose(
  latest: StageMap | undefined,
  statuses: readonly Status[],
  places: FirstEntryPlaces,
): StageProposal | undefined {
  return proposeStages(latest, new Map(statuses.map((status) => [status.id, status])), places);
}

/** `To Do waiting 1,4`. */
const shown = ({ name, kind, statuses }: Stage): string => `${name} ${kind} ${statuses.join(",")}`;
const stagesOf = (proposal: StageProposal | undefined): readonly string[] => (proposal?.stages ?? []).map(shown);

const TO_DO = aStatus("1", "To Do", "new");
const BUILD = aStatus("2", "Build", "indeterminate");
const REVIEW = aStatus("3", "Review", "indeterminate");
const DONE = aStatus("4", "Done", "done");

describe("where there are no stages", () => {
  test("they come in the order in which items go through them, and the clock starts with the first work", () => {
    const proposal = propose(undefined, [REVIEW, DONE, BUILD, TO_DO], entered(["1", "2", "3", "4"]));
    expect(stagesOf(proposal)).toEqual(["To Do waiting 1", "Build active 2", "Review active 3", "Done done 4"]);
    expect(proposal).toMatchObject({ commitment: "Build", blockedStatuses: [] });
  });

  test("statuses that mean the same are one stage, whichever source or project they are of", () => {
    const statuses = [
      TO_DO,
      BUILD,
      DONE,
      aStatus("11", "Todo", "new"),
      aStatus("12", "In Development", "indeterminate"),
    ];
    const proposal = propose(undefined, statuses, entered(["1", "2", "4"], ["11", "12", "4"]));
    expect(stagesOf(proposal)).toEqual(["To Do waiting 1,11", "Build active 2,12", "Done done 4"]);
  });

  test("done ones are one stage; those that sound withdrawn are one of that kind, at the end", () => {
    const statuses = [BUILD, aStatus("7", "Won't do", "done"), DONE, aStatus("8", "Closed", "done")];
    const proposal = propose(undefined, statuses, entered(["2", "4"], ["2", "7"], ["2", "4", "8"]));
    expect(stagesOf(proposal)).toEqual(["Build active 2", "Done done 4,8", "Won't do withdrawn 7"]);
  });

  test("where work waits or is blocked, the name says", () => {
    const statuses = [BUILD, aStatus("5", "Waiting for QA", "indeterminate"), aStatus("6", "Blocked", "indeterminate")];
    const proposal = propose(undefined, statuses, entered(["2", "5", "6"]));
    expect(stagesOf(proposal)).toEqual(["Build active 2", "Waiting for QA waiting 5", "Blocked waiting 6"]);
    expect(proposal?.blockedStatuses).toEqual(["6"]);
  });

  test("one that no item was in is no stage, but may join one; where no item was in any, all are stages", () => {
    const unused = [
      aStatus("20", "Analysis", "indeterminate"),
      aStatus("21", "to do", "new"),
      aStatus("22", "Shipped", "done"),
    ];
    const all = [TO_DO, BUILD, DONE, ...unused];
    expect(stagesOf(propose(undefined, all, entered(["1", "2", "4"])))).toEqual([
      "To Do waiting 1,21",
      "Build active 2",
      "Done done 4,22",
    ]);
    expect(stagesOf(propose(undefined, all, entered()))).toEqual([
      "To Do waiting 1,21",
      "Build active 2",
      "Analysis active 20",
      "Done done 4,22",
    ]);
  });

  test("where nothing is worked on the clock starts where work waits; where all is done, nothing is proposed", () => {
    expect(propose(undefined, [TO_DO, DONE], entered(["1", "4"]))?.commitment).toBe("To Do");
    expect(propose(undefined, [DONE], entered(["4"]))).toBeUndefined();
    expect(propose(undefined, [], entered())).toBeUndefined();
  });
});

describe("where there are stages", () => {
  const OURS = aStageMap({
    stages: [
      aStage("Backlog", "waiting", { statuses: ["1"] }),
      aStage("Make", "active", { statuses: ["2"], limit: 3 }),
      aStage("Check", "active", { statuses: ["3"] }),
      aStage("Gone live", "done", { statuses: ["4"] }),
    ],
    commitment: "Make",
    blockedStatuses: ["3"],
  });
  const ALL = [TO_DO, BUILD, REVIEW, DONE];

  test("without anything new they are proposed as they are", () => {
    const proposal = propose(OURS, ALL, entered(["1", "2", "3", "4"]));
    expect(proposal).toEqual({ commitment: "Make", stages: OURS.stages, blockedStatuses: ["3"] });
  });

  test("what is mapped stays where it is, also where its name or category says otherwise", () => {
    const statuses = [aStatus("1", "Done", "done"), BUILD, REVIEW, aStatus("4", "To Do", "new")];
    expect(propose(OURS, statuses, entered(["1", "2", "3", "4"]))?.stages).toEqual(OURS.stages);
  });

  test("new ones come between those that items go through before and after them, new work before the commitment", () => {
    const more = [
      aStatus("5", "Pack", "indeterminate"),
      aStatus("6", "Ideas", "new"),
      aStatus("7", "Ship", "indeterminate"),
    ];
    const proposal = propose(OURS, [...ALL, ...more], entered(["6", "1", "2", "5", "3", "7", "4"]));
    expect(proposal?.stages.map(({ name }) => name)).toEqual([
      ...["Ideas", "Backlog", "Make", "Pack", "Check", "Ship", "Gone live"],
    ]);
    expect(proposal?.commitment).toBe("Make");
  });

  test("a new one joins the stage in which another of its meaning is, and never one of an end where it is open", () => {
    const more = [
      aStatus("5", "Code review", "indeterminate"),
      aStatus("6", "Erledigt", "done"),
      aStatus("7", "Gone live", "new"),
    ];
    const proposal = propose(OURS, [...ALL, ...more], entered(["7", "1", "2", "5", "6"]));
    expect(stagesOf(proposal)).toEqual([
      "Gone live (7) waiting 7",
      "Backlog waiting 1",
      "Make active 2",
      "Check active 3,5",
      "Gone live done 4,6",
    ]);
  });

  test("one that was deleted and that nobody can place stays without a stage", () => {
    const gone = aStatus("9", "9", "new", { deleted: true, categoryFrom: "unknown" });
    expect(propose(OURS, [...ALL, gone], entered(["9", "2", "4"]))?.stages).toEqual(OURS.stages);
  });

  test("there are no more than can be put", () => {
    const many = Array.from({ length: MOST_STAGES }, (_, i) => aStatus(`m${i}`, `Step ${i}`, "indeterminate"));
    const proposal = propose(OURS, [...ALL, ...many], entered(...many.map(({ id }) => [id])));
    expect(proposal?.stages).toHaveLength(MOST_STAGES);
  });
});
