import type { ProjectDesk } from "../../state/project/project-desk.ts";
import type { ReadyProject } from "../../state/project/project-state.ts";

/** What each part of the page gets. */
export interface ProjectPart {
  readonly state: ReadyProject;
  readonly desk: ProjectDesk;
}
