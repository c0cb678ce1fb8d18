/** A document as it is sent. */
import { hash } from "node:crypto";
import type { Sized } from "./recent-answers.ts";

export interface BytesAnswer extends Sized {
  readonly body: string;
  /**
   * Of the body and of nothing else. One that counted changes would tell that somebody worked on something that the document does not
   * show.
   */
  readonly etag: string;
}

export function answerOf(document: object): BytesAnswer {
  return textAnswer(JSON.stringify(document));
}

export function textAnswer(body: string): BytesAnswer {
  return { body, etag: `"${hash("sha256", body, "base64url")}"`, bytes: Buffer.byteLength(body) };
}
