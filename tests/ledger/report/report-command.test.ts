import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { aLedgerFolder } from "../../support/database/a-ledger-folder.ts";
import { projectRoot } from "../../support/project-root.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";

// Each command opens the database anew.
vi.setConfig({ testTimeout: 180_000 });

const SAMPLE = join(projectRoot, "apps/ledger/sample");
const LOG = [
  join(SAMPLE, "three-teams.jsonl.gz"),
  ...["--statuses", join(SAMPLE, "statuses.json"), "--stages", join(SAMPLE, "stages.yaml")],
];

const run = (folder: string, ...words: string[]) => stageledgerInProcess(words, { folder });

/** The tenant takes the zone of the machine that it begins on. */
async function aLedger(zone: string): Promise<string> {
  const folder = await aLedgerFolder();
  const imported = await stageledgerInProcess(["import", "jira", ...LOG], { folder, variables: { TZ: zone } });
  expect(imported).toMatchObject({ exitCode: 0 });
  return folder;
}

describe("a report of an imported log", () => {
  test.each(["UTC", "Pacific/Auckland"])(
    "says of each project what an analysis of the log says, in %s",
    async (zone) => {
      const folder = await aLedger(zone);
      // The second and third lie in the middle of the log: most of it has not happened yet.
      for (const asOf of ["2026-10-25", "2026-09-13", "2026-10-02T10:00:00Z"]) {
        const report = await run(folder, "report", "--as-of", asOf, "--json");
        const analysis = await run(
          folder,
          ...["analyse", "jira", ...LOG, "--zone", zone, "--as-of", asOf, "--format", "json"],
        );
        // The ledger's ids begin with their source.
        const { flow } = JSON.parse(report.stdout.replaceAll('"jira:', '"'));
        const expected = JSON.parse(analysis.stdout);
        expect(flow.projects).toHaveLength(3);
        expect({ window: flow.window, chartWindow: flow.chartWindow }).toEqual({
          window: expected.window,
          chartWindow: expected.chartWindow,
        });
        for (const [i, project] of flow.projects.entries()) {
          const other = expected.projects[i];
          expect(project.verdict.sentence).toBe(other.verdict.sentence);
          expect(withoutLogFindings(project, expected)).toEqual(withoutLogFindings(other, expected));
        }
      }
    },
  );

  test("without releases names the day of the first hours, and prints what it writes", async () => {
    const folder = await aLedger("UTC");
    const words = ["report", "--as-of", "2026-10-25", "--project", "PAY"];
    const printed = await run(folder, ...words);
    expect(printed.stdout).toMatch(/^PAY · 31 Aug – 25 Oct 2026 \(8 weeks\)/u);
    expect(printed.stdout).toContain("\n  First hours on 29 Oct 2026, by stage on 5 Nov 2026.\n");
    expect(printed.stdout.match(/\(8 weeks\)/gu)).toHaveLength(1);
    expect(await run(folder, ...words, "--output", "report.txt")).toMatchObject({ exitCode: 0, stdout: "" });
    expect(readFileSync(join(folder, "report.txt"), "utf8")).toBe(printed.stdout);
  });

  test("looks at 6 to 12 weeks, as an analysis does", async () => {
    const folder = await aLedgerFolder();
    for (const weeks of ["5", "13", "7.5", "many"]) {
      const refused = await run(folder, "report", "--window", weeks);
      expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
      expect(refused.stderr).toContain("It should be 6 to 12 whole weeks.");
    }
    const refused = await run(folder, "report", "--as-of", "2026-02-30");
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr).toContain("Write it like 2026-09-07");
  });
});

interface WithFindings {
  readonly findings: readonly { readonly kind: string }[];
}

/** An analysis marks every figure with what is to doubt about its input as a whole; a ledger has no such input. */
function withoutLogFindings(flow: object, { findings }: WithFindings): unknown {
  const ofLog = new Set(findings.map(({ kind }) => kind));
  return JSON.parse(JSON.stringify(flow), (key, value: unknown) =>
    key === "findings" && Array.isArray(value) ? value.filter((one) => !ofLog.has(one)) : value,
  );
}
