/** What a form of ours posts. */
import type { IncomingMessage } from "node:http";
import { readBytes } from "../../http/read-json.ts";

const MOST_BYTES = 4096;

/** Empty for a body that is no form. @throws StageledgerError BODY_TOO_LARGE, BODY_UNREADABLE */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const bytes = await readBytes(request, MOST_BYTES);
  return new URLSearchParams(bytes.toString("utf8"));
}
