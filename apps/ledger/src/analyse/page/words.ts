/** Numbers and words as the page prints them: figures in one piece, missing ones in grey of the same size. */
import type { Figure, ProjectFlow } from "@stageledger/core";
import {
  count,
  type FigureFormat,
  figureText,
  NEVER_VISITED,
  stageFigureText,
} from "@stageledger/core/contract/figure-text";
import { type Html, html, joined } from "./html.ts";

/** A figure with its note: value, then the note in small grey; without a value the note alone, in grey. */
export function figure(of: Figure, format?: FigureFormat): Html {
  return withNote(of, format === undefined ? figureText(of) : figureText(of, format));
}

/** A stage's time or visits: a dash when no item was there (F12). */
export function stageFigure(of: Figure): Html {
  return withNote(of, stageFigureText(of));
}

function withNote({ value, note }: Figure, text: string): Html {
  if (text === NEVER_VISITED) return html`<span class="none">${NEVER_VISITED}<span class="vh"> none</span></span>`;
  if (value === null) return html`<span class="none">${text}</span>`;
  return html`<span class="fig">${text}</span>${note !== undefined && html` <span class="note">${note}</span>`}`;
}

/** As {@link figure}, with what it is made of: "14 d (n 63)". */
export function figureWithCount(of: Figure, format?: FigureFormat): Html {
  return html`${figure(of, format)}${of.value !== null && html` <span class="note">(n ${of.n})</span>`}`;
}

/** "PAY-88, PAY-102 and 3 more". */
export function keysText(keys: readonly string[], total: number, most = 20): string {
  const shown = keys.slice(0, most);
  const more = total - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${count(more)} more` : shown.join(", ");
}

/** As {@link keysText}, each key kept on one line. */
export function keyList(keys: readonly string[], total: number, most = 20): Html {
  const shown = keys.slice(0, most);
  const more = total - shown.length;
  // The comma stays with its key: a line must not begin with one.
  const comma = (index: number): string => (index < shown.length - 1 ? "," : "");
  return html`${joined(
    shown.map((key, index) => html`<span class="key">${key}${comma(index)}</span>`),
    " ",
  )}${more > 0 && ` and ${count(more)} more`}`;
}

export function projectName(flow: ProjectFlow): string {
  return flow.project === "*" ? "All projects" : flow.project || "No project";
}

/**
 * A name of at most `most` letters for a chart's label; the whole name stands in the table behind it. The
 * last word stays where it fits: "Ready for Review" and "Ready for Test" differ only there.
 */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const lastWord = name.slice(name.lastIndexOf(" ") + 1);
  const tail = lastWord.length <= most - 4 ? lastWord : "";
  return `${name.slice(0, most - 1 - tail.length).trimEnd()}…${tail}`;
}

/** A note as a sentence: a capital at its start, one full stop at its end. */
export function sentence(note: string): string {
  const trimmed = note.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.?!…]$/.test(trimmed) ? "" : "."}`;
}
