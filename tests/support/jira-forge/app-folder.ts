import { join } from "node:path";
import { projectRoot } from "../project-root.ts";

/** Absolute path of the app in Jira. */
export const appFolder = join(projectRoot, "apps/jira-forge");
