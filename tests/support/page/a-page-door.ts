/** The page's door on a free port of this machine. Who calls says by a header of the test's who they are: sessions are tested elsewhere. */
import { type Problem, problem } from "@stageledger/core/contract/problem";
import type { Database } from "@stageledger/db";
import express, { type Router } from "express";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { pageRoutes } from "../../../apps/ledger/src/page/page-routes.ts";

export interface PageDoor {
  readonly url: string;
  readonly clock: { now: number };
  /** All that the door said of its work, as JSON. */
  readonly log: string[];
}

const TENANT_HEADER = "x-test-tenant";

/** Ends with the test. */
export async function aPageDoor(database: Database, now: number): Promise<PageDoor> {
  const clock = { now };
  const log: string[] = [];
  const routes = pageRoutes({
    database,
    now: () => clock.now,
    log: (event, details) => void log.push(JSON.stringify([event, details])),
    findMember: async ({ headers }) => {
      const tenantId = headers[TENANT_HEADER];
      return typeof tenantId === "string" ? { tenantId, memberId: `member of ${tenantId}` } : undefined;
    },
  });
  return { clock, log, url: await listenWith(routes) };
}

async function listenWith(routes: Router): Promise<string> {
  const server = express().use(routes).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return `http://127.0.0.1:${port}`;
}

export interface PageMember {
  readonly call: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  /** The answer, by its schema. */
  readonly told: <S extends z.ZodType>(schema: S, path: string) => Promise<z.output<S>>;
  /** The refusal, in its form. */
  readonly refused: (path: string) => Promise<Problem>;
}

/** @param tenantId undefined: nobody has signed in */
export function aMember({ url }: Pick<PageDoor, "url">, tenantId: string | undefined): PageMember {
  const call: PageMember["call"] = (path, headers = {}) =>
    fetch(`${url}${path}`, {
      headers: { ...(tenantId === undefined ? {} : { [TENANT_HEADER]: tenantId }), ...headers },
    });
  return {
    call,
    told: async (schema, path) => {
      const response = await call(path);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}: ${text}`);
      return schema.parse(JSON.parse(text));
    },
    refused: async (path) => {
      const response = await call(path);
      const text = await response.text();
      if (response.headers.get("content-type") !== "application/problem+json; charset=utf-8")
        throw new Error(`Not a problem: ${response.status} ${text}`);
      const told = problem.parse(JSON.parse(text));
      if (told.status !== response.status) throw new Error(`It says ${told.status} and is ${response.status}.`);
      return told;
    },
  };
}
