/** Where a Jira site is. Pure. */

export type RootUrl =
  /** Ends in "/", without query and fragment. */
  | { readonly kind: "root"; readonly root: URL }
  | { readonly kind: "no-address" | "holds-login" }
  | { readonly kind: "clear-text"; readonly host: string };

/**
 * The root of a site that a token may be sent to: https, or http to this machine. A path is kept: sites behind a context
 * path and api.atlassian.com/ex/jira/<cloud id> have one.
 */
export function rootUrl(text: string): RootUrl {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return { kind: "no-address" };
  if (url.protocol === "http:" && !isLoopback(url.hostname)) return { kind: "clear-text", host: url.host };
  if (url.username !== "" || url.password !== "") return { kind: "holds-login" };
  const path = url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`;
  return { kind: "root", root: new URL(path, url.origin) };
}

/** Where Jira's own proof says that a site's REST interface is; undefined for what no token may be sent to. */
export function findApiRoot(apiBaseUrl: string): URL | undefined {
  const found = rootUrl(apiBaseUrl);
  return found.kind === "root" ? found.root : undefined;
}

/** By literal name only: a name that merely resolves to this machine can resolve elsewhere the next time. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
