import { StageledgerError } from "@stageledger/core";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { answerProblems } from "../../../apps/asana-sync/src/door/problem.ts";

/** What somebody is told, and what is logged, when this goes wrong. */
async function answerTo(error: unknown): Promise<{ status: number; body: unknown; log: readonly string[] }> {
  const log: string[] = [];
  const app = express();
  app.get("/", () => {
    throw error;
  });
  app.use(answerProblems((event, details) => void log.push(`${event} ${JSON.stringify(details)}`)));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return { status: response.status, body: await response.json(), log };
}

test("a fault of the sender is told by its code and not logged", async () => {
  expect(await answerTo(new StageledgerError("HOOK_UNKNOWN", "Nothing is expected at this path."))).toEqual({
    status: 404,
    body: {
      type: "urn:stageledger:error:HOOK_UNKNOWN",
      title: "Not Found",
      status: 404,
      code: "HOOK_UNKNOWN",
      detail: "Nothing is expected at this path.",
    },
    log: [],
  });
});

test("a fault that nobody foresaw is told and logged without a word of what it says", async () => {
  expect(await answerTo(new TypeError("cannot read somebody@example.com"))).toEqual({
    status: 500,
    body: {
      type: "urn:stageledger:error:UNEXPECTED",
      title: "Internal Server Error",
      status: 500,
      code: "UNEXPECTED",
      detail: "Something went wrong that should not have.",
    },
    log: ['request failed {"code":"UNEXPECTED","cause":"TypeError"}'],
  });
});

test("a coded fault of ours is logged with the code of its cause, and not with what that says", async () => {
  const cause = Object.assign(new Error("insert of somebody@example.com failed"), { code: "53100" });
  const { status, log } = await answerTo(new StageledgerError("DATABASE_UNREACHABLE", "Not now.", { cause }));
  expect(status).toBe(503);
  expect(log).toEqual(['request failed {"code":"DATABASE_UNREACHABLE","cause":"53100"}']);
});

test("a key that does not open the secrets is our fault, not the sender's", async () => {
  const { status, log } = await answerTo(new StageledgerError("MASTER_KEY_WRONG", "The key does not fit."));
  expect(status).toBe(500);
  expect(log).toEqual(['request failed {"code":"MASTER_KEY_WRONG"}']);
});
