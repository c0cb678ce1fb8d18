/** A chart as a picture that stands alone: its title and sentence above it, and the colours that it has on the page now. */
import type { Chart } from "../charts/chart.ts";

const SVG = "http://www.w3.org/2000/svg";
const LETTERS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const MARGIN = 16;
const LINE = 17;
/** Of the sentence's letters, on average. */
const LETTER_WIDTH = 6.3;
const PIXELS_A_UNIT = 3;

export function svgText(drawn: SVGSVGElement, { title, sentence }: Pick<Chart, "title" | "sentence">): string {
  const { width, height } = drawn.viewBox.baseVal;
  const lines = linesOf(sentence, Math.floor(width / LETTER_WIDTH));
  const top = MARGIN + 20 + lines.length * LINE + 8;
  const whole = document.createElementNS(SVG, "svg");
  const outer = { width: width + 2 * MARGIN, height: top + height + MARGIN };
  set(whole, { xmlns: SVG, ...outer, viewBox: `0 0 ${outer.width} ${outer.height}`, "font-family": LETTERS });
  const paper = document.createElementNS(SVG, "rect");
  set(paper, { width: "100%", height: "100%", fill: "var(--bg)" });
  whole.append(paper, line(title, MARGIN + 10, { "font-size": 15, "font-weight": 600, fill: "var(--ink)" }));
  for (const [index, part] of lines.entries())
    whole.append(line(part, MARGIN + 20 + (index + 1) * LINE - 4, { "font-size": 12, fill: "var(--soft)" }));
  const copy = drawn.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new TypeError("A copy of an SVG element is one.");
  set(copy, {
    x: MARGIN,
    y: top,
    width,
    height,
    "font-size": 11,
    fill: "var(--soft)",
    color: "var(--soft)",
    overflow: "visible",
  });
  const patterns = document.getElementById("patterns")?.querySelector("defs")?.cloneNode(true);
  if (patterns !== undefined) copy.prepend(patterns);
  whole.append(copy);
  return withColours(new XMLSerializer().serializeToString(whole), getComputedStyle(document.documentElement));
}

/** @throws Error where the browser cannot draw it */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * PIXELS_A_UNIT;
    canvas.height = image.naturalHeight * PIXELS_A_UNIT;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((png) => (png === null ? reject(new Error("The browser drew no picture.")) : resolve(png))),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

function line(text: string, y: number, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, "text");
  set(element, { x: MARGIN, y, ...attributes });
  element.textContent = text;
  return element;
}

function set(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function linesOf(sentence: string, most: number): readonly string[] {
  const lines: string[] = [];
  let last = "";
  for (const word of sentence.split(" ")) {
    if (last !== "" && last.length + word.length >= most) {
      lines.push(last);
      last = word;
    } else last = last === "" ? word : `${last} ${word}`;
  }
  return [...lines, last];
}

function withColours(text: string, style: CSSStyleDeclaration): string {
  return text.replaceAll(/var\((--[\w-]+)\)/gu, (_, name: string) => style.getPropertyValue(name).trim());
}
