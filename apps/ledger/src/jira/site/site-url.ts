import { StageledgerError } from "@stageledger/core";

/**
 * The root of a Jira site, ending in "/", without query and fragment. A path is kept: sites behind a context path and
 * api.atlassian.com/ex/jira/<cloud id> have one.
 *
 * The text is never quoted back: people paste addresses with a password in them.
 *
 * @throws SITE_BAD_URL for anything but https, or http to this machine: a token would travel in clear text.
 */
export function parseSiteUrl(text: string): URL {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new StageledgerError("SITE_BAD_URL", "The site is not an https address.", { next: HOW_TO_WRITE_IT });
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new StageledgerError("SITE_BAD_URL", `http to ${url.host} would send the API token in clear text.`, {
      next: HOW_TO_WRITE_IT,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new StageledgerError("SITE_BAD_URL", "The site's address holds a user name or password.", {
      next: HOW_TO_WRITE_IT,
    });
  }
  const path = url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`;
  return new URL(path, url.origin);
}

const HOW_TO_WRITE_IT = "Write it like --site https://your-site.atlassian.net.";

/** By literal name only: a name that merely resolves to this machine can resolve elsewhere the next time. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
