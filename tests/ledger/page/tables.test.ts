import { randomUUID } from "node:crypto";
import { pagePortfolio, pageProjects } from "@stageledger/core/contract/page-projects";
import { pageReport } from "@stageledger/core/contract/page-report";
import { REPORT_TABLES } from "@stageledger/core/contract/page-routes";
import { type Database, recordFacts, recordStageMap, release } from "@stageledger/db";
import { describe, expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent } from "../../support/an-item.ts";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines, onPostgres } from "../../support/database/engines.ts";
import { sixPeople } from "../../support/database/six-people.ts";
import { day, utc } from "../../support/moments.ts";
import { aMember, aPageDoor, type PageMember } from "../../support/page/a-page-door.ts";
import { aPaymentsLedger, NOW } from "../../support/page/a-payments-ledger.ts";

async function table(member: PageMember, path: string): Promise<readonly string[]> {
  const response = await member.call(path);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  return (await response.text()).trimEnd().split("\n");
}

/** Six people, 300 minutes each in Build in a week of August, 60 each in Review in one of September; released in October. */
async function aLedgerWithHours(database: Database): Promise<TestTenant> {
  const tenant = await aTenant(database, { zone: "UTC" });
  const { tenantId, masterKey } = tenant;
  await recordStageMap(database, tenantId, aStageMap());
  const people = await sixPeople(database, tenant);
  const logged = [
    { date: day("2026-08-11"), minutes: 300, chosenStatus: "Build", activity: "build" },
    { date: day("2026-09-15"), minutes: 60, chosenStatus: "Review", activity: "review" },
  ];
  const item = anItemThatWent([["2026-08-03T09:00", "Build"]], { id: "jira:1", key: "=1+1", project: "Payments" });
  await recordFacts(database, tenantId, {
    items: [aPart(item)],
    statuses: [],
    entries: people.flatMap((contributor) =>
      logged.map((overrides) => ({
        ...{ entryId: randomUUID(), contributor, number: 1, change: "created" as const, importId: undefined },
        entry: anEntry({ itemId: "jira:1", project: "Payments", ...overrides }),
      })),
    ),
  });
  // August closes on 3 September, September on 1 October.
  for (const at of ["2026-09-03T12:00", "2026-10-01T12:00"]) await release(database, tenantId, masterKey, utc(at));
  return tenant;
}

onBothEngines((engine) => {
  test("hours are shown period by period as they were published, and what is missing is not enough people", async () => {
    const { database } = engine();
    const { tenantId } = await aLedgerWithHours(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const { hours } = await member.told(pageReport, "/api/v1/projects/Payments/report");
    expect(hours).toMatchObject({
      period: "2026-09",
      stages: [{ name: "Review", minutes: 360 }],
      activities: [{ name: "review", minutes: 360 }],
      periods: [
        {
          period: "2026-08",
          days: { firstDay: "2026-08-03", lastDay: "2026-08-30" },
          stages: [{ name: "Build", minutes: 1800 }],
          activities: [{ name: "build", minutes: 1800 }],
        },
        { period: "2026-09", days: { firstDay: "2026-08-31", lastDay: "2026-09-27" }, stages: [{ minutes: 360 }] },
      ],
    });
    const path = "/api/v1/projects/Payments/report.csv?table";
    expect(await table(member, `${path}=hours-by-activity`)).toEqual([
      "period,activity,minutes",
      "2026-08,build,1800",
      "2026-09,review,360",
    ]);
    expect(await table(member, `${path}=hours-by-week`)).toEqual([
      "week,minutes",
      "2026-08-31,Not enough people to show",
      "2026-09-07,Not enough people to show",
      "2026-09-14,360",
      "2026-09-21,Not enough people to show",
    ]);
    const earlier = await member.told(pageReport, "/api/v1/projects/Payments/report?asOf=2026-09-10");
    expect(earlier.hours.periods.map(({ period }) => period)).toEqual(["2026-08"]);
  });
});

onPostgres((engine) => {
  test("a spreadsheet takes no item's key for a formula", async () => {
    const { database } = engine();
    const { tenantId } = await aLedgerWithHours(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const [, row] = await table(member, "/api/v1/projects/Payments/report.csv?table=items-in-progress");
    expect(row?.startsWith("'=1+1,Build,")).toBe(true);
  });

  describe("each table", () => {
    test("has the rows of its chart", async () => {
      const { database } = engine();
      const { tenantId } = await aPaymentsLedger(database);
      const member = aMember(await aPageDoor(database, NOW), tenantId);
      const { flow, forecast } = await member.told(pageReport, "/api/v1/projects/Payments/report");
      const rows = new Map<string, readonly string[]>();
      for (const name of REPORT_TABLES)
        rows.set(name, (await table(member, `/api/v1/projects/Payments/report.csv?table=${name}`)).slice(1));
      const { charts, stages, weeks, monteCarlo } = flow;
      const count = (name: string): number => rows.get(name)?.length ?? 0;
      expect(["stages", "weeks", "days"].map(count)).toEqual([stages.length, weeks.length, charts.days.length]);
      expect(rows.get("weeks")?.[0]).toBe(
        [weeks[0]?.week, weeks[0]?.arrivals, weeks[0]?.departures, weeks[0]?.withdrawn, weeks[0]?.net].join(","),
      );
      expect(rows.get("finished-items")).toEqual(
        charts.scatter.map((dot) => `${dot.key},${dot.day},${dot.cycleDays},${dot.reopened ? "yes" : "no"}`),
      );
      const last = charts.days.length - 1;
      const at = (series: readonly number[]): number | undefined => series[last];
      expect(rows.get("days")?.at(-1)).toBe(
        [
          "2026-10-25",
          at(charts.wip),
          at(charts.throughput),
          ...charts.cumulative.map(at),
          ...charts.corrected.map(at),
        ].join(","),
      );
      expect(rows.get("forecast")?.[1]).toBe(
        [
          "85 %",
          monteCarlo.remaining,
          monteCarlo.when?.p85.value,
          forecast.doneBy?.p85,
          monteCarlo.howMany?.p85.value,
          28,
          "2026-11-22",
        ].join(","),
      );
      expect(rows.get("data-quality")?.map((row) => row.split(",").slice(0, 2))).toEqual(
        flow.findings.map(({ kind, count: many }) => [kind, String(many)]),
      );
    });
  });

  test("files are named after what is in them, whatever a project is called", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const item = anItemThatWent([["2026-10-01T09:00", "Build"]], { id: "jira:5", key: "K-5", project: 'Zä"hl;e/r' });
    await recordFacts(database, tenantId, { items: [aPart(item)], statuses: [], entries: [] });
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const nameOf = async (path: string): Promise<string | null> =>
      (await member.call(path)).headers.get("content-disposition");
    expect(await nameOf("/api/v1/projects/Payments/report.csv")).toBe('attachment; filename="Payments stages.csv"');
    expect(await nameOf("/api/v1/projects/Payments/report.json")).toBe('attachment; filename="Payments report.json"');
    const odd = await nameOf(`/api/v1/projects/${encodeURIComponent('Zä"hl;e/r')}/report.json`);
    expect(odd).toMatch(/^attachment; filename="[^/\r\n]*"; filename\*=UTF-8''[^/"; ]+$/u);
  });

  test("the report as a file is the report, byte by byte", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const bytes = async (path: string): Promise<string> => (await member.call(path)).text();
    const base = "/api/v1/projects/Payments/report";
    expect((await bytes(`${base}.json?weeks=6`)) === (await bytes(`${base}?weeks=6`))).toBe(true);
  });

  test("business time is asked for, and told apart: nine to five on weekdays", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database, { zone: "UTC" });
    await recordStageMap(database, tenantId, aStageMap());
    // Build from Friday 10:00 to Monday 11:00: 73 hours by the calendar, 7 + 2 of work.
    const items = Array.from({ length: 12 }, (_, i) =>
      aPart(
        anItemThatWent(
          [
            ["2026-10-01T09:00", "Backlog"],
            ["2026-10-09T10:00", "Build"],
            ["2026-10-12T11:00", "Done"],
          ],
          { id: `jira:${i}`, key: `PAY-${i}`, project: "Payments" },
        ),
      ),
    );
    await recordFacts(database, tenantId, { items, statuses: [], entries: [] });
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const calendar = await member.told(pageReport, "/api/v1/projects/Payments/report?time=calendar");
    expect([calendar.time, calendar.calendar, calendar.flow.businessTime]).toEqual(["calendar", null, null]);
    const business = await member.told(pageReport, "/api/v1/projects/Payments/report?time=business");
    expect(business.flow.businessTime).toMatchObject({ p85: { value: 9 * 3_600_000, n: 12 }, hoursPerDay: 8 });
    expect(business.calendar).toEqual({ days: [1, 2, 3, 4, 5], shifts: [{ from: 540, to: 1020 }], holidays: [] });
    expect(business.flow.cycleTime).toEqual(calendar.flow.cycleTime);
  });

  test("a version of the stages can be asked for, also one that does not hold yet", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    await recordStageMap(
      database,
      tenantId,
      aStageMap({ version: 2, effectiveFrom: utc("2026-12-01T00:00"), commitment: "Review" }),
    );
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const path = "/api/v1/projects/Payments/report";
    const present = await member.told(pageReport, path);
    expect(present.map).toMatchObject({ version: 1, commitment: "Build" });
    expect(present.mapVersions).toEqual([
      { version: 1, effectiveFrom: null },
      { version: 2, effectiveFrom: "2026-12-01T00:00:00.000Z" },
    ]);
    const next = await member.told(pageReport, `${path}?map=2`);
    expect([next.map.commitment, next.flow.verdict.mapVersion]).toEqual(["Review", 2]);
    expect(next.flow.cycleTime.p50.value).toBeLessThan(present.flow.cycleTime.p50.value ?? 0);
  });

  test("the portfolio has each project's verdict in the words of its report, and follows what happens", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const door = await aPageDoor(database, NOW);
    const member = aMember(door, tenantId);
    expect((await member.told(pageProjects, "/api/v1/projects")).projects).toEqual([
      { project: "Ops", isRestricted: false, sources: [] },
      { project: "Payments", isRestricted: false, sources: [] },
    ]);
    const look = async () => (await member.told(pagePortfolio, "/api/v1/portfolio")).rows;
    const rows = await look();
    expect(rows.map(({ project, wip, outcome }) => [project, wip, outcome])).toEqual([
      ["Ops", 2, "none"],
      ["Payments", expect.any(Number), "constraint"],
    ]);
    for (const { project, sentence, stage, cycleTimeP85, finishes, wip } of rows) {
      const { flow } = await member.told(pageReport, `/api/v1/projects/${project}/report`);
      expect(flow).toMatchObject({
        verdict: { sentence, stage, finishes },
        cycleTime: { p85: cycleTimeP85 },
        counts: { wip },
      });
    }
    const item = anItemThatWent([["2026-10-20T09:00", "Build"]], { id: "asana:7003:900", key: "7003", project: "Ops" });
    await recordFacts(database, tenantId, { items: [aPart(item)], statuses: [], entries: [] });
    expect((await look())[0]?.wip).toBe(3);
    door.clock.now = utc("2026-10-26T08:00");
    expect((await member.told(pagePortfolio, "/api/v1/portfolio")).window).toEqual({
      firstDay: "2026-08-31",
      lastDay: "2026-10-25",
      weeks: 8,
    });
  });
});
