import { words } from "./words.ts";

/** Items that came without a project are in one without a name. */
export function projectName(project: string): string {
  return project === "" ? words.noProject : project;
}
