import { describe, expect, test } from "vitest";
import { renderPage } from "../../apps/ledger/src/analyse/page/page.ts";
import { aFigure, aPercentiles } from "../support/a-figure.ts";
import { aFlowReport, aProjectFlow, aRefusal, aVerdict } from "../support/a-flow-report.ts";
import { withheldPercentiles } from "../support/payments-charts.ts";

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Accessible names of the charts, in order. */
function readings(page: string): readonly string[] {
  return [...page.matchAll(/<svg role="img" aria-label="([^"]*)"/g)].map((match) => match[1] ?? "");
}

describe("the page of a report", () => {
  test("opens with the verdict, and prints its evidence, what to try and how sure it is", () => {
    const page = renderPage(aFlowReport());
    expect(page).toContain('<h1><span class="constraint">Review</span> holds the work up.</h1>');
    expect(page).toContain("Named in 194 of 200 resampled windows (seed 42)");
    expect(page).toContain("47 % of open time sits here, 2.1 × the next (Build); it never ran empty.");
    expect(page).toContain("16 to 21 d with 9 re-opened items counted the other way");
    expect(page).toContain("A WIP limit of 11 in Review");
    expect(page).toContain("Parked, left out of the verdict (3)");
    expect(page).toContain("95 times in 100");
    expect(page).toContain("short of people");
  });

  test("says what it forecasts, with seed, window and date", () => {
    const page = renderPage(aFlowReport());
    expect(page).toMatch(/The 16 items in progress are finished within .*21 d.* in 85 % \(by 15 Nov\)/);
    expect(page).toContain("10,000 trials, seed 42, daily throughput of the last 60 days.");
    expect(page).toContain("Conditions not met: WIP went from 9 to 16.");
  });

  test("lists the findings of the project and of the whole input in plain words", () => {
    const page = renderPage(aFlowReport());
    expect(page).toContain("9 re-opened");
    expect(page).toContain("2 unmapped statuses");
    expect(page).toContain("1 renamed status");
  });

  test("escapes keys and names that come from outside, wherever they are printed", () => {
    const evil = "<script>alert(1)</script>";
    const quote = '"><img src=x onerror=alert(1)>';
    const flow = aProjectFlow({ project: evil });
    const { map } = aFlowReport();
    const page = renderPage(
      aFlowReport({
        map: {
          ...map,
          stages: map.stages.map((stage) => (stage.name === "Review" ? { ...stage, name: evil } : stage)),
        },
        projects: [
          {
            ...flow,
            verdict: aVerdict({
              stage: evil,
              sentence: `${evil} holds the work up.`,
              items: { count: 1, keys: [quote] },
            }),
            stages: flow.stages.map((stage) => ({ ...stage, name: evil })),
            charts: {
              ...flow.charts,
              scatter: flow.charts.scatter.map((item) => ({ ...item, key: quote, cycleDays: 400 })),
              ageing: flow.charts.ageing.map((item) => ({ ...item, key: quote, stage: evil })),
              timeInStage: flow.charts.timeInStage.map((row, index) => ({ ...row, stage: `${evil}${index}` })),
            },
            findings: [{ kind: "reopened", count: 1, keys: [quote] }],
          },
        ],
      }),
    );
    expect(page).not.toMatch(/<script/i);
    expect(page).not.toMatch(/<img/i);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt; holds the work up.</title>");
    expect(page).toContain("&lt;img src=x");
  });

  test("needs nothing from elsewhere: no address, no script, no import", () => {
    const page = renderPage(aFlowReport());
    expect(page.replaceAll(/http:\/\/www\.w3\.org\/[\w/]+/g, "")).not.toMatch(/https?:|\/\/[a-z]/i);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|\bsrc=/i);
    expect([...page.matchAll(/url\(([^)]*)\)/g)].map((match) => match[1])).not.toContainEqual(
      expect.stringMatching(/^[^#]/),
    );
    expect(page).toContain("default-src &#39;none&#39;");
  });

  test("the same report gives the same text", () => {
    expect(renderPage(aFlowReport())).toBe(renderPage(aFlowReport()));
  });

  test("a withheld figure prints its reason in grey, thin data its label, a stage never visited a dash", () => {
    const flow = aProjectFlow();
    const withheld = withheldPercentiles(6);
    const thin = aPercentiles([3, 8, 9], { unit: "days", rule: "F5", n: 12, note: "thin data" });
    const page = renderPage(
      aFlowReport({
        projects: [
          {
            ...flow,
            verdict: aRefusal(),
            cycleTime: { ...flow.cycleTime, ...withheld },
            charts: { ...flow.charts, scatterPercentiles: thin },
            stages: flow.stages.map((stage) => ({
              ...stage,
              median: aFigure({ value: null, n: 0, unit: "milliseconds", rule: "F11", note: "no items" }),
            })),
          },
        ],
      }),
    );
    expect(page).toContain("<h1>Too few items finished to tell.</h1>");
    expect(page).not.toContain('class="constraint"');
    expect(page).toContain('<span class="none">n 6: under 10</span>');
    expect(page).toContain("Percentiles: thin data.");
    expect(page).toContain('<span class="none">—');
    expect(page).toContain("Largest shares of open time: Review 47 %, Build 22 %, Test 10 %.");
  });
});

describe("its charts", () => {
  test("each has a sentence for who cannot see it", () => {
    const flow = aProjectFlow();
    const days = ["2026-10-23", "2026-10-24", "2026-10-25"];
    const scatter = [3, 9, 4].map((cycleDays, index) => ({
      key: `PAY-${index + 1}`,
      day: days[index] ?? "",
      cycleDays,
      reopened: false,
    }));
    const page = renderPage(
      aFlowReport({
        chartWindow: { firstDay: "2026-10-23", lastDay: "2026-10-25" },
        projects: [
          {
            ...flow,
            charts: {
              ...flow.charts,
              days,
              cumulative: [
                [9, 9, 9],
                [6, 7, 8],
                [4, 5, 5],
                [2, 2, 3],
                [1, 2, 2],
              ],
              corrected: [1, 2, 3, 4, 5].map(() => [0, 0, 0]),
              wip: [5, 7, 6],
              throughput: [1, 1, 0],
              scatter,
              scatterPercentiles: aPercentiles([4, 9, 9], { unit: "days", rule: "F5", n: 3 }),
              ageing: [
                {
                  key: "PAY-7",
                  stage: "Review",
                  ageDays: 17,
                  blocked: true,
                  stalled: false,
                  daysLeft: null,
                  refusal: "late",
                },
                {
                  key: "PAY-8",
                  stage: "Build",
                  ageDays: 2,
                  blocked: false,
                  stalled: false,
                  daysLeft: 4,
                  refusal: null,
                },
              ],
            },
          },
        ],
      }),
    );
    expect(readings(page)).toEqual([
      "Cycle time of 3 finished items: 50 % within 4 d, 85 % within 9 d, 95 % within 9 d; the longest, PAY-2, took 9 d.",
      "Cumulative flow of 230 items: on 25 Oct the widest bands are Build 3, Review 2, Backlog 1, Test 1.",
      "Age of 2 items in progress: the oldest, PAY-7 in Review, has 17 d; 1 of 2 older than 85 % of finished items when they left that stage.",
      "Time in stage: Build 1.9 d at the median and 4.2 d at 85 %; Review 4.4 d at the median and 9.8 d at 85 %; Test 19.2 h at the median and 2.1 d at 85 %.",
      "Work in progress by day: 5 on 23 Oct, 6 on 25 Oct, at most 7 items on 24 Oct.",
    ]);
    expect(page).toContain("There is no whole week to draw.");
  });

  test("each has its figures behind it", () => {
    const page = renderPage(aFlowReport());
    expect(readings(page)).toHaveLength(6);
    expect(occurrences(page, '<details class="figures">')).toBe(6);
  });

  test("percentiles are written on their lines", () => {
    expect(renderPage(aFlowReport())).toMatch(/>85 % 17 d<\/text>/);
  });

  test("correction windows are hatched, and only where there are any", () => {
    const flow = aProjectFlow();
    const straight = { ...flow.charts, corrected: flow.charts.corrected.map((stage) => stage.map(() => 0)) };
    expect(renderPage(aFlowReport())).toContain('fill="url(#hatch)"');
    expect(renderPage(aFlowReport({ projects: [{ ...flow, charts: straight }] }))).not.toContain('fill="url(#hatch)"');
  });

  test("without three points there are no regression lines and no words about them", () => {
    const flow = aProjectFlow();
    const page = renderPage(
      aFlowReport({ projects: [{ ...flow, charts: { ...flow.charts, arrivalLine: null, departureLine: null } }] }),
    );
    expect(renderPage(aFlowReport())).toContain("Dashed: regressions, arrivals 6.8 a week, departures 6.6 a week.");
    expect(page).not.toContain("Dashed:");
    expect(page).not.toContain('stroke-dasharray="4 3"');
  });

  test("nothing to draw is said, not drawn", () => {
    const flow = aProjectFlow();
    const empty = {
      ...flow.charts,
      days: [],
      cumulative: [],
      corrected: [],
      wip: [],
      throughput: [],
      arrivalLine: null,
      departureLine: null,
      scatter: [],
      ageing: [],
      timeInStage: [],
    };
    const page = renderPage(aFlowReport({ projects: [{ ...flow, charts: empty }] }));
    expect(readings(page)).toEqual([]);
    expect(page).toContain("No item was finished in these days.");
    expect(page).toContain("Nothing is in progress.");
  });
});

describe("one project and several", () => {
  test("one project has the page to itself", () => {
    const page = renderPage(aFlowReport());
    expect(page).not.toContain("<nav");
    expect(page).not.toContain("All projects");
    expect(page).toContain("<strong>PAY</strong>");
  });

  test("several come after the total, with links that lead somewhere", () => {
    const page = renderPage(
      aFlowReport({
        projects: [aProjectFlow({ project: "OPS" }), aProjectFlow({ project: "PAY", verdict: aRefusal() })],
      }),
    );
    expect(page.indexOf("<strong>All projects</strong>")).toBeLessThan(page.indexOf("<strong>OPS</strong>"));
    const targets = [...page.matchAll(/href="#([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(targets).toEqual(["main", "all", "project-1", "project-2", "project-1", "project-2"]);
    for (const target of targets) expect(occurrences(page, `id="${target}"`)).toBe(1);
    expect(page).toContain("too few finished items");
  });

  test("of forty projects the twelve with the most items get charts, and the page stays small", () => {
    const projects = Array.from({ length: 40 }, (_, index) => {
      const flow = aProjectFlow({ project: `P${index + 1}` });
      return { ...flow, counts: { ...flow.counts, items: 100 + ((index * 7) % 40) } };
    });
    const page = renderPage(aFlowReport({ projects }));
    expect(readings(page)).toHaveLength(13 * 6);
    expect(page).toContain("choose this one with --project P1.");
    expect(page.length).toBeLessThan(2_500_000);
  });
});
