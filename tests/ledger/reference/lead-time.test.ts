import { join } from "node:path";
import { expect, test } from "vitest";
import { readCsv } from "../../support/read-csv.ts";
import { describeWithReference } from "../../support/reference-dir.ts";
import { rowsBy } from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

describeWithReference("lead time is DevLake's on 30 of 30 resolved issues", (referenceDir) => {
  test("with the deleted status Resolved guessed done, 394,271 minutes in all", async () => {
    const tables = join(referenceDir, "data/devlake-jira");
    const payloads = (table: string) => readCsv(join(tables, "raw_tables", table)).map((row) => row.data);
    const folder = aFolder({
      "issues.jsonl": payloads("_raw_jira_api_issues.csv").join("\n"),
      "statuses.json": `[${payloads("_raw_jira_api_status.csv").join()}]`,
    });
    const words = ["analyse", "jira", "issues.jsonl", "--statuses", "statuses.json", "--items", "items.csv"];
    const { exitCode, stdout } = await stageledger(words, { folder });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("4 deleted statuses, guessed");

    const ours = rowsBy(join(folder, "items.csv"), "key");
    expect(ours.size).toBe(33);
    const theirs = readCsv(join(tables, "snapshot_tables/issues.csv")).filter((row) => row.lead_time_minutes !== "");
    expect(theirs).toHaveLength(30);
    const ourMinutes = theirs.map((row) => Math.floor(Number(ours.get(row.issue_key ?? "")?.lead_seconds) / 60));
    expect(ourMinutes).toEqual(theirs.map((row) => Number(row.lead_time_minutes)));
    expect(ourMinutes.reduce((sum, minutes) => sum + minutes, 0)).toBe(394_271);
  });
});
