/** The ledger's page on a free port of this machine: its files and its real routes, for a reader who has signed in or has not. */
import type { Database } from "@stageledger/db";
import express from "express";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { pageRoutes } from "../../../apps/ledger/src/page/page-routes.ts";
import { pageFiles } from "../../../apps/ledger/src/page/static.ts";

export interface ReportServer {
  readonly url: string;
  /** Undefined: nobody has signed in. */
  readonly reader: { tenantId: string | undefined };
}

/** Ends with the test. */
export async function aReportServer(
  database: Database,
  { folder, tenantId, now }: { readonly folder: string; readonly tenantId: string; readonly now: number },
): Promise<ReportServer> {
  const reader: ReportServer["reader"] = { tenantId };
  const routes = pageRoutes({
    database,
    now: () => now,
    log: () => undefined,
    findMember: async () =>
      reader.tenantId === undefined ? undefined : { tenantId: reader.tenantId, memberId: "reader" },
  });
  const server = express().use(pageFiles(folder)).use(routes).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}`, reader };
}
