import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appFolder } from "../support/jira-forge/app-folder.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { aFolder } from "../support/temporary-folder.ts";

const MINUTES = 60_000;

/** What the app's own TypeScript says; nothing where it has no complaint. */
function complaintsOf(config: string): Promise<string> {
  const tsc = join(appFolder, "node_modules/typescript/bin/tsc");
  return new Promise((told) => {
    execFile(process.execPath, [tsc, "-p", config], (_failed, stdout) => told(stdout));
  });
}

describeWithApp("the types of the app in Jira", () => {
  test("hold, with the contract's, under the TypeScript of Atlassian's bundler", { timeout: 3 * MINUTES }, async () => {
    expect(await complaintsOf(join(appFolder, "tsconfig.check.json"))).toBe("");
  });

  test("are Atlassian's: a property that a component does not have is refused", { timeout: 3 * MINUTES }, async () => {
    const folder = aFolder({
      "tsconfig.json": JSON.stringify({ extends: join(appFolder, "tsconfig.check.json"), include: ["*.tsx"] }),
      "odd.tsx":
        'import { Text, Textfield } from "@forge/react"; export const odd = <Text colour="red">Odd</Text>;\n' +
        "export const field = <Textfield onKeyDown={() => undefined} />;\n",
    });
    symlinkSync(join(appFolder, "node_modules"), join(folder, "node_modules"));
    const complaints = await complaintsOf(join(folder, "tsconfig.json"));
    expect(complaints).toContain("odd.tsx(1,");
    expect(complaints).toContain("Property 'colour' does not exist");
    expect(complaints).toContain("Property 'onKeyDown' does not exist");
  });
});
