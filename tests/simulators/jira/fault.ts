import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "./answer.ts";

/** What can go wrong with one answer. */
export type Fault =
  /** Another answer than the right one: a 429, a 503, a proxy's page. Text goes out as it is. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
      readonly afterMilliseconds?: number;
    }
  /** The right answer, but the connection breaks in its middle. */
  | { readonly kind: "cut" }
  /** The connection breaks before any answer. */
  | { readonly kind: "drop" }
  /** The right answer, late. */
  | { readonly kind: "slow"; readonly milliseconds: number };

export async function send(response: ServerResponse, answer: Answer, fault: Fault | undefined): Promise<void> {
  switch (fault?.kind) {
    case "drop":
      response.destroy();
      return;
    case "cut": {
      const bytes = Buffer.from(JSON.stringify(answer.json ?? null));
      response.writeHead(answer.status, { "content-type": "application/json", "content-length": bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      return;
    }
    case "answer":
      await delay(fault.afterMilliseconds ?? 0);
      write(response, fault.status, fault.body ?? { errorMessages: ["injected"], errors: {} }, fault.headers);
      return;
    case "slow":
      await delay(fault.milliseconds);
      write(response, answer.status, answer.json, answer.headers);
      return;
    case undefined:
      write(response, answer.status, answer.json, answer.headers);
  }
}

function write(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/html" : "application/json;charset=UTF-8", ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
