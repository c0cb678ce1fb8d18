/** Draws with Observable Plot, in the page's own colours and by its own style sheet. */
import { type PlotOptions, plot } from "@observablehq/plot";

export const CHART_HEIGHT = 236;

/** One SVG element. @throws TypeError where Plot would wrap it in a figure: no legends and titles of its own here */
export function draw(options: PlotOptions, width: number): SVGSVGElement {
  const drawn = plot({ height: CHART_HEIGHT, className: "plot", ...options, width });
  if (!(drawn instanceof SVGSVGElement)) throw new TypeError("Plot did not draw one SVG element.");
  // The page's policy forbids styles that stand in the document: ours are in page.css.
  for (const style of drawn.querySelectorAll("style")) style.remove();
  for (const element of drawn.querySelectorAll("[aria-label], [aria-hidden], [aria-description]")) {
    // Inside an image nothing is announced.
    for (const name of ["aria-label", "aria-hidden", "aria-description"]) element.removeAttribute(name);
  }
  return drawn;
}
