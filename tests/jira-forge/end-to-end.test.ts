/**
 * From a team's work in a simulated Jira to the numbers that the project page draws: by the app's functions, the ledger's door, the
 * jobs that read Jira, entries that people log in the panel, and a release. What is drawn is read off the page in a browser, and
 * is what the command line says of the same database.
 */
import { stageMap } from "@stageledger/core/contract/stages";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { openChromium } from "../support/chromium.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aPerson } from "../support/forge/a-forge-door.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { openProject } from "../support/jira-forge/a-project-page.ts";
import { aWholeInstallation, type WholeInstallation } from "../support/jira-forge/a-whole-installation.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { readDrawnPage } from "../support/jira-forge/read-drawn-page.ts";
import { DAY, HOUR, utc } from "../support/moments.ts";
import { stageledger } from "../support/stageledger-process.ts";

// Ten weeks of a team, and some twenty pages: a minute or so on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** Mondays. */
const [FIRST_WEEK, LAST_WEEK] = ["2026-07-06", "2026-08-31"];
const NOW = utc("2026-09-08T09:00");
const PEOPLE = 7;

const figure = z.object({ value: z.number().nullable(), n: z.number(), note: z.string().optional() });
const cliReport = z.object({
  flow: z.object({
    window: z.object({ firstDay: z.string(), lastDay: z.string(), weeks: z.number() }),
    projects: z.tuple([
      z.object({
        project: z.string(),
        verdict: z.object({
          sentence: z.string(),
          evidence: z.array(z.string()),
          tryFirst: z.string().nullable(),
          finishes: z.number(),
          stage: z.string().nullable(),
          resamples: z.object({ same: z.number(), of: z.number() }),
        }),
        cycleTime: z.object({ p85: figure }),
        stages: z.array(
          z.object({
            ...{ name: z.string(), wip: figure, age85: figure, arrivalsPerWeek: figure, departuresPerWeek: figure },
            ...{ median: figure, p85: figure, visits: figure },
          }),
        ),
        weeks: z.array(z.object({ week: z.string(), arrivals: z.number(), departures: z.number() })),
      }),
    ]),
  }),
  hours: z.object({
    period: z.string().nullable(),
    stagesNextOn: z.string(),
    projects: z.tuple([
      z.object({ stages: z.array(z.object({ name: z.string(), minutes: z.number(), touchShare: z.number() })) }),
    ]),
  }),
});
type CliReport = z.infer<typeof cliReport>;
type Statuses = Readonly<Record<"toDo" | "build" | "review" | "done", string>>;

onPostgres((engine) => {
  let browser: Awaited<ReturnType<typeof openChromium>>;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => (typeof browser === "string" ? undefined : browser.close()));

  describeWithApp("from Jira to the project page", () => {
    test("every number that is drawn is the command line's, and the hours are those that people logged in the panel", async ({
      skip,
    }) => {
      if (typeof browser === "string") return skip(browser);
      const whole = await aWholeInstallation(engine().database, `${FIRST_WEEK}T06:00:00Z`);
      const { site, door } = whole;
      const review = site.world.createStatus("Review", "indeterminate");
      const statuses = { ...site.statuses, review };
      await whole.compare();
      await sayStages(whole, statuses);
      await playTeam(whole, statuses);
      whole.advanceTo(NOW);
      await whole.catchUp();
      await whole.release();
      expect([whole.forge.lines, whole.forge.waits]).toEqual([[], []]);

      const page = await openProject(door, { project: site.project, way: whole.wayOf("reader") });
      await page.settle();
      const drawn = await readDrawnPage(browser, page.shown());
      const report = await reportOf(whole, engine().url ?? "");
      const [{ verdict, weeks, cycleTime, ...flow }] = report.flow.projects;

      // In nine weeks 63 began; three were done in the first one, as nothing was in review on two days, and five in each other.
      expect(flow.stages.reduce((sum, { name, wip }) => sum + (name === "Done" ? 0 : (wip.value ?? 0)), 0)).toBe(
        63 - 43,
      );
      expect(verdict).toMatchObject({ sentence: "Review holds the work up.", finishes: 40 });
      expect(drawn.headings[0]).toBe(verdict.sentence);
      const { same, of } = verdict.resamples;
      expect(drawn.texts).toContain(`Named in ${same} of ${of} resampled windows · 40 items finished in the window`);
      for (const line of verdict.evidence) expect(drawn.texts).toContain(line);
      expect(drawn.texts).toContain(`Try first: ${verdict.tryFirst}.`);
      const { value, n } = cycleTime.p85;
      expect(drawn.texts).toContain(`In these weeks 85 % of items finished within ${value} d (n ${n}).`);

      const [stages, byWeek] = drawn.tables;
      expect(stages).toEqual([HEAD, ...["Build", "Review"].map((name) => expectedLine(name, report))]);
      // Begun on the last Thursday and Friday, and all but the 43 and these: WIP, then in and out a week.
      const counted = stages?.slice(1).map((cells) => [cells[1], cells[3]]);
      expect(counted).toEqual([
        ["2", "7.0 / 7.0"],
        ["18", "7.0 / 5.0"],
      ]);
      // Seven people, six hours each in Build and two in Review.
      expect(stages?.map((cells) => cells.at(-2))).toEqual(["hours", "42 h", "14 h"]);
      expect(byWeek?.slice(1)).toEqual(
        weeks.map(({ week, arrivals, departures }) => [shortDay(week), String(arrivals), String(departures)]),
      );
      expect(report.hours.period).toBe("2026-08");
      const next = `${shortDay(report.hours.stagesNextOn)} 2026`;
      expect(
        drawn.texts.some((text) => text.startsWith("Hours: 3 Aug – 30 Aug 2026,") && text.endsWith(`${next}.`)),
      ).toBe(true);
      expect(site.world.personalTexts().filter((text) => page.said().includes(text))).toEqual([]);
      expect(page.said()).not.toMatch(/PAY-\d/u);
    });
  });
});

const HEAD = ["Stage", "WIP", "age85", "in / out a week", "median", "85 %", "n", "visits", "hours", "touch"];

/** An admin of the site says what the stages are. */
async function sayStages(
  { site: { jira }, door, userTokenOf }: WholeInstallation,
  { toDo, build, review, done }: Statuses,
): Promise<void> {
  jira.rights.letAdministerJira("admin");
  const headers = { "x-forge-oauth-user": userTokenOf("admin") };
  const admin = aPerson(door, "admin");
  const { version } = await admin.told(stageMap, "/forge/v1/stages", { headers });
  const stage = (name: string, kind: string, status: string) => ({ name, kind, statuses: [status] });
  const body = {
    version,
    commitment: "Build",
    stages: [
      stage("To do", "waiting", `jira:${toDo}`),
      stage("Build", "active", `jira:${build}`),
      stage("Review", "active", `jira:${review}`),
      stage("Done", "done", `jira:${done}`),
    ],
  };
  await admin.told(stageMap, "/forge/v1/stages", { method: "PUT", body, headers });
}

/**
 * Each week seven issues begin, are built in two days and wait for a review, of which there is one each workday. In August seven
 * people log in the panel.
 */
async function playTeam(whole: WholeInstallation, { toDo, build, review, done }: Statuses): Promise<void> {
  const { world, project } = whole.site;
  const building: { readonly issue: string; readonly since: number }[] = [];
  const inReview: string[] = [];
  for (let monday = utc(FIRST_WEEK); monday <= utc(LAST_WEEK); monday += 7 * DAY) {
    for (let weekday = 0; weekday < 5; weekday += 1) {
      const morning = monday + weekday * DAY + 8 * HOUR;
      whole.advanceTo(morning);
      for (let begun = 0; begun < (weekday < 2 ? 2 : 1); begun += 1) {
        const issue = world.createIssue({ project, status: toDo });
        world.moveStatus(issue, build);
        building.push({ issue, since: morning });
      }
      whole.advanceTo(morning + 4 * HOUR);
      while (building[0] !== undefined && building[0].since <= morning - 2 * DAY) {
        const { issue } = building.shift() ?? building[0];
        world.moveStatus(issue, review);
        inReview.push(issue);
      }
      whole.advanceTo(morning + 8 * HOUR);
      const reviewed = inReview.shift();
      if (reviewed !== undefined) world.moveStatus(reviewed, done);
    }
    await whole.catchUp();
    if (monday === utc("2026-08-10")) await logInPanel(whole, building[0]?.issue ?? "", inReview[0] ?? "");
  }
}

async function logInPanel(whole: WholeInstallation, inBuild: string, inReview: string): Promise<void> {
  for (let person = 1; person <= PEOPLE; person += 1) {
    const accountId = `person-${person}`;
    for (const [issue, time] of [
      [inBuild, "6h"],
      [inReview, "2h"],
    ] as const) {
      const panel = await openPanel(whole.door, { accountId, issue, way: whole.wayOf(accountId) });
      await panel.settle();
      await panel.type("time", time);
      await panel.enter("time");
      expect(panel.text("notice")).toContain("Logged");
    }
  }
}

/** A process of its own, on the same database. */
async function reportOf({ tenantName, masterKeyText }: WholeInstallation, url: string): Promise<CliReport> {
  const words = [
    "report",
    "--json",
    "--tenant",
    tenantName,
    "--project",
    "Payments",
    "--as-of",
    new Date(NOW).toISOString(),
  ];
  const variables = { DATABASE_URL: url, STAGELEDGER_MASTER_KEY: masterKeyText };
  const { exitCode, stdout, stderr } = await stageledger(words, { variables });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return cliReport.parse(JSON.parse(stdout));
}

/** Written out here by the documents' words, not by the product's code. */
function expectedLine(name: string, { flow, hours }: CliReport): readonly string[] {
  const [{ stages, verdict }] = flow.projects;
  const stage = stages.find((one) => one.name === name);
  const part = hours.projects[0].stages.find((one) => one.name === name);
  if (stage === undefined || part === undefined) throw new Error(`The command line has no ${name}.`);
  const days = ({ value }: z.infer<typeof figure>): string =>
    value === null ? "none" : value < DAY ? `${(value / HOUR).toFixed(1)} h` : `${(value / DAY).toFixed(1)} d`;
  const rate = ({ value }: z.infer<typeof figure>): string => (value ?? 0).toFixed(1);
  const touch = part.touchShare * 100;
  return [
    name === verdict.stage ? `${name} ▲ constraint` : name,
    String(stage.wip.value),
    `${stage.age85.value} d${stage.age85.note === undefined ? "" : ` (${stage.age85.note})`}`,
    `${rate(stage.arrivalsPerWeek)} / ${rate(stage.departuresPerWeek)}`,
    days(stage.median),
    days(stage.p85),
    String(stage.median.n),
    (stage.visits.value ?? 0).toFixed(1),
    `${part.minutes / 60} h`,
    touch < 0.5 ? "under 1 %" : `${Math.round(touch)} %`,
  ];
}

function shortDay(date: string): string {
  return new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short", timeZone: "UTC" })
    .formatToParts(new Date(date))
    .flatMap(({ type, value }) => (type === "literal" ? [] : [value]))
    .toReversed()
    .join(" ");
}
