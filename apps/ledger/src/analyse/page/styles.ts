/** The page's one style sheet. One accent colour, the constraint's; everything else is ink on paper. */
export const STYLES = `
:root {
  color-scheme: light;
  --bg: #ffffff; --ink: #1b1c1f; --soft: #5b6068; --line: #e4e4e1; --wash: #f5f5f3;
  --mark: #3b4048; --accent: #b44a00; --focus: #0072b2;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --bg: #151618; --ink: #e9e9e7; --soft: #a2a6ad; --line: #2d2f33; --wash: #1d1f22;
    --mark: #c3c7cd; --accent: #f0954a; --focus: #56b4e9;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.25rem clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 76rem;
  background: var(--bg); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
p, ul, ol, dl, dd, figure, h1, h2, h3, h4 { margin: 0; padding: 0; }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.defs { position: absolute; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem .75rem; background: var(--bg); z-index: 1; }
.skip:focus { top: .5rem; }
header, footer, .sub, .quiet, .eyebrow, .note, .none, .caption, figcaption, summary { color: var(--soft); }
header { font-size: .875rem; }
nav { margin-top: .75rem; font-size: .875rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; }
.verdict { margin-top: clamp(2rem, 6vw, 4rem); }
.eyebrow { font-size: .9375rem; }
.eyebrow strong { color: var(--ink); font-weight: 600; }
h1 { margin: .5rem 0 .75rem; max-width: 24ch; font-size: clamp(2rem, 1.35rem + 2.8vw, 3.25rem); line-height: 1.1; letter-spacing: -.022em; font-weight: 650; text-wrap: balance; }
.constraint, .mark { color: var(--accent); }
.sure { font-weight: 500; }
.evidence { margin-top: 1rem; max-width: 68ch; list-style: none; }
.evidence li { margin-top: .35rem; }
.try { margin-top: 1rem; max-width: 68ch; }
.verdict .quiet { margin-top: .5rem; max-width: 68ch; font-size: .875rem; }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -.01em; font-weight: 650; }
main > section > section > h2, main > section > h2 { margin: 3.5rem 0 1rem; }
h3, h4 { font-size: 1rem; line-height: 1.4; font-weight: 600; }
.sub, .note { font-size: .8125rem; line-height: 1.45; }
.fig { white-space: nowrap; }
.key { display: inline-block; max-width: 100%; overflow-wrap: anywhere; }

.flow { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1.5rem 1.25rem; margin: 3rem 0 .75rem; list-style: none; }
.flow li { display: flex; flex-direction: column; align-items: start; padding-top: .6rem; border-top: 2px solid var(--line); }
.flow .name { flex: 1; font-weight: 600; overflow-wrap: anywhere; }
.flow .kind { font-size: .8125rem; color: var(--soft); }
.flow .wip { font-size: 1.75rem; line-height: 1.25; font-weight: 500; letter-spacing: -.01em; }
.flow .wip .none { font-size: 1rem; }
.flow .rates { margin-top: .4rem; font-size: .8125rem; color: var(--soft); }
.flow .is-constraint, .flow .is-queue { border-top-color: var(--accent); }
.flow .is-constraint .name, .flow .is-constraint .wip { color: var(--accent); }
.pile { display: block; max-width: 100%; }
.pile path { stroke: var(--mark); stroke-opacity: .55; stroke-width: 5.5; stroke-linecap: round; }
.is-constraint .pile path, .is-queue .pile path { stroke: var(--accent); stroke-opacity: 1; }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20.5rem), 1fr)); gap: 2.5rem 2rem; align-items: start; }
.card { min-width: 0; }
.card .sub { margin-bottom: .5rem; }
.cards { margin-top: 1.5rem; }
.card .empty { padding: 3rem 0; }
.plot { display: block; width: 100%; height: auto; max-width: 30rem; overflow: visible; color: var(--soft); font-family: inherit; font-size: 11px; }
.plot text { white-space: pre; }
figcaption { margin-top: .35rem; font-size: .8125rem; line-height: 1.45; }
figcaption p { margin-top: .15rem; }

details { margin-top: .75rem; }
summary { width: fit-content; font-size: .875rem; cursor: pointer; border-radius: 2px; }
summary:hover { color: var(--ink); }
.figures { margin-top: .35rem; }
.figures summary { font-size: .8125rem; }
.figures .scroll { max-height: 20rem; }
.scroll { position: relative; overflow: auto; margin-top: .5rem; }
table { width: 100%; max-width: 62rem; overflow-wrap: normal; border-collapse: collapse; font-size: .9375rem; }
.figures table { font-size: .8125rem; }
.caption { max-width: 68ch; font-size: .8125rem; line-height: 1.45; }
.after { margin-top: .75rem; }
.after, .after + .quiet { max-width: 68ch; font-size: .875rem; }
th, td { padding: .4rem 0 .4rem .75rem; text-align: right; white-space: nowrap; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th:first-child { padding-left: 0; text-align: left; }
.t { text-align: left; }
thead th { font-size: .8125rem; line-height: 1.35; font-weight: 500; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 500; }
thead th { white-space: normal; }
tbody th { min-width: 7rem; max-width: 16rem; white-space: normal; overflow-wrap: anywhere; }
.figures tbody th { min-width: 0; white-space: nowrap; }
td .none, td .note { white-space: normal; }
.marked th { color: var(--accent); font-weight: 600; }
abbr { text-decoration: none; }
dl { margin-top: 1.5rem; max-width: 62rem; }
dl > div { display: grid; grid-template-columns: minmax(7rem, 10rem) minmax(0, 68ch); gap: 0 1.5rem; padding: .6rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd p + p { margin-top: .25rem; }
dd .quiet, .findings .quiet { font-size: .875rem; }
.findings, .plain { list-style: none; max-width: 68ch; }
.findings li { padding: .6rem 0; border-top: 1px solid var(--line); }
.findings strong { font-weight: 600; }
main > section > p { max-width: 68ch; margin-top: .75rem; }
.plain { margin-top: .5rem; }
.plain li { padding-left: 1.1rem; text-indent: -1.1rem; }
.plain li::before { content: "–"; display: inline-block; width: 1.1rem; text-indent: 0; color: var(--soft); }
.project { margin-top: 5rem; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
.project .verdict { margin-top: 2rem; }
.project h2 { margin: .35rem 0 .5rem; font-size: clamp(1.5rem, 1.2rem + 1.2vw, 2rem); line-height: 1.2; }
.project h3 { margin: 2rem 0 .75rem; }
.project .cards h4 { margin: 0; }
.project .flow { margin-top: 2rem; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .875rem; }
footer p { max-width: 80ch; margin-top: .25rem; }

@media (max-width: 34rem) {
  .flow { grid-template-columns: 1fr; gap: 0; }
  .flow li { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: baseline; padding: .55rem 0; border-top-width: 1px; }
  .flow .is-constraint, .flow .is-queue { border-top-width: 2px; }
  .flow .wip { grid-row: 1; grid-column: 2; font-size: 1.25rem; }
  .flow .pile { display: none; }
  .flow .rates { grid-column: 1 / -1; margin-top: 0; }
  dl > div { grid-template-columns: 1fr; }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
  summary, a { transition: color .12s, text-decoration-color .12s; }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 13px; }
  body { max-width: none; padding: 0; }
  .flow { grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); margin-top: 1.5rem; }
  .skip, nav, details:not([open]), details[open] > summary { display: none; }
  .scroll { overflow: visible; max-height: none; }
  .cards { grid-template-columns: 1fr 1fr; gap: 1.5rem; }
  .card, tr, dl > div, .findings li, .flow { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
  .verdict { margin-top: 1rem; }
  .project { margin-top: 0; border-top: 0; break-before: page; }
  main > section > section > h2, main > section > h2 { margin-top: 1.75rem; }
}
`;
