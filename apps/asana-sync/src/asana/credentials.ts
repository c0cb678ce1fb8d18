/** What a connection calls Asana with, as it lies sealed in the database. */
import { StageledgerError } from "@stageledger/core";
import { z } from "zod";
import { jsonOrUndefined } from "../json-or-undefined.ts";
import { CONNECT_AGAIN } from "./asana-error.ts";

const text = z.string().min(1);

const tokenSchema = z.object({ kind: z.literal("token"), token: text });
const oauthSchema = z.object({
  kind: z.literal("oauth"),
  refreshToken: text,
  accessToken: text,
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  clientId: text,
  /** Absent for an app that keeps none. */
  clientSecret: text.optional(),
});
const credentialsSchema = z.discriminatedUnion("kind", [tokenSchema, oauthSchema]);

/** A personal access token, or the two tokens that OAuth gave to an app. */
export type AsanaCredentials = z.infer<typeof credentialsSchema>;
export type OAuthCredentials = z.infer<typeof oauthSchema>;

/** @throws StageledgerError ASANA_CREDENTIALS_MISSING when it is none; nothing of it is quoted */
export function parseCredentials(json: string): AsanaCredentials {
  const parsed = credentialsSchema.safeParse(jsonOrUndefined(json));
  if (parsed.success) return parsed.data;
  throw new StageledgerError("ASANA_CREDENTIALS_MISSING", "The connection's credentials cannot be read.", {
    next: CONNECT_AGAIN,
  });
}

export function credentialsJson(credentials: AsanaCredentials): string {
  return JSON.stringify(credentials);
}
