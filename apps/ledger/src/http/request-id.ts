import type { IncomingMessage } from "node:http";

/** What Forge sends: 64 or 128 bits in hexadecimal digits. */
const TRACE = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/u;

/** The id by which Forge knows a request; `none` where it sends none that can be one: whatever it is, it goes into a log. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const trace = headers["x-b3-traceid"];
  return typeof trace === "string" && TRACE.test(trace) ? trace : "none";
}
