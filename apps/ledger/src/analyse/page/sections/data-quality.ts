/** Data-quality findings in plain words: how many, what it means, the first keys. */
import type { Finding } from "@stageledger/core";
import { findingWords } from "../../finding-words.ts";
import { count } from "../../words.ts";
import { type Html, html } from "../html.ts";
import { keysText } from "../words.ts";

const KEYS_SHOWN = 8;

export function dataQuality(findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`<p class="quiet">Nothing to report.</p>`;
  return html`<ul class="findings">${findings.map(({ kind, count: many, keys }) => {
    const { short, long, keysAre } = findingWords(kind);
    return html`<li><p><strong>${count(many)} ${short}</strong></p><p class="quiet">${long}${
      keys.length > 0 &&
      ` ${keysAre === "status ids" ? "Status ids" : keysAre === "lines" ? "Lines" : "Items"}: ${keysText(keys, many, KEYS_SHOWN)}.`
    }</p></li>`;
  })}</ul>`;
}
