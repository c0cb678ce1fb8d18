/** Jira's own names of its projects, asked as the person who looks, to show them. They are kept nowhere. */
import { requestJira } from "@forge/bridge";
import { z } from "zod";
import type { ProjectNames } from "./admin-state.ts";

const page = z.object({ values: z.array(z.object({ id: z.coerce.string(), key: z.string(), name: z.string() })) });

/** Jira takes so many ids in one question. */
const MOST_IDS = 50;
const OF_JIRA = "jira:";

/** Never throws: without names there are ids. */
export async function readProjectNames(sources: readonly string[]): Promise<ProjectNames> {
  const ids = sources.filter((source) => source.startsWith(OF_JIRA)).map((source) => source.slice(OF_JIRA.length));
  const pages = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, i) =>
    ids.slice(i * MOST_IDS, (i + 1) * MOST_IDS),
  );
  try {
    const names = await Promise.all(pages.map(readPage));
    return { kind: "read", bySource: new Map(names.flat()) };
  } catch {
    return { kind: "unread" };
  }
}

async function readPage(ids: readonly string[]): Promise<readonly (readonly [source: string, name: string])[]> {
  const query = new URLSearchParams([...ids.map((id) => ["id", id]), ["maxResults", String(MOST_IDS)]]);
  const response = await requestJira(`/rest/api/3/project/search?${query}`);
  if (!response.ok) throw new Error("Jira does not tell its projects' names.");
  const { values } = page.parse(await response.json());
  return values.map(({ id, key, name }) => [`${OF_JIRA}${id}`, `${name} (${key})`]);
}
