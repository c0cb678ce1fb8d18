import { createHmac } from "node:crypto";
import type { Json } from "./fields.ts";

/**
 * The bytes of a delivery. JSON can be written in many ways, and the signature is over these bytes: who parses them and
 * writes them again gets others.
 *
 * @param style 0: as JSON.stringify writes; 1: with spaces; 2: with escapes that nobody needs
 */
export function deliveryBody(events: readonly Json[], style: number): string {
  const plain = JSON.stringify({ events });
  switch (style) {
    case 1:
      return JSON.stringify({ events }, undefined, 1).replaceAll("\n", " ");
    case 2:
      return plain
        .replaceAll('"task"', String.raw`"\u0074ask"`)
        .replaceAll('"events":', String.raw`"\u0065vents":`)
        .replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
    default:
      return plain;
  }
}

/** `X-Hook-Signature`: HMAC-SHA256 of the bytes, in hex. */
export function sign(secret: string, body: string): string {
  return createHmac("sha256", secret).update(body, "utf8").digest("hex");
}
