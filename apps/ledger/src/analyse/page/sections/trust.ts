/** How far the verdict can be trusted, and what stage moves can never tell (B5, B6). */
import type { ProjectFlow } from "@stageledger/core";
import { type Html, html } from "../html.ts";
import { sentence } from "../words.ts";

const NEVER_KNOWN = [
  "Whether a slow stage is short of people, or its work just takes that long.",
  "Whether the same people carry several stages.",
  "Whether work has begun on an item that sits in a column.",
  "Whether items leave late because releases are rare or because tickets are closed late.",
  "Where the next limit is when more comes in than any stage can take.",
  "How much is wanted before it reaches the commitment.",
  "Why an item is blocked.",
];

export function trust({ verdict }: ProjectFlow): Html {
  const accuracy = verdict.accuracyNote === null ? "" : html`<p>${sentence(verdict.accuracyNote)}</p>`;
  return html`${accuracy}
<p>Moves between stages show where time and queues gather. They do not say that people should be added there, and they cannot show:</p>
<ul class="plain">${NEVER_KNOWN.map((line) => html`<li>${line}</li>`)}</ul>`;
}
