import { StageledgerError } from "@stageledger/core";
import { credentialsJson } from "../asana/credentials.ts";

export const WHERE_TOKENS_ARE =
  "Make one in Asana: My settings, Apps, View developer console, Personal access tokens. Set ASANA_TOKEN to it.";

/**
 * Credentials of a personal access token.
 *
 * @throws StageledgerError ASANA_CREDENTIALS_MISSING for what no token can be; it is not quoted
 */
export function tokenCredentials(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/u.test(token)) return credentialsJson({ kind: "token", token });
  throw new StageledgerError("ASANA_CREDENTIALS_MISSING", "ASANA_TOKEN holds something that is no token.", {
    next: WHERE_TOKENS_ARE,
  });
}
