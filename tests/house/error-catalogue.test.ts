import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/project-root.ts";

const DECLARED_IN = "packages/core/src/errors.ts";
const APP_CODES_IN = "apps/jira-forge/src/ledger/failure.ts";
const APP_WORDS_IN = "apps/jira-forge/src/words/english-failures.ts";
const EXPLAINED_IN = "docs/errors.md";

function textOf(path: string): string {
  return readFileSync(join(projectRoot, path), "utf8");
}

/** The members of the union `ErrorCode`. */
function declaredCodes(): string[] {
  const union = /export type ErrorCode =(?<members>[^;]*);/.exec(textOf(DECLARED_IN))?.groups?.members ?? "";
  return [...union.matchAll(/\| "(\w+)"/g)].map(([, code = ""]) => code);
}

/** Codes of the app in Jira, which the ledger never sees: the members of `OWN_CODES`. */
function appCodes(): string[] {
  const members = /export const OWN_CODES = \{(?<members>[^}]*)\}/.exec(textOf(APP_CODES_IN))?.groups?.members ?? "";
  return [...members.matchAll(/: "(\w+)"/g)].map(([, code = ""]) => code);
}

interface Section {
  readonly heading: string;
  readonly body: string;
}

/** The sections of the third level, in order. */
function sections(): readonly Section[] {
  const [, ...parts] = textOf(EXPLAINED_IN).split(/^### /m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    return { heading, body: lines.join("\n").split(/^## /m)[0] ?? "" };
  });
}

/** Codes that an error is made with: `new StageledgerError("CODE"` or a local `error("CODE"`. */
function thrownCodes(): ReadonlySet<string> {
  const product = globSync("{packages,apps}/*/src/**/*.ts", { cwd: projectRoot, exclude: ["**/node_modules/**"] });
  const made = product.flatMap((file) => [...textOf(file).matchAll(/\b(?:StageledgerError|error)\(\s*"(\w+)"/g)]);
  return new Set(made.map(([, code = ""]) => code));
}

describe("error codes", () => {
  test("are declared once each", () => {
    const codes = declaredCodes();
    expect(codes).toContain("INPUT_NOT_FOUND");
    expect(codes).toContain("SITE_UNAUTHORISED");
    expect(codes).toEqual([...new Set(codes)]);
  });

  test("have one section each in docs/errors.md, and no section is about anything else", () => {
    const headings = sections().map(({ heading }) => heading);
    expect(headings.sort()).toEqual(declaredCodes().sort());
  });

  test.each(sections())(
    "$heading: its example ends with the code, and no other code's example stands there",
    ({ heading, body }) => {
      const examples = [...body.matchAll(/^stageledger: .* \[(?<code>\w+)\]$/gm)];
      expect(examples.map(({ groups }) => groups?.code)).toEqual([heading]);
    },
  );

  test("are all thrown somewhere: one that nothing throws is taken out", () => {
    const thrown = thrownCodes();
    expect(declaredCodes().filter((code) => !thrown.has(code))).toEqual([]);
  });

  test("of the app in Jira stand in a table of docs/errors.md and have words of their own, and no other is in the table", () => {
    const [, table = ""] = /^## The app in Jira$(?<table>.*?)^## /ms.exec(textOf(EXPLAINED_IN)) ?? [];
    const rows = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, code = ""]) => code);
    expect(appCodes()).toContain("LEDGER_UNREACHED");
    expect(rows.sort()).toEqual(appCodes().sort());
    for (const code of appCodes()) expect(textOf(APP_WORDS_IN)).toContain(`    ${code}: {`);
    expect(declaredCodes().filter((code) => appCodes().includes(code))).toEqual([]);
  });
});
