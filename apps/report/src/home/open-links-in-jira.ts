import { type CallBridge, openInNewTab } from "./bridge.ts";

/** The frame that Jira shows the page in may open no windows: Jira opens them for it. */
export function openLinksInJira(call: CallBridge, root: Document): void {
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[target=_blank]") : null;
    if (link === null) return;
    event.preventDefault();
    void openInNewTab(call, link.href);
  });
}
