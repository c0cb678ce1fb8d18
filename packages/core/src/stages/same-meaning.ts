/** Whether two names of statuses, columns or stages clearly mean the same. Pure. */

/** Words of one meaning, the first stands for all. */
const SAME: readonly (readonly string[])[] = [
  ["to do", "todo", "to-do", "zu erledigen", "à faire", "por hacer", "da fare", "a fazer"],
  ["in progress", "doing", "wip", "work in progress", "working on it", "in arbeit", "en cours", "en curso"],
  ["review", "code review", "peer review", "reviewing"],
  ["test", "testing", "qa"],
  ["build", "building", "development", "developing", "implementation", "implementing"],
  ["design", "designing"],
  ["blocked", "on hold"],
  ["done", "complete", "completed", "finished", "erledigt", "fertig", "terminé", "hecho", "fatto", "feito"],
];

const MEANING_BY_NAME = new Map(
  SAME.flatMap(([first = "", ...others]) => [first, ...others].map((name) => [name, first])),
);

/** Equal for names that mean the same. Case, signs and pictures around a name do not count, nor does a leading "in" or "under". */
export function meaningOf(name: string): string {
  const words = name
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}-]+/gu, " ")
    .trim();
  return MEANING_BY_NAME.get(words) ?? MEANING_BY_NAME.get(withoutLead(words)) ?? withoutLead(words);
}

function withoutLead(words: string): string {
  return words.replace(/^(in|under) (?=\p{L})/u, "");
}
