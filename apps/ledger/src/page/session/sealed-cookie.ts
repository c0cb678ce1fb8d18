/** Something that a browser keeps for us for some minutes, and can neither read nor change. */
import type { IncomingMessage } from "node:http";
import type { Response } from "express";
import { z } from "zod";
import { clearCookie, findCookie, setCookie } from "./cookies.ts";
import { findSealed, sealText } from "./sealed-text.ts";
import type { SessionContext } from "./session-context.ts";

export class SealedCookie<T> {
  readonly #context: SessionContext;
  readonly #name: string;
  readonly #lifeMilliseconds: number;
  readonly #schema: z.ZodType<{ readonly value: T; readonly until: number }>;

  constructor(context: SessionContext, name: string, schema: z.ZodType<T>, lifeMilliseconds: number) {
    this.#context = context;
    this.#name = name;
    this.#lifeMilliseconds = lifeMilliseconds;
    this.#schema = z.strictObject({ value: schema, until: z.number() });
  }

  set(response: Response, value: T): void {
    const until = this.#context.now() + this.#lifeMilliseconds;
    const sealed = sealText(this.#context, this.#purpose, JSON.stringify({ value, until }));
    setCookie(this.#context, response, this.#name, sealed, this.#lifeMilliseconds);
  }

  /** Undefined where there is none, it is over, or it is not ours. */
  find(request: IncomingMessage): T | undefined {
    const sealed = findCookie(this.#context, request, this.#name);
    if (sealed === undefined) return undefined;
    const found = findSealed(this.#context, this.#purpose, sealed, this.#schema);
    return found !== undefined && this.#context.now() < found.until ? found.value : undefined;
  }

  clear(response: Response): void {
    clearCookie(this.#context, response, this.#name);
  }

  get #purpose(): string {
    return `cookie ${this.#name}`;
  }
}
