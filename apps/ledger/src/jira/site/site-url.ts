import { StageledgerError } from "@stageledger/core";
import { type RootUrl, rootUrl } from "./root-url.ts";

/**
 * The root of a Jira site, as its reader typed it.
 *
 * The text is never quoted back: people paste addresses with a password in them.
 *
 * @throws SITE_BAD_URL for anything but https, or http to this machine: a token would travel in clear text.
 */
export function parseSiteUrl(text: string): URL {
  const found = rootUrl(text);
  if (found.kind === "root") return found.root;
  throw new StageledgerError("SITE_BAD_URL", faultText(found), {
    next: "Write it like --site https://your-site.atlassian.net.",
  });
}

function faultText(found: Exclude<RootUrl, { kind: "root" }>): string {
  switch (found.kind) {
    case "no-address":
      return "The site is not an https address.";
    case "clear-text":
      return `http to ${found.host} would send the API token in clear text.`;
    case "holds-login":
      return "The site's address holds a user name or password.";
  }
}
