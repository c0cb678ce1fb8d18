/** The same work as an Asana project would show it once its reader has made neutral facts of it: gids, sections, minutes. */
import type { EntryRevision, ItemFacts, ItemPart } from "@stageledger/core";
import type { LoggedTime } from "../people/log-time.ts";

const DAY_MS = 86_400_000;
const ASANA = "asana:";
/** Sixteen digits, as Asana's gids have. */
const FIRST_GID = 1_209_000_000_000_000n;

/** The section that stands for a status of the simulation. */
export function sectionOf(statusId: string): string {
  return ASANA + gid(statusId);
}

export function taskParts(items: readonly ItemFacts[], project: string): readonly ItemPart[] {
  return items.map((item) => {
    const { createdAt, blocks, otherActivity, isTruncated } = item;
    const changes = item.changes.map((change) => ({
      ...change,
      at: Math.round(change.at),
      from: change.from === undefined ? undefined : sectionOf(change.from),
      to: sectionOf(change.to),
    }));
    return {
      id: ASANA + gid(item.id),
      createdAt,
      changes,
      blocks,
      otherActivity,
      isTruncated,
      hasHistory: true,
      snapshot: {
        updatedAt: Math.max(createdAt, ...changes.map(({ at }) => at)),
        key: gid(item.id),
        project,
        currentStatus: item.currentStatus === undefined ? undefined : sectionOf(item.currentStatus),
        resolution: undefined,
        isSubtask: false,
        parentId: undefined,
      },
    };
  });
}

/** Entries on the tasks themselves, which colleagues can read there. @param contributorOf the pseudonym of a worker's number */
export function taskEntries(
  logged: readonly LoggedTime[],
  project: string,
  contributorOf: (worker: number) => string,
  entryIdOf: (gid: string) => string,
): readonly EntryRevision[] {
  return logged.map(({ worker, item, dayAt, minutes, activity }, place) => ({
    entryId: entryIdOf(String(FIRST_GID + BigInt(place))),
    contributor: contributorOf(worker.number),
    number: 1,
    change: "created",
    entry: {
      itemId: ASANA + gid(item.id),
      project,
      date: dayAt / DAY_MS,
      minutes,
      activity,
      interval: undefined,
      chosenStatus: undefined,
      visibility: "known",
    },
  }));
}

function gid(id: string): string {
  return String(FIRST_GID + BigInt(id));
}
