/** Headings by level, so that a project's section can stand one step below the page's. */
import { type Content, type Html, html } from "./html.ts";

export type HeadingLevel = 1 | 2 | 3;

export function heading(level: HeadingLevel, content: Content): Html {
  if (level === 1) return html`<h1>${content}</h1>`;
  return level === 2 ? html`<h2>${content}</h2>` : html`<h3>${content}</h3>`;
}

/** The level of the parts below a heading. */
export function below(level: 1 | 2): 2 | 3 {
  return level === 1 ? 2 : 3;
}
