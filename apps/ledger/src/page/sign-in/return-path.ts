/** Where somebody goes once they have signed in: to a page of ours, whatever a link says. */
const HOME = "/";
const MOST_CHARACTERS = 1024;
const ANY_ORIGIN = "http://ours.invalid";

/** Those would lead in circles. Our routes take large letters for small ones. */
const OWN = /^\/(?:sign-in|sign-out)(?:[/?#]|$)/iu;

/**
 * A path of this server, without host; that of the first page for whatever is none.
 *
 * @param wanted as a link says it
 */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > MOST_CHARACTERS || !wanted.startsWith("/")) return HOME;
  // As a browser would read it: it takes a backslash for a slash, and leaves out line ends.
  const url = URL.parse(wanted, ANY_ORIGIN);
  if (url === null || url.origin !== ANY_ORIGIN) return HOME;
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Behind a host such a path would begin another one.
  return path.startsWith("//") || OWN.test(path) ? HOME : path;
}
