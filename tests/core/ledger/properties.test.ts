import {
  attributeStage,
  balanceOf,
  buildTimeline,
  type EntryRevision,
  foldCells,
  type ItemFacts,
  latestRevision,
  type Posting,
  postEntry,
  type TimeEntry,
} from "@stageledger/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anEntry, aRevision } from "../../support/an-entry.ts";
import { AS_OF_INSTANT, disordered, MAP, tidyItem, untidyItem } from "../../support/arbitrary-items.ts";
import { aZone, DAY, day, MINUTE } from "../../support/moments.ts";

const BERLIN = aZone("Europe/Berlin");
const FIRST_DAY = day("2026-09-01");

const entry: fc.Arbitrary<TimeEntry> = fc
  .record({
    date: fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 50 }),
    minutes: fc.integer({ min: 1, max: 1440 }),
    startMinute: fc.option(fc.nat(1439), { nil: undefined }),
    activity: fc.constantFrom("build", "test"),
    project: fc.constantFrom("Payments", "Web"),
    chosenStatus: fc.constantFrom(undefined, undefined, undefined, "Review", "Elsewhere"),
    visibility: fc.constantFrom("private" as const, "known" as const),
  })
  .map(({ startMinute, ...rest }) => {
    if (startMinute === undefined) return anEntry(rest);
    const start = rest.date * DAY + startMinute * MINUTE;
    return anEntry({ ...rest, interval: { start, end: start + rest.minutes * MINUTE, offsetMinutes: 0 } });
  });

/** The life of an entry: each revision its number, now and then a deletion. */
const revisions: fc.Arbitrary<EntryRevision[]> = fc
  .array(fc.option(entry, { nil: undefined, freq: 5 }), { minLength: 1, maxLength: 6 })
  .map((entries) => entries.map((one, i) => aRevision(i + 1, one)));

/** Some weeks are closed from the beginning to the end. */
const closing = fc.func(fc.boolean()).map(
  (isClosed) =>
    (week: number): boolean =>
      isClosed(week),
);

function attributeOn(facts: ItemFacts): (one: TimeEntry) => ReturnType<typeof attributeStage> {
  return (one) => attributeStage(one, buildTimeline(facts, AS_OF_INSTANT), MAP, BERLIN);
}

/** A ledger of one entry that takes revisions batch by batch, as the recording transaction does. */
class OneEntryLedger {
  readonly postings: Posting[] = [];
  readonly #revisions: EntryRevision[] = [];
  readonly #isClosed: (week: number) => boolean;

  constructor(isClosed: (week: number) => boolean) {
    this.#isClosed = isClosed;
  }

  get current(): TimeEntry | undefined {
    return latestRevision(this.#revisions)?.entry;
  }

  take(batch: readonly EntryRevision[], facts: ItemFacts): void {
    const posted = this.current;
    this.#revisions.push(...batch);
    const present = this.postings;
    const labels = { entryId: "entry-1", contributor: "contributor-1" };
    const work = { ...labels, posted, current: this.current, present, attribute: attributeOn(facts) };
    this.postings.push(...postEntry(work, this.#isClosed));
  }
}

function batchesOf(all: readonly EntryRevision[], sizes: readonly number[]): EntryRevision[][] {
  const rest = [...all];
  const batches = sizes.map((size) => rest.splice(0, size));
  return [...batches, rest];
}

describe("the ledger of an entry", () => {
  test("is the same for any order, duplication and batching of its revisions, in open and closed weeks", () => {
    const deliveries = revisions.chain((all) =>
      fc.tuple(fc.constant(all), disordered(all), fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 6 })),
    );
    return fc.assert(
      fc.property(deliveries, untidyItem, closing, ([all, disorderly, sizes], facts, isClosed) => {
        const [whole, parts] = [new OneEntryLedger(isClosed), new OneEntryLedger(isClosed)];
        whole.take(all, facts);
        for (const batch of batchesOf(disorderly, sizes)) parts.take(batch, facts);
        expect(foldCells(parts.postings)).toEqual(foldCells(whole.postings));
      }),
      { numRuns: 500 },
    );
  });

  test("sums to the entry's minutes after every batch, and a replay adds nothing", () => {
    return fc.assert(
      fc.property(
        revisions.chain(disordered),
        fc.array(tidyItem, { minLength: 1, maxLength: 4 }),
        closing,
        (all, lives, isClosed) => {
          const ledger = new OneEntryLedger(isClosed);
          all.forEach((revision, i) => {
            const facts = lives[i % lives.length];
            if (facts === undefined) return;
            ledger.take([revision], facts);
            expect(balanceOf(ledger.postings)).toBe(ledger.current?.minutes ?? 0);
            const before = ledger.postings.length;
            ledger.take([revision], facts);
            expect(ledger.postings).toHaveLength(before);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("follows late history in open weeks as if it had known it from the start, and not at all in closed ones", () => {
    return fc.assert(
      fc.property(entry, tidyItem, tidyItem, fc.boolean(), (one, early, late, isClosed) => {
        const [told, knew] = [new OneEntryLedger(() => isClosed), new OneEntryLedger(() => isClosed)];
        told.take([aRevision(1, one)], early);
        told.take([], late);
        knew.take([aRevision(1, one)], isClosed ? early : late);
        expect(foldCells(told.postings)).toEqual(foldCells(knew.postings));
      }),
      { numRuns: 300 },
    );
  });

  test("never holds less than nothing in a cell of an open week", () => {
    return fc.assert(
      fc.property(revisions.chain(disordered), untidyItem, (all, facts) => {
        const ledger = new OneEntryLedger(() => false);
        for (const revision of all) ledger.take([revision], facts);
        expect(foldCells(ledger.postings).filter(({ minutes, kind }) => minutes < 0 || kind !== "in-time")).toEqual([]);
      }),
    );
  });
});

describe("the stages of an entry", () => {
  test("have all its minutes, one share a stage, none empty", () => {
    return fc.assert(
      fc.property(entry, untidyItem, (one, facts) => {
        const shares = attributeOn(facts)(one);
        expect(balanceOf(shares)).toBe(one.minutes);
        expect(new Set(shares.map(({ stage }) => stage)).size).toBe(shares.length);
        expect(shares.every(({ minutes }) => Number.isInteger(minutes) && minutes > 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("are the same for any order of changes, and whenever they are asked for", () => {
    const twoOrders = tidyItem.chain((facts) =>
      disordered(facts.changes).map((changes) => [facts, { ...facts, changes }] as const),
    );
    return fc.assert(
      fc.property(entry, twoOrders, fc.nat(400), (one, [facts, other], daysLater) => {
        const asked = attributeStage(one, buildTimeline(other, AS_OF_INSTANT + daysLater * DAY), MAP, BERLIN);
        const lastChange = Math.max(facts.createdAt, ...facts.changes.map(({ at }) => at));
        fc.pre(lastChange <= AS_OF_INSTANT);
        expect(asked).toEqual(attributeOn(facts)(one));
      }),
      { numRuns: 300 },
    );
  });

  test("are never before the commitment, done or withdrawn when the item was in work at all and nobody chose or clocked", () => {
    const inWork = new Set(["Build", "Review", "Test"]);
    return fc.assert(
      fc.property(entry, tidyItem, (one, facts) => {
        const timeline = buildTimeline(facts, AS_OF_INSTANT);
        fc.pre(timeline?.stays.some(({ status }) => inWork.has(status)) === true);
        const [share] = attributeOn(facts)({ ...one, chosenStatus: undefined, interval: undefined });
        expect(inWork.has(share?.stage ?? "")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
