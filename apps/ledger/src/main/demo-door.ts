/** A server of the demo's own, on a free port of this machine, for the doors that its vendors ring at. */
import { once } from "node:events";
import { hardenedServer } from "@stageledger/sync";
import express, { type Express } from "express";

export interface DemoDoor {
  readonly app: Express;
  readonly url: string;
  close(): void;
}

export async function openDemoDoor(): Promise<DemoDoor> {
  const app = express();
  const server = hardenedServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
