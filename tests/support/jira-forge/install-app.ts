/** Before the first test of the app in Jira: its own packages, which `npm install` at the root leaves out. */
import type { TestProject } from "vitest/node";
import { appFolder } from "./app-folder.ts";
import { installLocked } from "./install-locked.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Why the app's packages are missing; empty where they are there. */
    whyNoForgePackages: string;
  }
}

/** Where they cannot be installed the run goes on: the tests that need them say so. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("whyNoForgePackages", await whyMissing());
}

async function whyMissing(): Promise<string> {
  try {
    await installLocked(appFolder);
    return "";
  } catch (error) {
    console.error(error);
    return "the Forge packages cannot be installed: npm ci in apps/jira-forge says why";
  }
}
