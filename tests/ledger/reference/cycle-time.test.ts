import { join } from "node:path";
import { expect, test } from "vitest";
import { readCsv } from "../../support/read-csv.ts";
import { describeWithReference } from "../../support/reference-dir.ts";
import { isoSecond, logFolder, rowsBy } from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

describeWithReference("start, finish and cycle days are those of jirametrics on every issue", (referenceDir) => {
  test.each([
    { log: "helpdesk", issues: 4_580, n: 4_557, sumDays: 172_472, medianDays: 37, unstarted: 0 },
    { log: "aea-2024", issues: 673, n: 455, sumDays: 43_865, medianDays: 64, unstarted: 8 },
  ])("$log: $n cycle times, $sumDays d in all, median $medianDays d", async (expected) => {
    const log = logFolder(referenceDir, expected.log);
    const folder = aFolder();
    const words = ["analyse", "jira", log.issues, "--statuses", log.statuses, "--items", "items.csv"];
    expect(await stageledger(words, { folder })).toMatchObject({ exitCode: 0, stderr: "" });

    const ours = rowsBy(join(folder, "items.csv"), "key");
    const theirs = readCsv(log.expected("jirametrics_cycletime.csv.gz"));
    expect(theirs).toHaveLength(expected.issues);
    expect(ours.size).toBe(expected.issues);
    const differing = theirs.filter((their) => {
      const our = ours.get(their.key ?? "");
      // jirametrics prints whole seconds.
      const instants = [our?.created, our?.started, our?.finished].map((instant) => instant?.slice(0, 19));
      const expectedInstants = [their.created, their.started, their.stopped].map((printed) => isoSecond(printed ?? ""));
      return instants.join() !== expectedInstants.join() || our?.cycle_days !== their.cycletime_days;
    });
    expect(differing).toEqual([]);

    const days = [...ours.values()]
      .filter((row) => row.cycle_days !== "")
      .map((row) => Number(row.cycle_days))
      .sort((a, b) => a - b);
    expect(days).toHaveLength(expected.n);
    expect(days.reduce((sum, each) => sum + each, 0)).toBe(expected.sumDays);
    expect(days[Math.ceil(expected.n / 2) - 1]).toBe(expected.medianDays);
    const unstarted = [...ours.values()].filter((row) => row.finished !== "" && row.started === "");
    expect(unstarted).toHaveLength(expected.unstarted);
    expect(unstarted.every((row) => row.flags?.split(";").includes("never-started"))).toBe(true);
  });
});
