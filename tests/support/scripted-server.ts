import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

interface HeardCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** "silence" never answers, "cut" breaks the connection off before the answer, "torn" in the middle of it. */
export type Script = (call: HeardCall, number: number) => Answer | "silence" | "cut" | "torn" | Promise<Answer>;

export interface ScriptedServer {
  readonly baseUrl: string;
  readonly heard: readonly HeardCall[];
}

/** A server on a free port that answers as the test says; it ends with the test. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const heard: HeardCall[] = [];
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const call: HeardCall = {
      method: request.method ?? "",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    heard.push(call);
    const scripted = await script(call, heard.length);
    if (scripted === "silence") return;
    if (scripted === "cut") {
      request.socket.destroy();
      return;
    }
    if (scripted === "torn") {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"data":{"gid"', () => request.socket.destroy());
      return;
    }
    response.writeHead(scripted.status ?? 200, { "content-type": "application/json", ...scripted.headers });
    response.end(typeof scripted.body === "string" ? scripted.body : JSON.stringify(scripted.body ?? {}));
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port.");
  return { baseUrl: `http://127.0.0.1:${address.port}`, heard };
}
