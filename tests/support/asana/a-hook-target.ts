import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

interface Received {
  readonly body: string;
  readonly signature: string | undefined;
  /** The secret of a handshake. */
  readonly secret: string | undefined;
}

/** A place that webhooks ring at: echoes handshakes, takes everything, and can be told not to. */
export interface HookTarget {
  readonly url: string;
  readonly received: readonly Received[];
  /** What it answers from here on. */
  status: number;
  /** Whether it gives a handshake's secret back. */
  echoes: boolean;
  /** Called before a handshake is answered. */
  beforeEcho: () => Promise<void>;
  /** Answers nothing at all from here on. */
  isMute: boolean;
}

export async function aHookTarget(): Promise<HookTarget> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const secret = headerOf(request.headers["x-hook-secret"]);
    received.push({ body: await text(request), signature: headerOf(request.headers["x-hook-signature"]), secret });
    if (target.isMute) return;
    if (secret !== undefined) await target.beforeEcho();
    const headers = secret !== undefined && target.echoes ? { "x-hook-secret": secret } : {};
    response.writeHead(target.status, headers).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The target has no port.");
  const target: HookTarget = {
    url: `http://127.0.0.1:${address.port}/hooks/one`,
    received,
    status: 200,
    echoes: true,
    beforeEcho: async () => {},
    isMute: false,
  };
  return target;
}

function headerOf(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
