import { join } from "node:path";
import { expect, test } from "vitest";
import { readCsv } from "../../support/read-csv.ts";
import { describeWithReference } from "../../support/reference-dir.ts";
import { logFolder, stagesOfBoard } from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

describeWithReference("the cumulative flow is that of jirametrics on every day", (referenceDir) => {
  test.each([
    {
      log: "helpdesk",
      days: 1_452,
      lastDay: { date: "2014-01-03", New: "4580", Work: "4580", Resolve: "4569", Closed: "4559" },
    },
    { log: "aea-2024", days: 432, lastDay: { date: "2025-02-04", Open: "673", Work: "658", Done: "464" } },
  ])("$log: $days days", async ({ log: name, days, lastDay }) => {
    const log = logFolder(referenceDir, name);
    const folder = aFolder({ "stages.yaml": stagesOfBoard(log.expected("board_columns.json")) });
    const words = [
      "analyse",
      "jira",
      log.issues,
      "--statuses",
      log.statuses,
      "--stages",
      "stages.yaml",
      "--cfd",
      "cfd.csv",
    ];
    expect(await stageledger(words, { folder })).toMatchObject({ exitCode: 0, stderr: "" });

    const ours = readCsv(join(folder, "cfd.csv"));
    expect(ours).toEqual(readCsv(log.expected("jirametrics_cfd.csv.gz")));
    expect(ours).toHaveLength(days);
    expect(ours.at(-1)).toMatchObject(lastDay);
  });
});
