import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithReference } from "../../support/reference-dir.ts";
import { keyByCase, logFolder, rowsBy } from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

describeWithReference("the CSV event log tells the same as the Jira export of the same cases", (referenceDir) => {
  test.each([
    {
      log: "helpdesk",
      columns: "item=case_id,status=activity,at=timestamp,project=product",
      finished: 4_557,
      n: 4_557,
    },
    // Some cases have no journal: they belong to no project.
    { log: "aea-2024", columns: "item=case_id,status=status,at=timestamp,project=journal", finished: 463, n: 455 },
  ])("$log: $finished finished, $n with a cycle time", async ({ log: name, columns, finished, n }) => {
    const log = logFolder(referenceDir, name);
    const folder = aFolder();
    const [fromExport, fromEvents] = await Promise.all([
      stageledger(["analyse", "jira", log.issues, "--statuses", log.statuses, "--items", "export.csv"], { folder }),
      stageledger(
        ["analyse", "jira", log.eventLog, "--csv", columns, "--statuses", log.statuses, "--items", "events.csv"],
        { folder },
      ),
    ]);
    expect([fromExport, fromEvents]).toMatchObject([
      { exitCode: 0, stderr: "" },
      { exitCode: 0, stderr: "" },
    ]);
    const exported = rowsBy(join(folder, "export.csv"), "key");
    const events = rowsBy(join(folder, "events.csv"), "key");
    expect([...events.values()].filter((row) => row.finished !== "")).toHaveLength(finished);
    expect([...events.values()].filter((row) => row.cycle_days !== "")).toHaveLength(n);

    const keys = keyByCase(log.issues);
    expect(events.size).toBe(keys.size);
    const columnsOf = (row: Readonly<Record<string, string>> | undefined) =>
      [row?.created, row?.started, row?.finished, row?.cycle_days, row?.lead_seconds, row?.visits].join();
    const differing = [...events.keys()].filter(
      (key) => columnsOf(events.get(key)) !== columnsOf(exported.get(keys.get(key) ?? "")),
    );
    expect(differing).toEqual([]);
  });
});
