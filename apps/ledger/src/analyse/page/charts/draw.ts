/** Draws a chart with Observable Plot on a server-side document, as static SVG in the page's own colours. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeText, Html } from "../html.ts";

/** Drawn width of every chart; on a phone and in a three-column grid alike this is near a pixel a unit. */
export const CHART_WIDTH = 360;
export const CHART_HEIGHT = 236;

const GEOMETRY = ["d", "transform", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"];

/**
 * `reading` is the chart in one sentence: it becomes the image's accessible name.
 * Throws when Plot gives anything but one SVG element (it would wrap a legend or a title in a figure).
 */
export function draw(options: Plot.PlotOptions, reading: string): Html {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const drawn: unknown = Plot.plot({
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    className: "plot",
    ...options,
    document,
  });
  if (!isElement(drawn) || !drawn.outerHTML.startsWith("<svg "))
    throw new TypeError("Plot did not draw one SVG element");
  // The page's policy and its one style sheet replace Plot's inline style.
  for (const style of drawn.querySelectorAll("style")) style.remove();
  for (const element of drawn.querySelectorAll("*")) {
    // Inside an image nothing is announced; Plot's names of its layers would only be rule-breaking weight.
    element.removeAttribute("aria-label");
    element.removeAttribute("aria-hidden");
    for (const name of GEOMETRY) {
      const value = element.getAttribute(name);
      if (value !== null && value.length > 5) element.setAttribute(name, shortenNumbers(value));
    }
  }
  return new Html(drawn.outerHTML.replace("<svg ", `<svg role="img" aria-label="${escapeText(reading)}" `));
}

/** A tenth of a unit is finer than a screen's pixel. */
function shortenNumbers(geometry: string): string {
  return geometry.replace(/-?\d+\.\d{2,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 10) / 10));
}

interface DrawnElement {
  readonly outerHTML: string;
  querySelectorAll(selector: string): Iterable<DrawnElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
}

function isElement(value: unknown): value is DrawnElement {
  return typeof value === "object" && value !== null && "outerHTML" in value && typeof value.outerHTML === "string";
}
