import { count, counted, decimal, percent, publishedHours } from "@stageledger/core/contract/figure-text";
import { type PageReport, pageReport } from "@stageledger/core/contract/page-report";
import { expect } from "vitest";
import { z } from "zod";
import { aReportPage, cellsOf, open } from "../support/report/a-report-page.ts";
import { inChromium } from "../support/report/in-chromium.ts";

const CHARTS = [
  ...["cycle-time", "cumulative-flow", "ageing", "time-in-stage", "net-flow", "throughput", "work-in-progress"],
  ...["blocked-time", "roadblocks", "hours-by-week", "hours-by-stage", "hours-by-activity"],
];

inChromium((look) => {
  async function report(url: string): Promise<PageReport> {
    return pageReport.parse(await (await fetch(`${url}/api/v1/projects/Payments/report`)).json());
  }

  look("every chart is drawn, and the page complains of nothing and calls nobody else", async ({ browser, server }) => {
    const shown = await aReportPage(browser);
    await open(shown, `${server.url}/projects/Payments`);
    for (const chart of CHARTS) {
      const drawn = shown.page.locator(`#${chart} svg.plot[role=img]`);
      await drawn.waitFor();
      expect({ chart, marks: (await drawn.locator("path, rect, circle, line").count()) > 0 }).toEqual({
        chart,
        marks: true,
      });
    }
    expect(await shown.page.locator("figure.card").count()).toBe(CHARTS.length);
    expect(shown.complaints).toEqual([]);
    expect([...shown.hosts]).toEqual(["127.0.0.1"]);
  });

  look("a chart has as many marks as there are items, percentiles and weeks", async ({ browser, server }) => {
    const { flow, roadblocks } = await report(server.url);
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments`);
    await page.locator("#hours-by-activity svg").waitFor();
    const places = new Set(
      flow.charts.scatter.map(({ day, cycleDays, reopened }) => `${day} ${cycleDays} ${reopened}`),
    );
    const count = (selector: string): Promise<number> => page.locator(selector).count();
    expect(await count("#cycle-time g.items circle, #cycle-time g.items path")).toBe(places.size);
    // A dot's area is how many items it stands for, up to eleven.
    const most = Math.max(
      ...Map.groupBy(flow.charts.scatter, ({ day, cycleDays, reopened }) => `${day} ${cycleDays} ${reopened}`)
        .values()
        .map(({ length }) => length),
    );
    const radii: unknown = await page.evaluate(
      "[...document.querySelectorAll('#cycle-time g.items circle')].map((dot) => dot.r.baseVal.value)",
    );
    expect(Math.max(...z.array(z.number()).parse(radii))).toBeCloseTo(2.1 * Math.sqrt(most), 3);
    expect(most).toBeGreaterThan(1);
    expect(await count("#cycle-time line.percentile, #cycle-time .percentile line")).toBe(3);
    expect(await count("#ageing g.items circle, #ageing g.items path")).toBe(flow.charts.ageing.length);
    expect(await count("#net-flow g.net rect")).toBe(flow.weeks.length);
    expect(await count("#roadblocks g.roadblocks circle")).toBe(roadblocks.byStageAndKind.length);
    expect(await count("#cumulative-flow .correction")).toBeGreaterThan(0);
  });

  look("the table of each chart has the figures of the document", async ({ browser, server }) => {
    const { flow, roadblocks, hours, map } = await report(server.url);
    const { charts } = flow;
    const shown = await aReportPage(browser);
    await open(shown, `${server.url}/projects/Payments?open=${CHARTS.join(",")}`);
    const rows = async (chart: string): Promise<readonly (readonly string[])[]> =>
      (await cellsOf(shown.page, `#${chart} table`)).slice(1);
    const nameOf = {
      "waiting-for-people": "Waiting for people",
      unclear: "Unclear what to do",
      environment: "Tools or environment",
    };
    const signed = (value: number): string => `${value > 0 ? "+" : ""}${count(value)}`;
    const weekEnds = charts.days.flatMap((_, index) => ((charts.days.length - 1 - index) % 7 === 0 ? [index] : []));

    const finished = await rows("cycle-time");
    expect([...finished].sort()).toEqual(
      charts.scatter
        .map(({ key, day, cycleDays, reopened }) => [key, day, decimal(cycleDays), reopened ? "yes" : ""])
        .sort(),
    );
    expect(await rows("cumulative-flow")).toEqual(
      weekEnds.map((at) => [
        charts.days[at],
        ...map.stages.map((_, stage) => count(charts.cumulative[stage]?.[at] ?? 0)),
        count(charts.corrected.reduce((sum, stage) => sum + (stage[at] ?? 0), 0)),
        count(charts.wip[at] ?? 0),
      ]),
    );
    expect(await rows("ageing")).toEqual(
      charts.ageing.map(({ key, stage, ageDays, daysLeft, refusal, blocked, stalled }) => [
        ...[key, stage, decimal(ageDays), daysLeft === null ? refusal : decimal(daysLeft)],
        blocked ? "blocked" : stalled ? "stalled" : "",
      ]),
    );
    expect(await rows("time-in-stage")).toEqual(
      charts.timeInStage.map(({ stage, n, quantiles }) => [
        stage,
        ...quantiles.map((value) => (value === null ? (n === 0 ? "—" : "too few") : decimal(value))),
        count(n),
      ]),
    );
    expect(await rows("net-flow")).toEqual(
      flow.weeks.map(({ week, arrivals, departures, withdrawn, net }) => [
        ...[week, count(arrivals), count(departures), count(withdrawn), signed(net)],
      ]),
    );
    expect(await rows("work-in-progress")).toEqual(weekEnds.map((at) => [charts.days[at], count(charts.wip[at] ?? 0)]));
    const throughput = await rows("throughput");
    for (const { week, departures } of flow.weeks) expect(throughput).toContainEqual([week, count(departures)]);
    expect(await rows("roadblocks")).toEqual(
      roadblocks.byStageAndKind.map(({ stage, kind, raised, open }) => [
        stage,
        Object.entries(nameOf).find(([known]) => known === kind)?.[1],
        ...[count(raised), count(open)],
      ]),
    );
    // Three days and two in Review, one in Build: the fourth roadblock's item is not finished.
    const blocked = new Map((await rows("blocked-time")).map(([stage, time]) => [stage, time]));
    expect([blocked.get("Build"), blocked.get("Review"), blocked.get("Test")]).toEqual(["1.0 d", "5.0 d", "0 d"]);
    expect(await rows("hours-by-week")).toEqual(
      hours.weeks.map(({ week, minutes }) => [
        week,
        minutes === null ? "Not enough people to show" : publishedHours(minutes),
      ]),
    );
    const named = new Map(hours.periods.at(-1)?.stages.map(({ name, minutes }) => [name, publishedHours(minutes)]));
    expect(new Map((await rows("hours-by-stage")).map((row) => [row[0], row.at(-1)]))).toEqual(named);
    const done = new Map(hours.periods.at(-1)?.activities.map(({ name, minutes }) => [name, publishedHours(minutes)]));
    expect(new Map((await rows("hours-by-activity")).map((row) => [row[0], row.at(-1)]))).toEqual(done);
    expect(named.size + done.size).toBeGreaterThan(0);
  });

  look("the verdict and the stages are told in the ledger's own words and figures", async ({ browser, server }) => {
    const { flow } = await report(server.url);
    const shown = await aReportPage(browser);
    await open(shown, `${server.url}/projects/Payments`);
    expect(await shown.page.locator("h1").textContent()).toBe(flow.verdict.sentence);
    const card = await shown.page.locator(".verdict").textContent();
    expect(card).toContain(`Named in ${flow.verdict.resamples.same} of ${flow.verdict.resamples.of} resampled windows`);
    expect(card).toContain(
      `85 % of items finish within ${decimal(flow.cycleTime.p85.value ?? 0)} d (n ${flow.cycleTime.p85.n})`,
    );
    const measured = flow.verdict.stages.find(({ stage }) => stage === flow.verdict.stage);
    expect(card).toContain(`${percent(measured?.share ?? 0)} of open time sits here`);
    const forecast = flow.monteCarlo.howMany?.p85.value ?? 0;
    expect(await shown.page.locator("#throughput .says").textContent()).toContain(
      `85 %: ${counted(forecast, "item")} by`,
    );
    const [, ...stages] = await cellsOf(shown.page, "section:has(> h2:text-is('Stages')) > .scroll table");
    expect(stages.map(([name, wip]) => [name?.split(/\s*▲/u)[0], wip])).toEqual(
      flow.stages.filter(({ kind }) => kind !== "done").map(({ name, wip }) => [name, decimal(wip.value ?? 0)]),
    );
  });
});
