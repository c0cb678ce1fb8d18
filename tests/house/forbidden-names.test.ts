import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/project-root.ts";

/** Paths under the checkout that match, without installed packages. */
function filesMatching(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: projectRoot, exclude: ["**/node_modules/**"] });
}

/** Those of the files whose text matches. */
function holding(text: RegExp, files: readonly string[]): string[] {
  return files.filter((file) => text.test(readFileSync(join(projectRoot, file), "utf8")));
}

describe("names that the house does not have", () => {
  test("no manifest, lock file or import depends on Forge's UI Kit 1, which Jira no longer runs", () => {
    const manifests = filesMatching("**/package.json", "**/package-lock.json", "**/manifest.yml");
    expect(manifests).toContain("package-lock.json");
    expect(holding(/@forge\/ui["'/]/, manifests)).toEqual([]);
    expect(holding(/from "@forge\/ui["/]/, filesMatching("{packages,apps}/**/*.{ts,tsx,js}"))).toEqual([]);
  });

  test("no lock file names the registry that a package came from", () => {
    expect(holding(/"resolved": *"https?:/, filesMatching("**/package-lock.json"))).toEqual([]);
  });

  test("the paths of Jira's REST API stand where Jira is asked: for a reading, a sync, somebody's rights, and in the panel", () => {
    const product = filesMatching("{packages,apps}/*/{src,bin}/**/*.{ts,tsx,js}");
    expect(product).toContain("packages/core/src/index.ts");
    const elsewhere = product.filter(
      (file) => !/^apps\/(ledger\/src\/(jira|jira-sync\/jira|forge\/rights)|jira-forge)\//.test(file),
    );
    expect(holding(/(?<!GET |<site>)\/rest\/(api|agile)\//, elsewhere)).toEqual([]);
  });

  test("no file is a drawer", () => {
    const files = filesMatching("{packages,apps,tests}/**/*.{ts,tsx,js}");
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.\w+$)/.test(file))).toEqual([]);
  });
});
