/** The simulated Jira site of a run: its projects, which of them were chosen, and what its statuses are called in the ledger. */
import type { World } from "../../simulators/jira/world.ts";
import type { StatusesByStage } from "../stages.ts";

/** A project that was chosen. */
interface ChosenProject {
  readonly id: string;
  readonly key: string;
  /** The ledger's. */
  readonly project: string;
}

export interface SitePlan {
  readonly chosen: readonly ChosenProject[];
  /** A project that was not. */
  readonly outside: string;
  readonly statuses: StatusesByStage;
  /** Where issues begin. */
  readonly first: string;
  /** All of every workflow. */
  readonly all: readonly string[];
  /** Two of one stage each: a change of workflows makes one into the other. When it was noticed moves no minute then. */
  readonly twins: readonly (readonly [string, string])[];
  /** A status that somebody will delete, and where its issues go; of one stage, too. */
  readonly doomed: readonly { readonly status: string; readonly moveTo: string }[];
}

/** Two projects that are one each of the ledger's, the first also one of another tool, and one that nobody chose. */
export function buildSite(world: World): SitePlan {
  const [toDo, triage] = [world.createStatus("To Do", "new"), world.createStatus("Triage", "new")];
  const [build, pairing] = [
    world.createStatus("In Progress", "indeterminate"),
    world.createStatus("Pairing", "indeterminate"),
  ];
  const [review, check] = [
    world.createStatus("In Review", "indeterminate"),
    world.createStatus("Check", "indeterminate"),
  ];
  const [oldBuild, oldReview] = [
    world.createStatus("Hacking", "indeterminate"),
    world.createStatus("Four eyes", "indeterminate"),
  ];
  // In no stage: its time is Unmapped.
  const parked = world.createStatus("Parked", "indeterminate");
  const done = world.createStatus("Done", "done");
  const named = (...ids: readonly string[]): string[] => ids.map((id) => `jira:${id}`);
  return {
    chosen: [
      { id: world.createProject("ORD", { name: "Orders" }), key: "ORD", project: "Orders" },
      { id: world.createProject("WEB", { name: "Website" }), key: "WEB", project: "Website" },
    ],
    outside: world.createProject("FUN", { name: "Summer party" }),
    statuses: {
      backlog: named(toDo, triage),
      build: named(build, pairing, oldBuild),
      review: named(review, check, oldReview),
      done: named(done),
    },
    first: toDo,
    all: [toDo, triage, build, pairing, review, check, oldBuild, oldReview, parked, done],
    twins: [
      [toDo, triage],
      [build, pairing],
      [review, check],
    ],
    doomed: [
      { status: oldBuild, moveTo: build },
      { status: oldReview, moveTo: review },
    ],
  };
}
