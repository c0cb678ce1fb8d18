/** From changelog histories to neutral facts. Pure; the author of a history is never looked at. */
import type { BlockChange, StageChange, StatusCatalogue } from "@stageledger/core";
import { arrayAt, idAt, instantAt, isObject, objectAt, optionalText } from "./json-shape.ts";

/** What reading needs besides the issue. */
export interface ReadContext {
  /** Told what history says about statuses. */
  readonly catalogue: Pick<StatusCatalogue, "sawCurrent" | "sawInHistory">;
  /** Ids of the custom fields that are Jira's flag; an export that names the field "Flagged" needs none. */
  readonly flagFields: ReadonlySet<string>;
}

export interface HistoryFacts {
  readonly changes: StageChange[];
  readonly blocks: BlockChange[];
  /** Instants of resolution and project changes (F25). */
  readonly otherActivity: number[];
}

const BLOCKED_BY = /blocked by/iu;

/**
 * Histories may come in any order and in parts; `sequence` is the history's id, which Jira counts up. `index` counts the facts of
 * one kind in a history, not its items: an export shows them all, changelog/bulkfetch those of the fields that were asked for, and
 * both have to make the same facts.
 *
 * @throws StageledgerError INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE
 */
export function readHistories(histories: readonly unknown[], context: ReadContext): HistoryFacts {
  const facts: HistoryFacts = { changes: [], blocks: [], otherActivity: [] };
  for (const [place, raw] of histories.entries()) readHistory(raw, place, context, facts);
  return facts;
}

function readHistory(raw: unknown, place: number, { catalogue, flagFields }: ReadContext, facts: HistoryFacts): void {
  const history = objectAt(raw, "history");
  const items = arrayAt(history.items, "history.items");
  const counted = { status: 0, flag: 0, link: 0 };
  let at: number | undefined;
  for (const rawItem of items) {
    if (!isObject(rawItem)) continue;
    const field = rawItem.fieldId ?? rawItem.field;
    const name = rawItem.field;
    const isStatus = field === "status";
    const isFlag = name === "Flagged" || (typeof field === "string" && flagFields.has(field));
    const isLink = name === "Link";
    const isOther = field === "resolution" || field === "project" || name === "Key";
    if (!isStatus && !isFlag && !isLink && !isOther) continue;
    at ??= instantAt(history.created, "history.created");
    if (isOther) {
      facts.otherActivity.push(at);
      continue;
    }
    const fact = { at, sequence: sequenceOf(history.id, place) };
    if (isStatus) {
      const to = idAt(rawItem.to, "history.items.to");
      const from =
        rawItem.from === null || rawItem.from === undefined ? undefined : idAt(rawItem.from, "history.items.from");
      catalogue.sawInHistory(to, optionalText(rawItem.toString) ?? to, at, true, setsResolution(items));
      if (from !== undefined) catalogue.sawInHistory(from, optionalText(rawItem.fromString) ?? from, at, false, false);
      facts.changes.push({ ...fact, index: counted.status++, from, to });
      continue;
    }
    const begins = optionalText(rawItem.to) !== undefined;
    if (isFlag) facts.blocks.push({ ...fact, index: counted.flag++, reason: "flag", source: "", begins });
    else if (BLOCKED_BY.test(optionalText(rawItem[begins ? "toString" : "fromString"]) ?? "")) {
      facts.blocks.push({
        ...fact,
        index: counted.link++,
        reason: "link",
        source: optionalText(rawItem[begins ? "to" : "from"]) ?? "",
        begins,
      });
    }
  }
}

/** Jira's ids are decimal; of any other source the place in the list has to do. */
function sequenceOf(id: unknown, place: number): number {
  const sequence = Number(id);
  return Number.isSafeInteger(sequence) && id !== "" && id !== null ? sequence : place;
}

function setsResolution(items: readonly unknown[]): boolean {
  return (
    items.length > 1 &&
    items.some((item) => isObject(item) && item.field === "resolution" && optionalText(item.to) !== undefined)
  );
}
