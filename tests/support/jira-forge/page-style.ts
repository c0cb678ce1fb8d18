/** How Atlaskit's components look, by its tokens; in as few rules as a preview needs. */
export const PAGE_STYLE = `
@font-face { font-family: "Atlassian Sans"; font-weight: 100 599;
  src: local("Inter"), local("Liberation Sans"), local("DejaVu Sans Condensed") }
@font-face { font-family: "Atlassian Sans"; font-weight: 600 900;
  src: local("Inter Bold"), local("Liberation Sans Bold"), local("DejaVu Sans Condensed Bold") }
* { box-sizing: border-box }
body { margin: 0; padding: 16px; background: var(--ds-surface); color: var(--ds-text); font: var(--ds-font-body) }
main { display: flow-root } form, p, figure, h1, h2, h3, h4, ul, ol { margin: 0 }
.text.small { font: var(--ds-font-body-small) } .text.large { font: var(--ds-font-body-large) }
.heading { font: var(--ds-font-heading-small) } .heading.xlarge { font: var(--ds-font-heading-xlarge) } .heading.large { font: var(--ds-font-heading-large) }
.heading.medium { font: var(--ds-font-heading-medium) } .heading.xsmall { font: var(--ds-font-heading-xsmall) }
.heading.xxsmall { font: var(--ds-font-heading-xxsmall) }
.button { border: 0; border-radius: var(--ds-radius-small, 3px); height: 32px; padding: 0 12px; font: inherit; font-weight: 500;
  background: var(--ds-background-neutral); color: var(--ds-text); white-space: nowrap; flex: none; max-width: 100% }
.button.compact { height: 24px; padding: 0 8px } .button.fit { width: 100% }
.button.none { height: auto; padding: 0 }
.button.primary { background: var(--ds-background-brand-bold); color: var(--ds-text-inverse) }
.button.subtle, .button.link { background: none; color: var(--ds-text-subtle) } .button.link { color: var(--ds-link) }
.button.danger { background: var(--ds-background-danger-bold); color: var(--ds-text-inverse) }
.button[disabled] { background: var(--ds-background-disabled); color: var(--ds-text-disabled) }
.pressable { all: unset; display: block; box-sizing: border-box; width: 100%; border-radius: var(--ds-radius-small, 3px) }
code { padding: 2px 4px; border-radius: 3px; background: var(--ds-background-neutral); font: var(--ds-font-code) }
.toggle input { appearance: none; width: 32px; height: 16px; margin: 0; border-radius: 8px; background: var(--ds-background-neutral-bold);
  display: block; position: relative } .toggle input:checked { background: var(--ds-background-success-bold) }
.toggle input::after { content: ""; position: absolute; inset: 2px auto 2px 2px; width: 12px; border-radius: 50%; background: var(--ds-icon-inverse) }
.toggle input:checked::after { left: 18px }
.icon { color: var(--ds-icon-subtle); flex: none }
.field { display: flex; align-items: center; flex: 1; min-width: 0; height: 36px; padding: 0 8px; border: 1px solid var(--ds-border-input);
  border-radius: var(--ds-radius-small, 3px); background: var(--ds-background-input) }
div > .field { flex: none } div[style*="row"] > .field { flex: 1 }
.field.compact { height: 32px } .field.invalid { border-color: var(--ds-border-danger) }
.field:focus-within { outline: 2px solid var(--ds-border-focused); outline-offset: -1px }
.field input, .field textarea { all: unset; width: 100%; min-width: 0 } .field input::placeholder { color: var(--ds-text-subtlest) }
.field:has(textarea) { height: auto; padding: 6px 8px } .field textarea { height: calc(attr(rows type(<number>), 2) * 1.5em); white-space: pre-wrap; overflow-wrap: anywhere }
.chosen { flex: 1; white-space: nowrap; overflow: hidden; text-overflow: ellipsis } .chevron { color: var(--ds-icon-subtle) }
.label { font: var(--ds-font-body-small); font-weight: 600; color: var(--ds-text-subtle) }
.message { font: var(--ds-font-body-small); color: var(--ds-text-subtlest) }
.message.error { color: var(--ds-text-danger) } .message.valid { color: var(--ds-text-success) }
.lozenge { align-self: center; padding: 0 4px; border-radius: 3px; font: var(--ds-font-body-small); font-weight: 700;
  background: var(--ds-background-neutral) }
.lozenge.inprogress { background: var(--ds-background-information); color: var(--ds-text-information) }
.lozenge.success { background: var(--ds-background-success); color: var(--ds-text-success) }
.lozenge.removed { background: var(--ds-background-danger); color: var(--ds-text-danger) }
.lozenge.moved { background: var(--ds-background-warning); color: var(--ds-text-warning) }
.section { display: flex; flex-direction: column; gap: 8px; padding: 16px; border-radius: 3px; background: var(--ds-background-information) }
.section.error { background: var(--ds-background-danger) } .section.warning { background: var(--ds-background-warning) }
.section.success { background: var(--ds-background-success) }
table { width: 100%; border-collapse: collapse } td, th { padding: 4px 8px; border-bottom: 1px solid var(--ds-border) }
th { text-align: left; font: var(--ds-font-body-small); font-weight: 600; color: var(--ds-text-subtle); border-bottom-width: 2px }
td:first-child, th:first-child { padding-left: 0 }
.spinner { display: inline-block; width: 16px; height: 16px; border-radius: 50%; border: 2px solid var(--ds-icon-subtle);
  border-right-color: transparent; vertical-align: middle } .spinner.large { width: 48px; height: 48px }
.tabs { display: flex; gap: 16px; border-bottom: 2px solid var(--ds-border); margin-bottom: 12px }
.tabs .on { color: var(--ds-text-selected); border-bottom: 2px solid var(--ds-border-selected); margin-bottom: -2px }
.group { display: flex; gap: 8px } .end { justify-content: flex-end }
.blanket { position: fixed; inset: 0; background: var(--ds-blanket) }
.modal { max-width: 600px; margin: 60px auto; padding: 24px; border-radius: 8px; background: var(--ds-surface-overlay) }
.chart { padding: 12px; border: 1px solid var(--ds-border); border-radius: var(--ds-radius-small, 3px) }
.chart figcaption { font: var(--ds-font-heading-xxsmall); margin-bottom: 8px } .chart svg { display: block; width: 100% }
.chart text { font: var(--ds-font-body-small); fill: var(--ds-text-subtle) }
a { color: var(--ds-link) }
.unknown { border: 4px solid #f0f; background: #ff0; color: #000; padding: 8px; font-weight: bold }
.preview { margin-top: 16px; color: var(--ds-text-subtlest); font-size: 11px }`;
