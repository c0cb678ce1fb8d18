/** The body of a request, as bytes and as JSON. */
import type { IncomingMessage } from "node:http";
import { StageledgerError } from "@stageledger/core";

/**
 * Stops at the first byte too many, and sooner when the length is announced.
 *
 * @throws StageledgerError BODY_TOO_LARGE, BODY_UNREADABLE (packed, broken off)
 */
export async function readBytes(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  if ((request.headers["content-encoding"] ?? "identity") !== "identity") {
    throw unreadable("The body is packed.", "Send it as it is, and let no proxy pack it.");
  }
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) throw tooLarge(mostBytes);
  return bytesOf(request, mostBytes);
}

/** Undefined where nothing was sent. @throws StageledgerError BODY_UNREADABLE */
export function jsonIn(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  const parsed = parse(bytes);
  if (parsed === undefined) throw unreadable("The body is no JSON.", "Send JSON in UTF-8: /openapi.json says what.");
  return parsed.value;
}

/** Undefined for what is none. What the parser says of it is dropped: it quotes the text. */
function parse(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

function bytesOf(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= mostBytes) return void chunks.push(chunk);
      request.off("data", onData).pause();
      reject(tooLarge(mostBytes));
    };
    request.on("data", onData);
    request.once("end", () => resolve(Buffer.concat(chunks)));
    const onBroken = (): void => reject(unreadable("The body broke off.", "Send it again."));
    request.once("error", onBroken).once("aborted", onBroken);
  });
}

function tooLarge(mostBytes: number): StageledgerError {
  return new StageledgerError("BODY_TOO_LARGE", `The body is longer than ${mostBytes} bytes.`, {
    next: "Send less at once.",
  });
}

function unreadable(what: string, next: string): StageledgerError {
  return new StageledgerError("BODY_UNREADABLE", what, { next });
}
