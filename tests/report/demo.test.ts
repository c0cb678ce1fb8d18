/** `npm run demo` as somebody runs it who has just installed: its page in a real browser, and its ledger after Ctrl-C. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { decimal, figureText, spanText, stageFigureText } from "@stageledger/core/contract/figure-text";
import { pageFlow } from "@stageledger/core/contract/page-flow";
import { pageReport } from "@stageledger/core/contract/page-report";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { openChromium } from "../support/chromium.ts";
import { projectRoot } from "../support/project-root.ts";
import { aReportPage, cellsOf } from "../support/report/a-report-page.ts";
import { bareEnvironment, NODE, stageledger } from "../support/stageledger-process.ts";
import { aFolder } from "../support/temporary-folder.ts";

const CHARTS = [
  ...["cycle-time", "cumulative-flow", "ageing", "time-in-stage", "net-flow", "throughput", "work-in-progress"],
  ...["blocked-time", "roadblocks", "hours-by-week", "hours-by-stage", "hours-by-activity"],
];

const printedReport = z.object({ flow: z.object({ projects: z.array(z.looseObject({ project: z.string() })) }) });

interface Demo {
  readonly folder: string;
  /** Where it says that the page is. */
  readonly address: string;
  readonly printed: () => string;
  /** By Ctrl-C. @returns its exit code */
  readonly stop: () => Promise<number | null>;
}

async function aDemo(): Promise<Demo> {
  const folder = aFolder();
  const demo = join(projectRoot, "apps/ledger/src/main/demo.ts");
  const child = spawn(NODE, [demo, "--serve"], { cwd: folder, env: bareEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let printed = "";
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (text) => {
      printed += String(text);
      const [, found] = /open (http:\S+)\n/u.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    void errorsOf(child).then((errors) => reject(new Error(`It ended before its page was there: ${errors}`)));
  });
  const stop = async () => {
    child.kill("SIGINT");
    return ended;
  };
  return { folder, address, printed: () => printed, stop };
}

function errorsOf(child: ChildProcess): Promise<string> {
  let errors = "";
  child.stderr?.on("data", (text) => {
    errors += String(text);
  });
  return new Promise((resolve) => child.once("close", () => resolve(errors)));
}

/** Cells of the row that begins so, of the table with this name. */
async function rowOf(page: Page, table: string, first: string): Promise<readonly string[]> {
  const rows = await cellsOf(page, `section[aria-label="${table}"] table`);
  return rows.find(([name]) => name?.startsWith(first)) ?? [];
}

test("the demo's page: one click, every chart, the terminal's verdict and the figures of `report --json`", async ({
  skip,
}) => {
  const browser = await openChromium();
  if (typeof browser === "string") return skip(browser);
  onTestFinished(() => browser.close());
  const { folder, address, printed, stop } = await aDemo();

  const { page, complaints, hosts } = await aReportPage(browser);
  await page.goto(address);
  await page.getByRole("button", { name: "Ben Example, member" }).click();
  await page.getByRole("link", { name: "PAY" }).first().click();
  for (const chart of CHARTS) await page.locator(`#${chart} svg.plot[role=img]`).waitFor();
  expect(await page.locator("figure.card").count()).toBe(CHARTS.length);

  const sentence = (await page.locator("h1").textContent()) ?? "";
  const sure = (await page.locator(".sure").textContent()) ?? "";
  const [, cycle50, cycle85, cycle95, cycleMean] = await rowOf(page, "How long it takes", "Start – finish");
  const [, lead50, lead85, lead95] = await rowOf(page, "How long it takes", "Creation – finish");
  const [, wip, age85, , median, p85, visits] = await rowOf(page, "Stages", "Review");
  const told: unknown = await page.evaluate("fetch('/api/v1/projects/PAY/report').then((answer) => answer.json())");
  const document = pageReport.parse(told);

  await page.goto(new URL("/my-time", page.url()).href);
  await page.getByText("6 h 45 min in 4 entries.").waitFor();
  expect(complaints).toEqual([]);
  expect([...hosts]).toEqual(["127.0.0.1"]);

  // One process at a time has the embedded ledger: the command's turn comes when the demo has let go of it.
  expect(await stop()).toBe(0);
  const asOf = ["--as-of", document.asOf];
  const { stdout, stderr } = await stageledger(["report", "--json", ...asOf, "--data", "data/demo/ledger"], { folder });
  expect(stderr).toBe("");
  const { flow: printedFlow } = printedReport.parse(JSON.parse(stdout));
  const flow = pageFlow.parse(printedFlow.projects.find(({ project }) => project === "PAY"));
  expect(document.flow).toEqual(flow);

  const { verdict, cycleTime, leadTime, stages } = flow;
  expect(sentence).toBe(verdict.sentence);
  expect(sure).toMatch(
    new RegExp(`^Named in ${verdict.resamples.same} of ${verdict.resamples.of} resampled windows`, "u"),
  );
  const inTerminal = printed().replaceAll(/\s+/gu, " ");
  const { firstDay, lastDay, weeks } = document.window;
  expect(inTerminal).toContain(`PAY · ${spanText(firstDay, lastDay)} (${weeks} weeks)`);
  for (const line of [sentence, ...verdict.evidence]) expect(inTerminal).toContain(line);
  expect(inTerminal).toContain(`named in ${verdict.resamples.same} of ${verdict.resamples.of} resampled windows`);
  expect([cycle50, cycle85, cycle95, cycleMean]).toEqual(
    [cycleTime.p50, cycleTime.p85, cycleTime.p95, cycleTime.mean].map((figure) => figureText(figure)),
  );
  expect([lead50, lead85, lead95]).toEqual(
    [leadTime.p50, leadTime.p85, leadTime.p95].map((figure) => figureText(figure)),
  );
  const review = stages.find(({ name }) => name === "Review");
  expect(review && [wip, age85, median, p85, visits]).toEqual(
    review && [
      figureText(review.wip, decimal),
      figureText(review.age85),
      ...[review.median, review.p85, review.visits].map(stageFigureText),
    ],
  );
  expect(review).toBeDefined();
}, 300_000);
