import type { ProjectNames } from "../state/admin/admin-state.ts";
import type { Words } from "./english.ts";

const ID = /^(?<tool>[a-z]+):(?<id>.*)$/u;

/** By its own name where Jira tells it, and else by its id. */
export function sayProjectSource(source: string, names: ProjectNames, { admin }: Words): string {
  const said = admin.projects.source;
  const { tool, id = source } = ID.exec(source)?.groups ?? {};
  const name = names.kind === "read" ? names.bySource.get(source) : undefined;
  if (tool === "jira") return name === undefined ? said.jiraById(id) : said.jira(name);
  return tool === "asana" ? said.asana(id) : source;
}
