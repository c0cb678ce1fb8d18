import { createEntry, deleteEntry, type EntryRevision, editEntry, StageledgerError } from "@stageledger/core";
import type { changeWeekRequest } from "@stageledger/core/contract/entries";
import { ROUTES } from "@stageledger/core/contract/routes";
import {
  findItems,
  findMyRevisions,
  type ItemNow,
  listEntriesOfHuman,
  loadPostingRules,
  type MyRevisions,
  type PostingRules,
} from "@stageledger/db";
import type { z } from "zod";
import { Refusal } from "../../http/refusal.ts";
import { newEntry } from "../../log-time/new-entry.ts";
import { recordRevisions, type WithinChange } from "../../log-time/record-revision.ts";
import { entryDate } from "../entry-date.ts";
import type { DoorContext } from "../forge-context.ts";
import { knownItem } from "../known-item.ts";
import { onlySeen, seesIssue } from "../rights/seen-things.ts";
import { shownWeek, weekAnswer } from "../week-answer.ts";
import { writeRoute } from "../write-route.ts";
import { changeable } from "./change-entry.ts";

type Change = z.output<typeof changeWeekRequest>["changes"][number];

/** A refusal says which change it is about; nothing is done then. Each change finds what those before it have left. */
export const changeWeekRoute = writeRoute(
  ROUTES.changeMyWeek,
  async ({ trx, tenantId, contributorId, context, body: { day, changes } }) => {
    const rules = await loadPostingRules(trx, tenantId);
    const week = shownWeek(day, rules, context.now());
    const revise = revisionsBy(contributorId, context, {
      rules,
      items: await findItems(trx, tenantId, itemsOf(changes)),
      entries: await findMyRevisions(trx, tenantId, contributorId, entriesOf(changes)),
    });
    const revisions = changes.map((change, place) => withinChange(place, () => revise(change)));
    await recordRevisions(trx, tenantId, revisions, rules, withinChange);
    const entries = await listEntriesOfHuman(trx, tenantId, contributorId, week.firstDay, week.lastDay);
    return weekAnswer(week, entries, rules);
  },
  {
    async mayCall({ body: { changes } }, ask) {
      const seen = new Set(await onlySeen(itemsOf(changes), (item) => seesIssue(ask, item)));
      for (const [place, change] of changes.entries()) {
        if (change.kind === "log" && !seen.has(change.item)) withinChange(place, () => knownItem(undefined));
      }
    },
  },
);

interface Basis {
  readonly rules: PostingRules;
  readonly items: ReadonlyMap<string, ItemNow>;
  readonly entries: ReadonlyMap<string, MyRevisions>;
}

/** What each change records, for whoever asks in their order. */
function revisionsBy(
  contributorId: string,
  { newId, now }: DoorContext,
  { rules, items, entries }: Basis,
): (change: Change) => EntryRevision {
  const left = new Map(entries);
  return (change) => {
    if (change.kind === "log") {
      const time = { ...change, date: entryDate(change.date, rules, now()), stage: change.stage };
      return createEntry(newId(), contributorId, newEntry(knownItem(items.get(change.item)), time, rules));
    }
    const { latest } = changeable(left, change.entry, change.revision);
    const revision = change.kind === "edit" ? editEntry(latest, { minutes: change.minutes }) : deleteEntry(latest);
    const { contributor, number, entry } = revision;
    left.set(change.entry, { latest: { contributorId: contributor, number, entry, isOwn: true }, before: undefined });
    return revision;
  };
}

const withinChange: WithinChange = (place, work) => {
  try {
    return work();
  } catch (error) {
    throw error instanceof StageledgerError ? new Refusal(error, { at: `body.changes.${place}` }) : error;
  }
};

function itemsOf(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap((change) => (change.kind === "log" ? [change.item] : [])))];
}

function entriesOf(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap((change) => (change.kind === "log" ? [] : [change.entry])))];
}
