/**
 * A team of the simulated pipelines at work in the fake Asana: tasks move from section to section and people log time on them,
 * each at its instant. It can be played up to any moment, so that the product may connect in the middle.
 */
import type { ItemFacts } from "@stageledger/core";
import type { LoggedTime } from "../people/log-time.ts";
import type { SimulatedClock } from "./simulated-clock.ts";
import type { World } from "./world.ts";

export interface TeamScript {
  readonly name: string;
  /** Sections from left to right, by the status of the items that each stands for. */
  readonly sectionNameByStatus: ReadonlyMap<string, string>;
  readonly items: readonly ItemFacts[];
  readonly logged: readonly LoggedTime[];
}

export interface PlayedTeam {
  readonly workspace: string;
  readonly project: string;
  readonly sectionByStatus: ReadonlyMap<string, string>;
  /** Does all that happens up to the instant, and leaves the clock there. */
  playUntil(instant: number): void;
}

interface Deed {
  readonly at: number;
  readonly happen: () => void;
}

/** People log the day's work at its end. */
const EVENING_MS = 17 * 3_600_000;

export function playTeam(world: World, clock: SimulatedClock, script: TeamScript): PlayedTeam {
  const workspace = world.createWorkspace();
  const project = world.createProject(workspace, script.name, [...script.sectionNameByStatus.values()]);
  const sections = world.sectionsOf(project);
  const sectionByStatus = new Map(
    [...script.sectionNameByStatus.keys()].map((status, place) => [status, sections[place]?.gid ?? ""]),
  );
  const taskByItem = new Map<string, string>();
  const userByWorker = new Map<number, string>();
  const categories = new Map<string, string>();

  const sectionOf = (status: string | undefined): string | undefined => sectionByStatus.get(status ?? "");
  const userOf = (worker: number): string => remembered(userByWorker, worker, () => world.createUser());
  const categoryOf = (name: string): string => remembered(categories, name, () => world.createCategory(name));

  const deedsOf = (item: ItemFacts): Deed[] => {
    const changes = item.changes.toSorted((a, b) => a.at - b.at || a.sequence - b.sequence);
    const start = sectionOf(changes[0]?.from ?? item.currentStatus);
    return [
      {
        at: Math.round(item.createdAt),
        happen: () =>
          taskByItem.set(item.id, world.createTask({ project, ...(start === undefined ? {} : { section: start }) })),
      },
      ...changes.map(({ at, to }) => ({
        at: Math.round(Math.max(at, item.createdAt)),
        happen: () => {
          const section = sectionOf(to);
          if (section !== undefined) world.moveToSection(taskByItem.get(item.id) ?? "", section);
        },
      })),
    ];
  };
  const deedOf = ({ worker, item, dayAt, minutes, activity }: LoggedTime): Deed => ({
    at: dayAt + EVENING_MS,
    happen: () => {
      const enteredOn = new Date(dayAt).toISOString().slice(0, 10);
      const category = categoryOf(activity);
      world.logTime(taskByItem.get(item.id) ?? "", { minutes, enteredOn, category, by: userOf(worker.number) });
    },
  });
  // The sort is stable: of one instant a task's deeds stay in their order.
  const deeds = [...script.items.flatMap(deedsOf), ...script.logged.map(deedOf)].sort((a, b) => a.at - b.at);

  return {
    workspace,
    project,
    sectionByStatus,
    playUntil: (instant) => {
      for (let next = deeds[0]; next !== undefined && next.at <= instant; next = deeds[0]) {
        deeds.shift();
        clock.advanceTo(next.at);
        next.happen();
      }
      clock.advanceTo(instant);
    },
  };
}

function remembered<K>(known: Map<K, string>, key: K, make: () => string): string {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
