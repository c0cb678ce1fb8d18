import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { describeWithReference } from "../../support/reference-dir.ts";
import {
  keyByCase,
  logFolder,
  projectNames,
  readJson,
  resultsByProject,
  rowsBy,
  statusResults,
} from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

describeWithReference("completed time and visits in each status are those of pm4py", (referenceDir) => {
  test.each([
    { log: "helpdesk", statuses: 14, most: "Resolve ticket", visits: "4719", seconds: "11635362427.000", sums: 71 },
    {
      log: "aea-2024",
      statuses: 29,
      most: "Pending openICPSR changes",
      visits: "344",
      seconds: "931382119.296",
      sums: 79,
    },
  ])("$log: $statuses statuses, and $sums sums by project", async (expected) => {
    const log = logFolder(referenceDir, expected.log);
    const ours = await statusTimes(log.issues, log.statuses);
    expect(ours.get(`* | ${expected.most}`)).toMatchObject({
      completed_visits: expected.visits,
      completed_seconds: expected.seconds,
    });
    const theirs = Object.entries(readJson(log.expected("pm4py.json"), statusResults).time_in_status_completed_visits);
    expect(theirs).toHaveLength(expected.statuses);
    expect([...ours.keys()].filter((key) => key.startsWith("* | "))).toHaveLength(expected.statuses);
    for (const [status, { visits_left, sum_s }] of theirs) {
      expect(ours.get(`* | ${status}`), status).toMatchObject({
        completed_visits: String(visits_left),
        completed_seconds: sum_s.toFixed(3),
      });
    }

    const guests = await guestsByProject(expected.log === "helpdesk" ? HELPDESK_GUESTS : {}, log);
    const keyOfProject = new Map(
      Object.entries(readJson(log.projects, projectNames)).map(([key, name]) => [name, key]),
    );
    let sums = 0;
    for (const [project, { time_in_status_s }] of Object.entries(
      readJson(log.expected("pm4py_by_project.json"), resultsByProject),
    )) {
      for (const [status, seconds] of Object.entries(time_in_status_s)) {
        const own = Number(ours.get(`${keyOfProject.get(project)} | ${status}`)?.completed_seconds);
        const guest = Number(guests[project]?.get(`* | ${status}`)?.completed_seconds ?? 0);
        expect((own + guest).toFixed(3), `${project}, ${status}`).toBe(seconds.toFixed(3));
        sums += 1;
      }
    }
    expect(sums).toBe(expected.sums);
  });
});

/**
 * Two cases changed their product on the way. pm4py's table has them whole in both; here an item belongs to the project
 * that it is in now (E14). So their times are asked for by themselves and added where they only passed through.
 */
const HELPDESK_GUESTS = { "Value 1": "Case 4259", "Value 5": "Case 2918" };

type StatusTimes = Awaited<ReturnType<typeof statusTimes>>;

async function guestsByProject(
  caseByProject: Readonly<Record<string, string>>,
  log: ReturnType<typeof logFolder>,
): Promise<Readonly<Record<string, StatusTimes>>> {
  const keys = keyByCase(log.issues);
  const lines = gunzipSync(readFileSync(log.issues)).toString("utf8").split("\n");
  const times = Object.entries(caseByProject).map(async ([project, name]) => {
    const line = lines.find((each) => each.includes(`"key":"${keys.get(name)}"`)) ?? "";
    const folder = aFolder({ "one.json": line });
    return [project, await statusTimes(join(folder, "one.json"), log.statuses)] as const;
  });
  return Object.fromEntries(await Promise.all(times));
}

async function statusTimes(issues: string, statuses: string): Promise<ReturnType<typeof rowsBy>> {
  const folder = aFolder();
  const words = ["analyse", "jira", issues, "--statuses", statuses, "--statuses-out", "times.csv"];
  expect(await stageledger(words, { folder })).toMatchObject({ exitCode: 0, stderr: "" });
  return rowsBy(join(folder, "times.csv"), "project", "status");
}
