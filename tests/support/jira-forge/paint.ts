/**
 * Draws what the app sent over the bridge as a page, near to how Jira looks: for looking at, not for proof. Colours, spaces and
 * type are Atlassian's own tokens. What it does not know shows loudly.
 */
import { z } from "zod";
import type { Drawn } from "./forge-host.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { barChart } from "./paint-chart.ts";
import { css, escaped, themeCss } from "./paint-css.ts";

export interface Painted {
  readonly html: string;
  /** Kinds of nodes that there is no picture for. */
  readonly unknownTypes: readonly string[];
}

export type Theme = "light" | "dark";

type Props = Drawn["props"];
type Paint = (props: Props, inside: string, node: Drawn, paintNode: (node: Drawn) => string) => string;

/** A whole page, which says that it is a preview. */
export function paint(tree: Drawn, theme: Theme): Painted {
  const unknown = new Set<string>();
  const paintNode = (node: Drawn): string => {
    const inside = DRAWS_ITS_CHILDREN.has(node.type) ? "" : node.children.map(paintNode).join("");
    const known = PAINTS[node.type];
    if (known !== undefined) return known(node.props, inside, node, paintNode);
    unknown.add(node.type);
    return `<div class="unknown">NO PICTURE FOR ${escaped(node.type)}${inside}</div>`;
  };
  const body = paintNode(tree);
  const shown = "light:light dark:dark spacing:spacing shape:shape typography:typography";
  return {
    html: `<!doctype html><html lang="en" data-color-mode="${theme}" data-theme="${shown}"><meta charset="utf-8">
<style>${themeCss()}${PAGE_STYLE}</style><body>${body}<p class="preview">preview, not Jira</p></body></html>`,
    unknownTypes: [...unknown],
  };
}

const BOX = [
  "padding",
  "paddingBlock",
  "paddingBlockStart",
  "paddingBlockEnd",
  "paddingInline",
  "paddingInlineStart",
  "paddingInlineEnd",
  "backgroundColor",
];
const FLEX: Readonly<Record<string, string>> = { start: "flex-start", end: "flex-end" };

function boxCss(props: Props): string {
  const own = Object.fromEntries(BOX.map((name) => [name, props[name]]));
  return css({ ...own, ...z.record(z.string(), z.unknown()).catch({}).parse(props.xcss) });
}

function flex(direction: "row" | "column"): Paint {
  const [main, cross] = direction === "row" ? ["alignInline", "alignBlock"] : ["alignBlock", "alignInline"];
  const aligned = (value: unknown) => (value === undefined ? undefined : (FLEX[String(value)] ?? value));
  return (props, inside) => {
    const style = css({
      gap: props.space,
      rowGap: props.rowSpace,
      alignItems: aligned(props[cross]),
      justifyContent: aligned(props.spread ?? props[main]),
      flexGrow: props.grow === "fill" ? 1 : undefined,
      flexWrap: props.shouldWrap === true ? "wrap" : undefined,
    });
    return `<div style="display:flex;flex-direction:${direction};min-width:0;${style}">${inside}</div>`;
  };
}

const button: Paint = (props, inside) => {
  const looks = ["button", props.appearance ?? "default", props.spacing ?? "roomy", props.shouldFitContainer && "fit"];
  const content = props.isLoading === true ? `<span class="spinner"></span>` : inside;
  const isDisabled = props.isDisabled === true ? " disabled" : "";
  return `<button type="button" class="${escaped(looks.filter(Boolean).join(" "))}"${isDisabled}>${content}</button>`;
};

function field(inner: string, props: Props): string {
  const isCompact = props.isCompact === true || props.spacing === "compact";
  const looks = ["field", props.isInvalid === true && "invalid", isCompact && "compact"].filter(Boolean).join(" ");
  return `<span class="${looks}">${inner}</span>`;
}

/** Of one option, or of several. */
function labelsOf(chosen: unknown): string {
  const option = z.object({ label: z.string() });
  const options = z.union([z.array(option), option.transform((one) => [one])]).safeParse(chosen).data;
  return (options ?? []).map(({ label }) => label).join(", ");
}

/** As Jira writes it where nobody says otherwise. */
function shownDate(value: unknown): string {
  const date = z.string().safeParse(value).data;
  if (date === undefined || date === "") return "";
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${date}T00:00Z`));
}

function element(tag: string, looks = ""): Paint {
  return (_, inside) => `<${tag}${looks === "" ? "" : ` class="${looks}"`}>${inside}</${tag}>`;
}

function tick(looks: string): Paint {
  return (props) => {
    const isTicked = (props.isChecked ?? props.defaultChecked) === true;
    return `<label class="${looks}"><input type="checkbox"${isTicked ? " checked" : ""}>${escaped(props.label)}</label>`;
  };
}

const text: Paint = (props, inside) => {
  const tag = props.as ?? "p";
  const weight = props.weight === undefined ? undefined : `font.weight.${String(props.weight)}`;
  const style = css({ color: props.color, fontWeight: weight, textAlign: props.align });
  return `<${tag} class="text ${escaped(props.size ?? "medium")}" style="${style}">${inside}</${tag}>`;
};

const heading: Paint = (props, inside) => {
  const tag = props.as ?? "h2";
  return `<${tag} class="heading ${escaped(props.size ?? tag)}">${inside}</${tag}>`;
};

const table: Paint = (_props, _inside, node, paintNode) => {
  const part = (name: string) => node.children.find(({ props }) => props.name === name)?.children ?? [];
  const cell = (tag: string) => (drawn: Drawn) => {
    const width = drawn.props.width === undefined ? undefined : `${String(drawn.props.width)}%`;
    const span = drawn.props.colSpan === undefined ? "" : ` colspan="${escaped(drawn.props.colSpan)}"`;
    return `<${tag}${span} style="${css({ width })}">${drawn.children.map(paintNode).join("")}</${tag}>`;
  };
  const rows = part("rows").map((row) => `<tr>${row.children.map(cell("td")).join("")}</tr>`);
  return `<table><thead><tr>${part("head").map(cell("th")).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
};

const tabs: Paint = (props, _inside, node, paintNode) => {
  const selected = Number(props.selected ?? props.defaultSelected ?? 0);
  const list = node.children.find(({ type }) => type === "TabList")?.children ?? [];
  const panels = node.children.filter(({ type }) => type === "TabPanel");
  const names = list.map(
    (tab, i) => `<span${i === selected ? ' class="on"' : ""}>${tab.children.map(paintNode).join("")}</span>`,
  );
  return `<div class="tabs">${names.join("")}</div>${(panels[selected]?.children ?? []).map(paintNode).join("")}`;
};

const GLYPHS: Readonly<Record<string, string>> = { edit: "✎", "arrow-up": "↑", "arrow-down": "↓", delete: "✕" };

const PAINTS: Readonly<Record<string, Paint>> = {
  Root: element("main"),
  String: (props) => escaped(props.text),
  Fragment: (_, inside) => inside,
  Box: (props, inside) => `<div style="${boxCss(props)}">${inside}</div>`,
  Pressable: (props, inside) => `<button type="button" class="pressable" style="${boxCss(props)}">${inside}</button>`,
  Icon: (props) =>
    `<span class="icon">${GLYPHS[String(props.glyph)] ?? `NO PICTURE FOR ${escaped(props.glyph)}`}</span>`,
  Stack: flex("column"),
  Inline: flex("row"),
  Text: text,
  Code: element("code"),
  Strong: element("strong"),
  Em: element("em"),
  Heading: heading,
  Button: button,
  LoadingButton: button,
  ButtonGroup: element("div", "group"),
  Link: (props, inside) => `<a href="${escaped(props.href)}">${inside}</a>`,
  Form: element("form"),
  FormFooter: element("div", "group"),
  Label: element("label", "label"),
  HelperMessage: element("div", "message"),
  ErrorMessage: element("div", "message error"),
  ValidMessage: element("div", "message valid"),
  Textfield: (props) => {
    const value = escaped(props.value ?? props.defaultValue);
    const focus = props.autoFocus === true ? " autofocus" : "";
    return field(`<input value="${value}" placeholder="${escaped(props.placeholder)}"${focus}>`, props);
  },
  TextArea: (props) => {
    const rows = Number(props.minimumRows ?? 2);
    return field(`<textarea rows="${rows}">${escaped(props.value ?? props.defaultValue)}</textarea>`, props);
  },
  Select: (props) => {
    const chosen = labelsOf(props.value ?? props.defaultValue) || props.placeholder || "Select…";
    return field(`<span class="chosen">${escaped(chosen)}</span><span class="chevron">⌄</span>`, props);
  },
  DatePicker: (props) => {
    const chosen = shownDate(props.value ?? props.defaultValue) || props.placeholder;
    return field(`<span class="chosen">${escaped(chosen)}</span><span class="chevron">▦</span>`, props);
  },
  Checkbox: tick("checkbox"),
  Toggle: tick("toggle"),
  Lozenge: (props, inside) => `<span class="lozenge ${escaped(props.appearance)}">${inside}</span>`,
  Badge: element("span", "lozenge"),
  SectionMessage: (props, inside) =>
    `<section class="section ${escaped(props.appearance ?? "information")}"><strong>${escaped(props.title)}</strong>${inside}</section>`,
  Spinner: (props) => `<span class="spinner ${escaped(props.size)}"></span>`,
  Tooltip: (_, inside) => inside,
  DynamicTable: table,
  Tabs: tabs,
  ModalTransition: (_, inside) => inside,
  Modal: (_, inside) => `<div class="blanket"><div class="modal">${inside}</div></div>`,
  ModalHeader: element("header"),
  ModalTitle: element("h1", "heading medium"),
  ModalBody: element("div"),
  ModalFooter: element("footer", "group end"),
  List: (props, inside) => (props.type === "ordered" ? `<ol>${inside}</ol>` : `<ul>${inside}</ul>`),
  ListItem: element("li"),
  BarChart: barChart,
};

const DRAWS_ITS_CHILDREN: ReadonlySet<string> = new Set(["DynamicTable", "Tabs"]);
