/** Data-quality findings in plain words: how many, what it means, the first keys. */
import type { Finding } from "@stageledger/core";
import { findingText, findingWords } from "../../finding-words.ts";
import { type Html, html } from "../html.ts";
import { keyList } from "../words.ts";

const KEYS_SHOWN = 8;

export function dataQuality(findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`<p class="quiet">Nothing to report.</p>`;
  return html`<ul class="findings">${findings.map((finding) => {
    const { kind, count: many, keys } = finding;
    const { long, keysAre } = findingWords(kind);
    const keysName = keysAre === "status ids" ? "Status ids" : keysAre === "lines" ? "Lines" : "Items";
    return html`<li><p><strong>${findingText(finding)}</strong></p><p class="quiet">${long}${
      keys.length > 0 && html` ${keysName}: ${keyList(keys, many, KEYS_SHOWN)}.`
    }</p></li>`;
  })}</ul>`;
}
