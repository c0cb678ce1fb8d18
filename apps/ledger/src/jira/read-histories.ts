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
 * Histories may come in any order and in parts; `sequence` is the history's id, which Jira counts up.
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
  let at: number | undefined;
  items.forEach((rawItem, index) => {
    if (!isObject(rawItem)) return;
    const field = rawItem.fieldId ?? rawItem.field;
    const name = rawItem.field;
    const isStatus = field === "status";
    const isFlag = name === "Flagged" || (typeof field === "string" && flagFields.has(field));
    const isLink = name === "Link";
    const isOther = field === "resolution" || field === "project" || name === "Key";
    if (!isStatus && !isFlag && !isLink && !isOther) return;
    at ??= instantAt(history.created, "history.created");
    if (isOther) {
      facts.otherActivity.push(at);
      return;
    }
    const fact = { at, sequence: sequenceOf(history.id, place), index };
    if (isStatus) {
      const to = idAt(rawItem.to, "history.items.to");
      const from =
        rawItem.from === null || rawItem.from === undefined ? undefined : idAt(rawItem.from, "history.items.from");
      catalogue.sawInHistory(to, optionalText(rawItem.toString) ?? to, at, true, setsResolution(items));
      if (from !== undefined) catalogue.sawInHistory(from, optionalText(rawItem.fromString) ?? from, at, false, false);
      facts.changes.push({ ...fact, from, to });
      return;
    }
    const begins = optionalText(rawItem.to) !== undefined;
    if (isFlag) facts.blocks.push({ ...fact, reason: "flag", source: "", begins });
    else if (BLOCKED_BY.test(optionalText(rawItem[begins ? "toString" : "fromString"]) ?? "")) {
      facts.blocks.push({
        ...fact,
        reason: "link",
        source: optionalText(rawItem[begins ? "to" : "from"]) ?? "",
        begins,
      });
    }
  });
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
