/** Which issues and projects somebody may see, as Jira says it of them. */
import type { AskRight } from "./ask-right.ts";

const ISSUE = /^jira:(\d{1,19})$/u;
const PROJECT = "jira:";
/** Of one person's questions. Each is a trip to Jira, and somebody waits. */
const QUESTIONS_AT_ONCE = 6;

/** What is no issue of Jira's cannot be asked for, and is not shown at this door. */
export async function seesIssue(ask: AskRight, item: string): Promise<boolean> {
  const [, issueId] = ISSUE.exec(item) ?? [];
  return issueId !== undefined && (await ask("BROWSE_PROJECTS", { issueId }));
}

/** One of the Jira projects that make up the ledger's. A project without any is every member's. */
export async function seesProjectOf(ask: AskRight, sources: readonly string[]): Promise<boolean> {
  const inJira = sources.filter((source) => source.startsWith(PROJECT));
  for (const source of inJira) {
    if (await ask("BROWSE_PROJECTS", { projectId: source.slice(PROJECT.length) })) return true;
  }
  return inJira.length === 0;
}

/** Those that hold, in their order. @throws what the questions throw: then some were asked in vain */
export async function onlySeen<T>(things: readonly T[], sees: (thing: T) => Promise<boolean>): Promise<readonly T[]> {
  const seen = new Set<number>();
  const waiting = things.entries();
  const askInTurn = async (): Promise<void> => {
    for (const [place, thing] of waiting) if (await sees(thing)) seen.add(place);
  };
  await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, askInTurn));
  return things.filter((_, place) => seen.has(place));
}

/** All that make up the ledger's project. What is not Jira's nobody can be asked for. */
export async function seesAllOf(ask: AskRight, sources: readonly string[]): Promise<boolean> {
  if (!sources.every((source) => source.startsWith(PROJECT))) return false;
  for (const source of sources) {
    if (!(await ask("BROWSE_PROJECTS", { projectId: source.slice(PROJECT.length) }))) return false;
  }
  return true;
}
