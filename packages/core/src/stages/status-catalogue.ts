/** Gathers what a source says about its statuses and settles names and categories (E6, E7). */
import { compareNatural } from "../natural-order.ts";
import type { Status, StatusCategory } from "./status.ts";
import { categoryOfName } from "./status-words.ts";

interface Sightings {
  readonly id: string;
  listed: { readonly name: string; readonly category: StatusCategory | undefined } | undefined;
  /** Categories that items in this status carry, with how many. */
  readonly currentByCategory: Map<StatusCategory, number>;
  /** Newest instant at which history used each name. */
  readonly lastSeenByName: Map<string, number>;
  currentName: string | undefined;
  entries: number;
  entriesWithResolution: number;
}

export class StatusCatalogue {
  readonly #sightingsById = new Map<string, Sightings>();
  #hasList = false;

  /** A list of the source's statuses was given: ids outside it are deleted ones (E6). */
  list(
    statuses: readonly { readonly id: string; readonly name: string; readonly category: StatusCategory | undefined }[],
  ): void {
    this.#hasList = true;
    for (const { id, name, category } of statuses) this.#of(id).listed = { name, category };
  }

  /** An item sits in this status now. */
  sawCurrent(id: string, name: string, category: StatusCategory | undefined): void {
    const sightings = this.#of(id);
    // The smallest name wins when items disagree, so that the order of the items does not matter.
    if (sightings.currentName === undefined || name < sightings.currentName) sightings.currentName = name;
    if (category !== undefined)
      sightings.currentByCategory.set(category, (sightings.currentByCategory.get(category) ?? 0) + 1);
  }

  /** History names this status. `entered` says that an item moved into it, `withResolution` that the same history set a resolution. */
  sawInHistory(id: string, name: string, at: number, entered: boolean, withResolution: boolean): void {
    const sightings = this.#of(id);
    const seen = sightings.lastSeenByName.get(name);
    if (seen === undefined || at > seen) sightings.lastSeenByName.set(name, at);
    if (!entered) return;
    sightings.entries += 1;
    if (withResolution) sightings.entriesWithResolution += 1;
  }

  get hasList(): boolean {
    return this.#hasList;
  }

  /** How many of the statuses that items or history name stand in the given list. */
  coverage(): { readonly used: number; readonly listed: number } {
    const used = [...this.#sightingsById.values()].filter(isInUse);
    return { used: used.length, listed: used.filter((s) => s.listed !== undefined).length };
  }

  /** Settled statuses by id, in natural order of the ids. */
  settle(): ReadonlyMap<string, Status> {
    const sorted = [...this.#sightingsById.values()].sort((a, b) => compareNatural(a.id, b.id));
    return new Map(sorted.map((sightings) => [sightings.id, this.#settleOne(sightings)]));
  }

  /** Ids that the export shows with more than one category. */
  conflicts(): string[] {
    return [...this.#sightingsById.values()]
      .filter((s) => s.listed === undefined && s.currentByCategory.size > 1)
      .map((s) => s.id);
  }

  #settleOne(sightings: Sightings): Status {
    const byAge = [...sightings.lastSeenByName]
      .sort((a, b) => a[1] - b[1] || compareNatural(a[0], b[0]))
      .map(([name]) => name);
    const name = sightings.listed?.name ?? sightings.currentName ?? byAge.at(-1) ?? sightings.id;
    const deleted = this.#hasList && sightings.listed === undefined;
    const common = {
      id: sightings.id,
      name,
      formerNames: byAge.filter((former) => former !== name),
      inUse: isInUse(sightings),
      deleted,
    };

    const known = sightings.listed?.category ?? mostFrequent(sightings.currentByCategory);
    if (known !== undefined) return { ...common, category: known, categoryFrom: "source" };
    const named = categoryOfName(name);
    if (named !== undefined) return { ...common, category: named, categoryFrom: "name" };
    if (sightings.entriesWithResolution * 2 > sightings.entries)
      return { ...common, category: "done", categoryFrom: "resolution" };
    return { ...common, category: "indeterminate", categoryFrom: "unknown" };
  }

  #of(id: string): Sightings {
    let sightings = this.#sightingsById.get(id);
    if (sightings === undefined) {
      sightings = {
        id,
        listed: undefined,
        currentByCategory: new Map(),
        lastSeenByName: new Map(),
        currentName: undefined,
        entries: 0,
        entriesWithResolution: 0,
      };
      this.#sightingsById.set(id, sightings);
    }
    return sightings;
  }
}

function isInUse({ currentName, lastSeenByName }: Sightings): boolean {
  return currentName !== undefined || lastSeenByName.size > 0;
}

/** Ties go to the later category: a finished item must not be counted as open for want of a vote. */
function mostFrequent(countByCategory: ReadonlyMap<StatusCategory, number>): StatusCategory | undefined {
  const order: readonly StatusCategory[] = ["done", "indeterminate", "new"];
  let best: StatusCategory | undefined;
  for (const category of order) {
    const count = countByCategory.get(category) ?? 0;
    if (count > (best === undefined ? 0 : (countByCategory.get(best) ?? 0))) best = category;
  }
  return best;
}
