/** What we hand out and want back unchanged: only the master key makes it and opens it, and only for one purpose. */
import { StageledgerError } from "@stageledger/core";
import type { z } from "zod";
import type { SessionContext } from "./session-context.ts";

export function sealText(
  { masterKey, random }: Pick<SessionContext, "masterKey" | "random">,
  purpose: string,
  text: string,
): string {
  return Buffer.from(masterKey.wrap(Buffer.from(text), purpose, random)).toString("base64url");
}

/** Undefined for what we never sealed for this purpose, and for what we sealed when its form was another. */
export function findSealed<T>(
  context: Pick<SessionContext, "masterKey">,
  purpose: string,
  sealed: string,
  schema: z.ZodType<T>,
): T | undefined {
  const text = findSealedText(context, purpose, sealed);
  return text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data;
}

function findSealedText(
  { masterKey }: Pick<SessionContext, "masterKey">,
  purpose: string,
  sealed: string,
): string | undefined {
  try {
    return Buffer.from(masterKey.unwrap(Buffer.from(sealed, "base64url"), purpose)).toString("utf8");
  } catch (error) {
    if (error instanceof StageledgerError && error.code === "MASTER_KEY_WRONG") return undefined;
    throw error;
  }
}
