/** Lives of an issue made up by chance, read as often and in whichever order: what is recorded is the life, each time. */
import { buildTimeline, type StageChange } from "@stageledger/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { StrippedHistory, StrippedIssue } from "../../../../apps/ledger/src/jira-sync/jira/gateway.ts";
import { issueFacts } from "../../../../apps/ledger/src/jira-sync/jira/issue-facts.ts";
import { settledIssue } from "../../../../apps/ledger/src/jira-sync/jira/settle.ts";
import { aHistory, anIssue, aView, toProject, toStatus } from "../../../support/jira/an-issue.ts";
import { HOUR, utc } from "../../../support/moments.ts";

const STATUSES = ["A", "B", "C"] as const;
/** R is none of the ledger's. */
const PROJECTS = ["P", "Q", "R"] as const;
const BEGIN = utc("2026-09-07");

type Deed = "move" | "go" | "go and move" | "migrate";
interface Moment {
  readonly issue: StrippedIssue;
  readonly histories: readonly StrippedHistory[];
  readonly at: number;
}
type Truth = readonly (readonly [at: number, status: string])[];

/** What was true, by a model of its own: from which instant the issue was in which status, "gone" while in none of the projects. */
interface Life {
  readonly moments: readonly Moment[];
  readonly truth: (chosen: readonly string[]) => Truth;
  readonly current: string;
}

/** One deed an hour. @param deeds each with a number that picks a status or a project */
function live(deeds: readonly (readonly [Deed, number])[]): Life {
  let status: string = "A";
  let project: string = "P";
  const histories: StrippedHistory[] = [];
  const states: { readonly at: number; readonly status: string; readonly project: string }[] = [];
  const moments: Moment[] = [];
  const happened = (at: number): void => {
    states.push({ at, status, project });
    moments.push({ issue: anIssue({ status, project, created: BEGIN, updated: at }), histories: [...histories], at });
  };
  happened(BEGIN);
  deeds.forEach(([deed, pick], number) => {
    const at = BEGIN + (number + 1) * HOUR;
    const items: object[] = [];
    if (deed === "go" || deed === "go and move") {
      const to = otherOf(PROJECTS, project, pick);
      items.push(toProject(project, to));
      project = to;
    }
    if (deed !== "go") {
      const to = otherOf(STATUSES, status, pick);
      if (deed !== "migrate") items.push(toStatus(status, to));
      status = to;
    }
    if (items.length > 0) histories.push(aHistory(100 + 7 * number, at, ...items));
    happened(at);
  });
  const truth = (chosen: readonly string[]): Truth => {
    const first = states.findIndex((state) => chosen.includes(state.project));
    // What happened before it came for the first time is part of its life.
    return runs(
      states.map((state, place) => [
        state.at,
        place < first || chosen.includes(state.project) ? `jira:${state.status}` : "gone",
      ]),
    );
  };
  return { moments, truth, current: `jira:${status}` };
}

function otherOf(all: readonly string[], one: string, pick: number): string {
  const others = all.filter((other) => other !== one);
  return others[pick % others.length] ?? "";
}

function runs(states: Truth): Truth {
  return states.filter(([, status], place) => status !== states[place - 1]?.[1]);
}

const lifeOf = (...deeds: readonly [Deed, ...Deed[]]) =>
  fc.array(fc.tuple(fc.constantFrom(...deeds), fc.nat(5)), { maxLength: 12 }).map(live);
const lives = lifeOf("move", "move", "go", "go and move");

interface Look extends Moment {
  readonly chosen: readonly string[];
}

/** Looks at these moments one after the other, each recorded on top of the last. Undefined when it never was the ledger's. */
function record(looks: readonly Look[]): Truth | undefined {
  const recorded = new Map<string, StageChange>();
  let createdAt: number | undefined;
  let status: string | undefined;
  for (const { issue, histories, at, chosen } of looks) {
    const facts = issueFacts(aView(chosen), issue, histories, at + 1000);
    if (createdAt === undefined && facts.home === undefined) continue;
    const changes = inOrder([...recorded.values()]);
    const before = createdAt === undefined ? undefined : { createdAt, status, changes };
    const part = settledIssue(facts, true, before, at + 1000);
    for (const change of part.changes) {
      const key = `${change.at} ${change.sequence} ${change.index}`;
      // The ledger refuses two facts of one key that say different things.
      expect(recorded.get(key) ?? change).toEqual(change);
      recorded.set(key, change);
    }
    createdAt = part.createdAt;
    status = part.snapshot?.currentStatus ?? status;
  }
  if (createdAt === undefined) return undefined;
  const item = { id: "", key: "", project: "", resolution: undefined, isSubtask: false, parentId: undefined };
  const timeline = buildTimeline(
    {
      ...item,
      ...{ createdAt, currentStatus: status, changes: inOrder([...recorded.values()]), blocks: [], otherActivity: [] },
      ...{ isTruncated: false, hasHistory: true },
    },
    utc("2027-01-01"),
  );
  const stays = (timeline?.stays ?? []).filter(({ start, end }) => start < end);
  return runs(
    stays.flatMap(({ status: one, start, end, open }, place) =>
      open || stays[place + 1]?.start === end
        ? [[start, one] as const]
        : [[start, one] as const, [end, "gone"] as const],
    ),
  );
}

function inOrder(changes: readonly StageChange[]): readonly StageChange[] {
  return [...changes].sort((a, b) => a.at - b.at || a.sequence - b.sequence || a.index - b.index);
}

const OURS = ["P", "Q"];
const looking = (moments: readonly Moment[], chosen = OURS): readonly Look[] =>
  moments.map((moment) => ({ ...moment, chosen }));

test("one look at the end tells the whole life, of an issue that is ours then", () => {
  fc.assert(
    fc.property(lives, ({ moments, truth }) => {
      const found = record(looking(moments.slice(-1)));
      if (found !== undefined) expect(found).toEqual(truth(OURS));
      else expect(truth(OURS).at(-1)?.[1]).toBe("gone");
    }),
    { numRuns: 500 },
  );
});

test("any looks on the way, repeated at will, tell the same", () => {
  fc.assert(
    fc.property(lives, fc.infiniteStream(fc.nat(2)), ({ moments, truth }, draws) => {
      const looked = moments.flatMap((moment, place) => {
        const times = place === moments.length - 1 || place === 0 ? 1 : Number(draws.next().value);
        return Array.from({ length: times }, () => moment);
      });
      expect(record(looking(looked))).toEqual(truth(OURS));
    }),
    { numRuns: 500 },
  );
});

test("histories in any order are the same facts", () => {
  fc.assert(
    fc.property(lives, fc.infiniteStream(fc.nat(1_000_000)), ({ moments }, draws) => {
      const last = moments.at(-1);
      if (last === undefined) throw new Error("a life has a moment");
      const shuffled = last.histories
        .map((history) => ({ history, place: Number(draws.next().value) }))
        .sort((a, b) => a.place - b.place)
        .map(({ history }) => history);
      const facts = (histories: readonly StrippedHistory[]) => {
        const { part, isWhole } = issueFacts(aView(OURS), last.issue, histories, undefined);
        return { changes: inOrder(part.changes), isWhole };
      };
      expect(facts(shuffled)).toEqual(facts(last.histories));
    }),
    { numRuns: 300 },
  );
});

test("migrations that no history tells of: it is where it is at the end, and every later look changes nothing", () => {
  fc.assert(
    fc.property(
      lifeOf("move", "migrate", "go", "go and move"),
      fc.infiniteStream(fc.nat(2)),
      ({ moments, truth, current }, draws) => {
        const looked = moments.flatMap((moment, place) =>
          Array.from(
            { length: place === moments.length - 1 || place === 0 ? 1 : Number(draws.next().value) },
            () => moment,
          ),
        );
        const once = record(looking(looked));
        const isGone = truth(OURS).at(-1)?.[1] === "gone";
        expect(once?.at(-1)?.[1]).toBe(isGone ? "gone" : current);
        const again = looked.slice(-1).map((moment) => ({ ...moment, at: moment.at + HOUR }));
        expect(record(looking([...looked, ...again, ...again]))).toEqual(once);
      },
    ),
    { numRuns: 500 },
  );
});

test("a project that is chosen later: from then on its part of the life is told too", () => {
  fc.assert(
    fc.property(lives, fc.nat(12), ({ moments, truth }, place) => {
      const before = looking(moments.slice(0, place + 1), ["P"]);
      const after = looking(moments.slice(place + 1).length === 0 ? moments.slice(-1) : moments.slice(place + 1));
      expect(record([...before, ...after])).toEqual(truth(OURS));
    }),
    { numRuns: 500 },
  );
});
