/** A board shows a line in statuses. The same run can be shown on both styles. */
import type { Stage } from "@stageledger/core";
import type { Line, Phase } from "./line.ts";

/** "merged": one status a stage, queue and work not told apart. "separate": "Ready for X" before each "X". */
export type Style = "merged" | "separate";

export interface Board {
  readonly style: Style;
  readonly stages: readonly Stage[];
  /** Name of the commitment stage. */
  readonly commitment: string;
  readonly backlogStatus: string;
  readonly doneStatus: string;
  /** Status that shows an item in this phase of the line's stage. */
  readonly statusOf: (stage: number, phase: Phase) => string;
  /** Statuses that say "in work" (on a merged board: any stage's). */
  readonly workStatuses: ReadonlySet<string>;
}

const BACKLOG = "Backlog";
const DONE = "Done";

function waitingName(stage: string): string {
  return `Ready for ${stage}`;
}

/** `statusId` turns a status name into the vendor's id; by default a lower-case word. */
export function boardOf(line: Line, style: Style, statusId: (name: string) => string = wordId): Board {
  const names = line.stages.map((stage) => stage.name);
  const columns: Stage[] = names.flatMap((name): Stage[] => {
    const work: Stage = { name, kind: "active", statuses: [statusId(name)] };
    if (style === "merged") return [work];
    return [{ name: waitingName(name), kind: "waiting", statuses: [statusId(waitingName(name))] }, work];
  });
  return {
    style,
    stages: [
      { name: BACKLOG, kind: "waiting", statuses: [statusId(BACKLOG)] },
      ...columns,
      { name: DONE, kind: "done", statuses: [statusId(DONE)] },
    ],
    commitment: columns[0]?.name ?? DONE,
    backlogStatus: statusId(BACKLOG),
    doneStatus: statusId(DONE),
    statusOf: (stage, phase) => {
      const name = names[stage];
      if (name === undefined) throw new RangeError(`no stage at ${stage}`);
      return statusId(style === "separate" && phase === "waiting" ? waitingName(name) : name);
    },
    workStatuses: new Set(names.map(statusId)),
  };
}

function wordId(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}
