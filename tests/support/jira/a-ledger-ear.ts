import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { z } from "zod";

interface HeardCall {
  readonly path: string;
  readonly body: string;
  readonly authorization: string;
  readonly systemToken: string;
}

/** What stands where the ledger would, closed after the test: it hears what the app in Jira calls, and answers what it is told to. */
export interface LedgerEar {
  readonly url: string;
  readonly heard: HeardCall[];
  /** 202 unless said; "drop" breaks the connection. */
  status: number | "drop";
}

export async function aLedgerEar(): Promise<LedgerEar> {
  const heard: HeardCall[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const systemToken = String(request.headers["x-forge-oauth-system"]);
    heard.push({ path: request.url ?? "", body, authorization: request.headers.authorization ?? "", systemToken });
    if (ear.status === "drop") response.destroy();
    else response.writeHead(ear.status, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = z.object({ port: z.int() }).parse(server.address());
  const ear: LedgerEar = { url: `http://127.0.0.1:${port}`, heard, status: 202 };
  return ear;
}
