/**
 * The bytes of a request as they were sent: what was signed.
 *
 * Not express.raw, which reads a body to its end before it refuses it for its length, and hangs the bytes onto the error.
 */
import type { IncomingMessage } from "node:http";
import { StageledgerError } from "@stageledger/core";

/**
 * Stops at the first byte too many, and sooner when the length is announced. What was packed is not unpacked: nobody who
 * signs packs, and a small packet can hold a large body.
 *
 * @throws StageledgerError BODY_TOO_LARGE, BODY_UNREADABLE (packed, or broken off)
 */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const packing = request.headers["content-encoding"] ?? "identity";
    if (packing !== "identity") return reject(new StageledgerError("BODY_UNREADABLE", "The body is packed."));
    if (Number(request.headers["content-length"] ?? 0) > mostBytes) return reject(tooLarge(mostBytes));
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= mostBytes) return void chunks.push(chunk);
      request.off("data", onData).pause();
      reject(tooLarge(mostBytes));
    };
    request.on("data", onData);
    request.once("end", () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    const onBroken = (): void => reject(new StageledgerError("BODY_UNREADABLE", "The body broke off."));
    request.once("error", onBroken).once("aborted", onBroken);
  });
}

function tooLarge(mostBytes: number): StageledgerError {
  return new StageledgerError("BODY_TOO_LARGE", `The body is longer than ${mostBytes} bytes.`);
}
