/** The page as it stands, in one file that needs nothing else: no network, no script. */

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** What only works while the ledger is there. */
const LIVE = "script, link, noscript, .skip, .head nav, .window, .files, .take-along, .no-match";

export function pageAsFile(shown: Document): string {
  const copy = shown.documentElement.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new TypeError("A document's copy is one.");
  for (const live of copy.querySelectorAll(LIVE)) live.remove();
  for (const link of copy.querySelectorAll(".brand a")) link.replaceWith(...link.childNodes);
  const head = copy.querySelector("head");
  const policy = shown.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = POLICY;
  const style = shown.createElement("style");
  style.textContent = rulesOf(shown);
  head?.prepend(policy);
  head?.append(style);
  return `<!doctype html>\n${copy.outerHTML}\n`;
}

function rulesOf(shown: Document): string {
  return [...shown.styleSheets].flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText)).join("\n");
}
