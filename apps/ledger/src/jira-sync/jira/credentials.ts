/** What a connection calls Jira with, as it lies sealed in the database: the app in Jira brings it each hour. */
import { z } from "zod";
import { jsonOrUndefined } from "../../jira/site/json-or-undefined.ts";
import { findApiRoot } from "../../jira/site/root-url.ts";
import { tokenMissing } from "./jira-error.ts";

export interface BroughtToken {
  /** What "rest/api/3/…" comes after: the claim app.apiBaseUrl of the proof that it was brought with. */
  readonly apiBaseUrl: string;
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface JiraCredentials {
  /** https, or http to this machine; ends in "/". */
  readonly root: URL;
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const broughtSchema = z.object({
  apiBaseUrl: z.string(),
  // Characters that a header can hold: fetch would quote another, and with it the token, in its error.
  token: z.string().regex(/^[\x21-\x7e]+$/),
  expiresAt: z.number(),
});

export function jiraCredentialsJson({ apiBaseUrl, token, expiresAt }: BroughtToken): string {
  return JSON.stringify({ apiBaseUrl, token, expiresAt });
}

/** @throws StageledgerError JIRA_TOKEN_MISSING when it is none, or is for an address that no token may be sent to; nothing of it is quoted */
export function parseJiraCredentials(json: string): JiraCredentials {
  const parsed = broughtSchema.safeParse(jsonOrUndefined(json));
  const root = parsed.success ? findApiRoot(parsed.data.apiBaseUrl) : undefined;
  if (!parsed.success || root === undefined) {
    throw tokenMissing("What the app in Jira brought as its token cannot be used.");
  }
  return { root, token: parsed.data.token, expiresAt: parsed.data.expiresAt };
}
