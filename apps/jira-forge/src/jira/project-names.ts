/** Names of Jira's projects as the person may see them: for showing, and kept nowhere. */
import { requestJira } from "@forge/bridge";
import { z } from "zod";

const found = z.object({ values: z.array(z.object({ id: z.coerce.string(), key: z.string(), name: z.string() })) });

/** As many as Jira takes in one question. */
const MOST_PROJECTS = 50;
const PREFIX = "jira:";

/** By source, such as `jira:10001`; those of other tools are not asked for. Undefined where Jira could not be asked. Never throws. */
export async function readProjectNames(sources: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
  const ids = sources.filter((source) => source.startsWith(PREFIX)).map((source) => source.slice(PREFIX.length));
  const questions = Array.from({ length: Math.ceil(ids.length / MOST_PROJECTS) }, (_, i) =>
    ids.slice(i * MOST_PROJECTS, (i + 1) * MOST_PROJECTS),
  );
  try {
    return new Map((await Promise.all(questions.map(ask))).flat());
  } catch {
    return undefined;
  }
}

async function ask(ids: readonly string[]): Promise<readonly (readonly [source: string, name: string])[]> {
  const query = new URLSearchParams([...ids.map((id) => ["id", id]), ["maxResults", String(MOST_PROJECTS)]]);
  const response = await requestJira(`/rest/api/3/project/search?${query}`, {
    headers: { accept: "application/json" },
  });
  if (!response.ok) throw new Error("Jira does not tell its projects' names.");
  const { values } = found.parse(await response.json());
  return values.map(({ id, key, name }) => [`${PREFIX}${id}`, `${name} (${key})`]);
}
