/** A server of the demo's own on this machine, for the doors that its vendors ring at, and for the page. */
import { once } from "node:events";
import type { Server } from "node:http";
import { hardenedServer } from "@stageledger/sync";
import express, { type Express } from "express";

export interface DemoDoor {
  readonly app: Express;
  readonly url: string;
  close(): void;
}

/** @param port taken when it is free; any free one otherwise */
export async function openDemoDoor(port = 0): Promise<DemoDoor> {
  const app = express().disable("x-powered-by");
  const server = await listening(hardenedServer(app), port);
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : 0;
  return {
    app,
    url: `http://127.0.0.1:${taken}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listening(server: Server, port: number): Promise<Server> {
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
    return server;
  } catch (error) {
    if (port === 0 || !isTaken(error)) throw error;
    return listening(server, 0);
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
