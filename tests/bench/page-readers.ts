/** How long those who look at the page wait: twenty at once for a report's bytes, and one in Chromium for what is largest on it. */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import type { Browser } from "playwright-core";
import { z } from "zod";
import { pageRoutes } from "../../apps/ledger/src/page/page-routes.ts";
import { pageFiles } from "../../apps/ledger/src/page/static.ts";
import { buildPage } from "../../apps/report/build/build-page.ts";
import { openChromium } from "../support/chromium.ts";
import { onAServer } from "./on-a-server.ts";
import { aLedgerWith, type BenchLedger, ITEMS_A_PROJECT, NOW, PROJECT } from "./page-ledger.ts";
import { median, type Timed } from "./result.ts";

const ITEMS = 10_000;
const PROJECTS = ITEMS / ITEMS_A_PROJECT;
const READERS = 20;
const REPORTS_A_READER = 10;
const READER_HEADER = "x-bench-reader";
const PATIENCE_MILLISECONDS = 60_000;

/** @param work is given where the page is, for readers who say by a header who they are */
async function atThePage<T>(
  { database, tenantId }: BenchLedger,
  folder: string,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const routes = pageRoutes({
    database,
    now: () => NOW,
    log: () => undefined,
    findMember: async ({ headers }) => ({ tenantId, memberId: String(headers[READER_HEADER]) }),
  });
  const server = express().use(pageFiles(folder)).use(routes).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  try {
    const { port } = z.object({ port: z.number() }).parse(server.address());
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

/** Milliseconds until the last byte, as it comes over the wire. */
function waitFor(url: string, reader: number, agent: Agent): Promise<number> {
  const startedAt = performance.now();
  const headers = { [READER_HEADER]: String(reader), "accept-encoding": "gzip, deflate, br" };
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      response
        .once("end", () => {
          if (response.statusCode === 200) resolve(performance.now() - startedAt);
          else reject(new Error(`${url} was answered with ${response.statusCode}.`));
        })
        .once("error", reject)
        .resume();
    }).once("error", reject);
  });
}

/** Of 20 readers at once, each of whom asks for the next report as soon as the last one is there: what 95 of 100 wait at most. */
async function p95(url: string, pathOf: (reader: number, turn: number) => string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: READERS });
  try {
    const waits = await Promise.all(
      Array.from({ length: READERS }, async (_, reader) => {
        const own: number[] = [];
        for (let turn = 0; turn < REPORTS_A_READER; turn += 1)
          own.push(await waitFor(`${url}/api/v1/projects/${pathOf(reader, turn)}`, reader, agent));
        return own;
      }),
    );
    const sorted = waits.flat().sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  } finally {
    agent.destroy();
  }
}

export function readersWait(): Promise<readonly Timed[]> {
  return onAServer(async (database, folder) => {
    const ledger = await aLedgerWith(database, ITEMS, 0);
    return atThePage(ledger, folder, async (url) => {
      const same = (): string => `${PROJECT}/report`;
      // A day that nobody asked for yet.
      const own = (reader: number, turn: number): string =>
        `P-${reader % PROJECTS}/report?asOf=2026-10-${String(10 + turn)}`;
      await p95(url, same);
      const readers = `${READERS} readers at once, a tenant of ${ITEMS} items`;
      return [
        { name: "p95 of a report that is known", milliseconds: await p95(url, same), of: readers },
        { name: "p95 of a report that has to be made", milliseconds: await p95(url, own), of: readers },
      ];
    });
  });
}

/** Milliseconds from going there. A context of its own each time: nothing is in the browser's cache. */
async function largestPaint(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MILLISECONDS);
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "networkidle" });
    await page.locator("h1").waitFor();
    const paint = await page.evaluate(
      `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
        .observe({ type: "largest-contentful-paint", buffered: true }))`,
    );
    return z.number().parse(paint);
  } finally {
    await context.close();
  }
}

/** Nothing where there is no Chromium. */
export async function pagePaint(rounds: number): Promise<readonly Timed[]> {
  const browser = await openChromium();
  if (typeof browser === "string") {
    process.stderr.write(`${browser}\n`);
    return [];
  }
  const built = mkdtempSync(join(tmpdir(), "stageledger-page-"));
  try {
    await buildPage(built);
    return await onAServer(async (database) => {
      const ledger = await aLedgerWith(database, ITEMS, 0);
      return atThePage(ledger, built, async (url) => {
        const paints: number[] = [];
        for (let round = 0; round < rounds; round += 1)
          paints.push(await largestPaint(browser, `${url}/projects/P-${round % PROJECTS}`));
        const of = "going to a project's page in Chromium with an empty cache, its report not made yet";
        return [{ name: "largest contentful paint", milliseconds: median(paints), of }];
      });
    });
  } finally {
    await browser.close();
    rmSync(built, { recursive: true, force: true });
  }
}
