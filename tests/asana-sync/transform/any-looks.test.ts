/** Lives of a task made up by chance, read as often and in whichever order: what is recorded is the life, each time. */
import { buildTimeline, type ItemPart, type StageChange } from "@stageledger/core";
import type { SeenItem } from "@stageledger/db";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AsanaStory, AsanaTask } from "../../../apps/asana-sync/src/asana/schemas.ts";
import { type FoundItem, settled } from "../../../apps/asana-sync/src/asana/settle.ts";
import { taskFacts } from "../../../apps/asana-sync/src/asana/task-facts.ts";
import { added, aTask, chosenProjects, completed, moved, removed, reopened } from "../../support/asana/a-task.ts";
import { HOUR, utc } from "../../support/moments.ts";

const SECTIONS = ["To do", "Build", "Done"] as const;
const PROJECTS = chosenProjects("P");
const BEGIN = utc("2026-09-07");

type Deed = "move" | "turn" | "leave";
interface Moment {
  readonly task: AsanaTask;
  readonly stories: readonly AsanaStory[];
  readonly at: number;
}

/** What was true, by a model of its own: from which instant the task was in which status, "gone" while out of the project. */
interface Life {
  readonly moments: readonly Moment[];
  readonly truth: readonly (readonly [at: number, status: string])[];
}

/** One deed an hour. @param deeds each with a number that picks a section */
function live(deeds: readonly (readonly [Deed, number])[]): Life {
  let place: number | undefined = 0;
  let completedAt: number | undefined;
  const stories: AsanaStory[] = [added(text(BEGIN), "P")];
  const truth: [number, string][] = [];
  const moments: Moment[] = [];
  const happened = (at: number): void => {
    const section = SECTIONS[place ?? 0] ?? "";
    const status = place === undefined ? "gone" : completedAt === undefined ? `asana:P.${section}` : "asana:completed";
    if (truth.at(-1)?.[1] !== status) truth.push([at, status]);
    const task = aTask({
      created_at: BEGIN,
      memberships: place === undefined ? [] : [["P", section]],
      completed_at: completedAt,
    });
    moments.push({ task, stories: [...stories], at });
  };
  happened(BEGIN);
  deeds.forEach(([deed, pick], number) => {
    const at = BEGIN + (number + 1) * HOUR;
    if (deed === "turn") {
      completedAt = completedAt === undefined ? at : undefined;
      stories.push(completedAt === undefined ? reopened(text(at)) : completed(text(at)));
    } else if (deed === "leave") {
      stories.push(place === undefined ? added(text(at), "P") : removed(text(at), "P"));
      place = place === undefined ? 0 : undefined;
    } else if (place !== undefined) {
      const to: number = (place + 1 + (pick % 2)) % SECTIONS.length;
      stories.push(moved(text(at), "P", SECTIONS[place] ?? "", SECTIONS[to] ?? ""));
      place = to;
    }
    happened(at);
  });
  return { moments, truth };
}

const text = (instant: number): string => new Date(instant).toISOString().slice(0, -1);

const lives = fc
  .array(fc.tuple(fc.constantFrom<Deed>("move", "move", "turn", "leave"), fc.nat(5)), { maxLength: 14 })
  .map((deeds) => live(deeds));

/** Undefined when the task never was in the project, as far as this look can tell. @param wasIn what the look before found */
function lookAt({ task, stories, at }: Moment, wasIn = false): FoundItem | undefined {
  const seen: SeenItem | undefined = wasIn
    ? { sourceItem: task.gid, sourceProjects: ["P"], checksum: "", entries: {}, readAt: at, goneAt: undefined }
    : undefined;
  return taskFacts({ task, stories, above: [], seen, readAt: at + 1000 }, PROJECTS).items[0];
}

/** Looks at these moments one after the other, each recorded on top of the last. */
function record(moments: readonly Moment[]): readonly (readonly [at: number, status: string])[] {
  const changes: StageChange[] = [];
  let createdAt = Number.POSITIVE_INFINITY;
  let status: string | undefined;
  for (const moment of moments) {
    const recorded = status === undefined ? undefined : { createdAt, status, changes };
    const found = lookAt(moment, recorded !== undefined);
    if (found === undefined) continue;
    const part: ItemPart = settled(found, recorded, moment.at + 1000);
    changes.push(...part.changes);
    changes.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
    createdAt = Math.min(createdAt, part.createdAt);
    status = part.snapshot?.currentStatus ?? status;
  }
  const timeline = buildTimeline(
    {
      ...{ id: "", key: "", project: "", resolution: undefined, isSubtask: false, parentId: undefined },
      ...{
        createdAt,
        currentStatus: status,
        changes,
        blocks: [],
        otherActivity: [],
        isTruncated: false,
        hasHistory: true,
      },
    },
    utc("2027-01-01"),
  );
  // A look that came before the stories may leave a stay of no time at the beginning.
  const stays = (timeline?.stays ?? []).filter(({ start, end }) => start < end);
  return stays.flatMap(({ status: one, start, end, open }, place) => {
    const isFollowed = open || stays[place + 1]?.start === end;
    return isFollowed ? [[start, one] as const] : [[start, one] as const, [end, "gone"] as const];
  });
}

/** Of a stay that ended without a move, and was not looked at meanwhile, nobody can tell the section. */
function withoutSecrets(
  found: ReturnType<typeof record>,
  truth: Life["truth"],
): readonly (readonly [number, string])[] {
  const told = found.map(([at, status]) => {
    const hidden = truth.findLast(([one]) => one <= at)?.[1];
    return [at, status === "asana:untold" ? (hidden ?? status) : status] as const;
  });
  return told.filter(([, status], place) => status !== told[place - 1]?.[1]);
}

test("one look at the end tells the whole life", () => {
  fc.assert(
    fc.property(lives, ({ moments, truth }) => {
      const found = record(moments.slice(-1));
      expect(withoutSecrets(found, truth)).toEqual(truth);
    }),
    { numRuns: 500 },
  );
});

test("any looks on the way, repeated at will, tell the same", () => {
  fc.assert(
    fc.property(lives, fc.infiniteStream(fc.nat(2)), ({ moments, truth }, draws) => {
      const looked = moments.flatMap((moment, place) => {
        const { value } = draws.next();
        return Array.from({ length: place === moments.length - 1 ? 1 : value }, () => moment);
      });
      expect(withoutSecrets(record(looked), truth)).toEqual(truth);
    }),
    { numRuns: 500 },
  );
});

test("stories that show up later than what they tell of change nothing in the end", () => {
  fc.assert(
    fc.property(lives, fc.infiniteStream(fc.nat(2)), ({ moments, truth }, draws) => {
      let shown = 0;
      const lagging = moments.map((moment) => {
        shown = Math.max(shown, moment.stories.length - Number(draws.next().value));
        return { ...moment, stories: moment.stories.slice(0, shown) };
      });
      expect(withoutSecrets(record([...lagging, ...moments.slice(-1)]), truth)).toEqual(truth);
    }),
    { numRuns: 500 },
  );
});

test("stories in any order, and any of them several times, are the same facts", () => {
  fc.assert(
    fc.property(lives, fc.infiniteStream(fc.nat(1_000_000)), ({ moments }, draws) => {
      const last = moments.at(-1);
      if (last === undefined) throw new Error("a life has a moment");
      const shuffled = [...last.stories, ...last.stories]
        .map((story) => ({ story, place: Number(draws.next().value) }))
        .sort((a, b) => a.place - b.place)
        .map(({ story }) => story);
      expect(lookAt({ ...last, stories: shuffled })).toEqual(lookAt(last));
    }),
    { numRuns: 300 },
  );
});

test("a story that is lost, at any place, leaves the item where it is at the end, and every later look changes nothing", () => {
  fc.assert(
    fc.property(lives, fc.nat(13), ({ moments, truth }, lost) => {
      const last = moments.at(-1);
      if (last === undefined) throw new Error("a life has a moment");
      const gid = last.stories[lost]?.gid;
      const without = moments.map((moment) => ({
        ...moment,
        stories: moment.stories.filter((story) => story.gid !== gid),
      }));
      const once = record(without);
      expect(once.at(-1)?.[1]).toBe(truth.at(-1)?.[1]);
      const again = without.slice(-1).map((moment) => ({ ...moment, at: moment.at + HOUR }));
      expect(record([...without, ...again, ...again])).toEqual(once);
    }),
    { numRuns: 500 },
  );
});
