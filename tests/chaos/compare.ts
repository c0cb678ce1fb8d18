/** Where the ledger is not the truth. Pure. */
import type { FoundLedger, FoundLine } from "./found-ledger.ts";
import { sameStays } from "./same-stays.ts";
import type { TrueEntry, TrueItem, TrueLedger } from "./true-ledger.ts";

export interface Comparison {
  /** By project, stage and day: what the truth has and the ledger has not, and the other way round. */
  readonly minutesLost: number;
  readonly minutesDoubled: number;
  /** One line each, these minutes among them. */
  readonly differences: readonly string[];
}

export function compare(truth: TrueLedger, found: FoundLedger): Comparison {
  const days = compareSums(
    sums([...truth.entries.values()], ({ project, stage, date }) => `${project} · ${stage} · ${date}`),
    sums(found.lines, ({ project, stage, date }) => `${project} · ${stage} · ${date}`),
  );
  const cells = compareSums(
    sums([...truth.entries.values()], ({ project, stage, activity, date }) =>
      [project, stage, activity, mondayOf(date)].join(" "),
    ),
    found.minutesByCell,
  );
  return {
    minutesLost: days.lost,
    minutesDoubled: days.doubled,
    differences: [
      ...days.differences,
      ...cells.differences.map((difference) => `cell ${difference}`),
      ...compareEntries(truth, found),
      ...comparePeople(truth, found.lines),
      ...compareItems(truth, found),
      ...[...found.bells].map(([state, count]) => `${count} bells are ${state}`),
    ],
  };
}

function sums<T extends { readonly minutes: number }>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): Map<string, number> {
  const minutesByKey = new Map<string, number>();
  for (const row of rows) minutesByKey.set(keyOf(row), (minutesByKey.get(keyOf(row)) ?? 0) + row.minutes);
  return minutesByKey;
}

function compareSums(truth: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>) {
  let lost = 0;
  let doubled = 0;
  const differences: string[] = [];
  for (const key of new Set([...truth.keys(), ...found.keys()])) {
    const [wanted, has] = [truth.get(key) ?? 0, found.get(key) ?? 0];
    lost += Math.max(0, wanted - has);
    doubled += Math.max(0, has - wanted);
    if (wanted !== has) differences.push(`${key}: ${has} minutes, not ${wanted}`);
  }
  return { lost, doubled, differences };
}

function compareEntries(truth: TrueLedger, found: FoundLedger): string[] {
  const linesById = Map.groupBy(found.lines, ({ entryId }) => entryId);
  const wrong = [...truth.entries].flatMap(([id, entry]) => {
    const lines = (linesById.get(id) ?? []).map(lineText);
    linesById.delete(id);
    const isOne = lines.length === 1 && lines[0] === lineText(entry) && found.minutesByEntry.get(id) === entry.minutes;
    return isOne ? [] : [`entry ${entry.name}: ${lines.join(" and ") || "nothing"}, not ${lineText(entry)}`];
  });
  const more = [...linesById.values()].flat().map((line) => `an entry that is not there: ${lineText(line)}`);
  return [...wrong, ...more];
}

function lineText({ project, stage, activity, date, minutes }: FoundLine | TrueEntry): string {
  return [project, stage, activity, date, `${minutes} min`].join(" ");
}

/** One pseudonym a person, one person a pseudonym. */
function comparePeople(truth: TrueLedger, lines: readonly FoundLine[]): string[] {
  const contributorById = new Map(lines.map(({ entryId, contributor }) => [entryId, contributor]));
  const pairs = new Set<string>();
  const people = new Set<string>();
  const contributors = new Set<string>();
  for (const [id, { by }] of truth.entries) {
    const contributor = contributorById.get(id);
    if (contributor === undefined) continue;
    pairs.add(`${by} ${contributor}`);
    people.add(by);
    contributors.add(contributor);
  }
  const isOneToOne = pairs.size === people.size && pairs.size === contributors.size;
  return isOneToOne ? [] : [`${people.size} people have ${contributors.size} pseudonyms, in ${pairs.size} pairs`];
}

function compareItems({ items }: TrueLedger, found: FoundLedger): string[] {
  return [...items].flatMap(([id, item]) => {
    const stays = found.stays.get(id) ?? [];
    return sameStays(item, stays) ? [] : [`item ${id}: ${staysText(stays)}, not ${staysText(item.stays)}, ${item.end}`];
  });
}

function staysText(stays: TrueItem["stays"]): string {
  const texts = stays.map(([status, since]) => `${status.slice(-6)} ${new Date(since).toISOString().slice(5, 19)}`);
  return `[${texts.join(", ")}]`;
}

function mondayOf(date: string): string {
  const instant = Date.parse(date);
  const daysSinceMonday = (new Date(instant).getUTCDay() + 6) % 7;
  return new Date(instant - daysSinceMonday * 86_400_000).toISOString().slice(0, 10);
}
