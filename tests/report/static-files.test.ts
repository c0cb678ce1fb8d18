import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { pageFiles } from "../../apps/ledger/src/page/static.ts";
import { MOST_PAGE_BYTES, pageWeightBytes } from "../../apps/report/build/page-weight.ts";
import { aBuiltPage } from "../support/report/built-page.ts";

const built = aBuiltPage();

async function serve(folder: string): Promise<string> {
  const server = express().use(pageFiles(folder)).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(() => void server.close());
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return `http://127.0.0.1:${port}`;
}

test("the page weighs no more than 250 kB", () => {
  const bytes = pageWeightBytes(built());
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(MOST_PAGE_BYTES);
});

test("states of the page are one document, under a policy that lets nothing else in", async () => {
  const url = await serve(built());
  const bodies = new Set<string>();
  for (const path of ["/", "/projects/Payments", "/projects/A%2FB?weeks=7", "/my-time"]) {
    const response = await fetch(url + path);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-cache"]);
    const policy = response.headers.get("content-security-policy")?.split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    bodies.add(await response.text());
  }
  expect(bodies.size).toBe(1);
  expect((await fetch(`${url}/projects`)).status).toBe(404);
  expect((await fetch(`${url}/projects/a/b`)).status).toBe(404);
});

test("files whose names change with their content are kept for good, and sent packed", async () => {
  const url = await serve(built());
  const document = await (await fetch(url)).text();
  const [script] = /\/assets\/[\w-]+\.js/u.exec(document) ?? [];
  const response = await fetch(url + script);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  const etag = response.headers.get("etag") ?? "";
  expect(await statusOf(url, script ?? "", { "if-none-match": etag })).toBe(304);
  const plain = await fetch(url + script, { headers: { "accept-encoding": "identity" } });
  expect([plain.headers.get("content-encoding"), await plain.text()]).toEqual([null, await response.text()]);
});

test("nothing outside the built folder is handed out", async () => {
  const url = await serve(built());
  for (const path of [
    "/assets/../index.html",
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/index.html",
    "/assets/none.js",
    "/index.html",
  ])
    expect({ path, status: await statusOf(url, path) }).toEqual({ path, status: 404 });
});

test("a ledger whose page was not built says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-unbuilt-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const response = await fetch(await serve(folder));
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("npm run build")]);
});

/** As a browser asks, and as it is written: fetch would tidy the path, and say that it wants nothing kept. */
function statusOf(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
