import { StageledgerError } from "@stageledger/core";

/** Environment variables that hold the credentials; the errors name them. Whoever starts the reader reads them. */
export const EMAIL_VARIABLE = "JIRA_EMAIL";
export const TOKEN_VARIABLE = "JIRA_API_TOKEN";

export const WHERE_TO_MAKE_A_TOKEN = "https://id.atlassian.com/manage-profile/security/api-tokens";

/** With an e-mail the token is an API token (Basic), without one an access token (Bearer). */
export interface SiteCredentials {
  readonly email?: string | undefined;
  readonly token: string;
}

/**
 * Value of the Authorization header.
 *
 * The characters are checked here because fetch would quote an illegal header, and with it the token, in its error.
 *
 * @throws SITE_NO_CREDENTIALS when the token is empty, or token or e-mail hold a character that neither can have.
 */
export function authorizationHeader(credentials: SiteCredentials): string {
  const token = credentials.token.trim();
  const email = credentials.email?.trim() ?? "";
  if (token === "") {
    throw new StageledgerError("SITE_NO_CREDENTIALS", "No API token is set.", { next: HOW_TO_SET_THEM });
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new StageledgerError(
      "SITE_NO_CREDENTIALS",
      "The API token holds a space or another character no token has.",
      {
        next: HOW_TO_SET_THEM,
      },
    );
  }
  if (email === "") return `Bearer ${token}`;
  if (/[\s:]/.test(email)) {
    throw new StageledgerError("SITE_NO_CREDENTIALS", "The e-mail holds a space or a colon.", {
      next: HOW_TO_SET_THEM,
    });
  }
  return `Basic ${Buffer.from(`${email}:${token}`, "utf8").toString("base64")}`;
}

const HOW_TO_SET_THEM = `Set ${EMAIL_VARIABLE} and ${TOKEN_VARIABLE}; make a token at ${WHERE_TO_MAKE_A_TOKEN}.`;
