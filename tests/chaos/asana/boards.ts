/** The simulated workspace of a run: which projects there are, which were chosen, and what their columns are called in the ledger. */
import type { EnumField } from "../../simulators/asana/records.ts";
import type { World } from "../../simulators/asana/world.ts";
import type { StatusesByStage } from "../stages.ts";

/** A project that was chosen. */
export interface Board {
  readonly gid: string;
  /** The ledger's. */
  readonly project: string;
  /** Its options are the stages then, instead of the sections. */
  readonly field: EnumField | undefined;
}

export interface Boards {
  readonly workspace: string;
  readonly chosen: readonly Board[];
  /** A project that was not. */
  readonly outside: string;
  readonly statuses: StatusesByStage;
}

/** Two Asana projects that are one of the ledger, one whose stages are a field's options, and one that nobody chose. */
export function buildBoards(world: World): Boards {
  const workspace = world.createWorkspace("Hollow Oak");
  const orders = world.createProject(workspace, "Orders", ["To do", "Build", "Review", "Parked", "Done"]);
  const intake = world.createProject(workspace, "Intake", ["Inbox", "Doing", "Done"]);
  const payments = world.createProject(workspace, "Payments", ["This week", "Later"]);
  const field = world.createEnumField([payments], "Stage", ["Queue", "Work", "Check", "Shipped"]);
  const outside = world.createProject(workspace, "Summer party", ["Ideas", "Settled"]);
  const [toDo, build, review, , done] = world.sectionsOf(orders).map(statusOf);
  const [inbox, doing, over] = world.sectionsOf(intake).map(statusOf);
  const [queue, work, check, shipped] = field.options.map(statusOf);
  return {
    workspace,
    outside,
    chosen: [
      { gid: orders, project: "Orders", field: undefined },
      { gid: intake, project: "Orders", field: undefined },
      { gid: payments, project: "Payments", field },
    ],
    // "Parked" is in no stage: its time is Unmapped.
    statuses: {
      backlog: named(toDo, inbox, queue, `asana:${field.gid}.empty`),
      build: named(build, doing, work),
      review: named(review, check),
      done: named(done, over, shipped, "asana:completed"),
    },
  };
}

function statusOf({ gid }: { readonly gid: string }): string {
  return `asana:${gid}`;
}

function named(...statuses: readonly (string | undefined)[]): string[] {
  return statuses.filter((status) => status !== undefined);
}
