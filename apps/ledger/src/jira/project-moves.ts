/** In which project an issue was, told by the keys that its changelog says it had (E14). Pure. */
import { arrayAt, instantAt, isObject, objectAt, optionalText } from "./json-shape.ts";

/** The project that an issue left, and when. */
interface ProjectMove {
  readonly at: number;
  readonly from: string;
}

const KEY = /^(?<project>.+)-\d+$/u;

/**
 * Of an issue without history, or whose moves its history does not show, nothing is known but where it is now.
 *
 * @param now the project that the issue is in
 * @returns the project at an instant, epoch milliseconds; at that of a move it is the new one
 * @throws StageledgerError INPUT_WRONG_SHAPE, INPUT_IMPOSSIBLE_DATE
 */
export function projectByInstant(issue: unknown, now: string): (at: number) => string {
  const moves = readMoves(issue).sort((a, b) => a.at - b.at);
  return (at) => moves.find((move) => at < move.at)?.from ?? now;
}

function readMoves(issue: unknown): ProjectMove[] {
  const { changelog } = objectAt(issue, "issue");
  if (!isObject(changelog)) return [];
  const histories = arrayAt(changelog.histories ?? changelog.values, "issue.changelog.histories");
  return histories.flatMap((raw) => {
    const { created, items } = objectAt(raw, "history");
    return arrayAt(items, "history.items").flatMap((item): ProjectMove[] => {
      if (!isObject(item) || item.field !== "Key") return [];
      const from = KEY.exec(optionalText(item.fromString) ?? "")?.groups?.project;
      return from === undefined ? [] : [{ at: instantAt(created, "history.created"), from }];
    });
  });
}
