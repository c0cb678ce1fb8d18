/** A bar chart as a picture: from zero, with an axis, in the theme's first chart colour. Jira's own may look otherwise. */
import { z } from "zod";
import type { Drawn } from "./forge-host.ts";
import { css, escaped } from "./paint-css.ts";

const WIDTH = 480;
const LEFT = 36;
const TOP = 8;
/** Room for two lines of a name. */
const BOTTOM = 36;
const JIRAS_HEIGHT = 400;
const LETTER = 6.2;
const MOST_LINES = 2;
const TICKS = 4;

const rows = z.array(z.record(z.string(), z.unknown()));

export function barChart(props: Drawn["props"]): string {
  const [x, y] = [String(props.xAccessor), String(props.yAccessor)];
  const bars = rows.parse(props.data).map((row) => ({ name: String(row[x]), value: z.number().parse(row[y]) }));
  const height = Number(props.height ?? JIRAS_HEIGHT);
  const most = Math.max(...bars.map(({ value }) => value));
  const isOfWholes = bars.every(({ value }) => Number.isInteger(value));
  const step = Math.max(niceStep(most / TICKS), isOfWholes ? 1 : 0);
  const top = step * Math.max(1, Math.ceil(most / step));
  const floor = height - BOTTOM;
  const at = (value: number): number => floor - (value / top) * (floor - TOP);
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => gridLine(i * step, at(i * step)));
  const slot = (WIDTH - LEFT) / bars.length;
  const drawn = bars.map(({ name, value }, i) => {
    const middle = LEFT + slot * (i + 0.5);
    const width = Math.min(48, slot * 0.6);
    const fill = css({ fill: "color.chart.categorical.1" });
    return `<rect x="${middle - width / 2}" y="${at(value)}" width="${width}" height="${floor - at(value)}" style="${fill}"/>${nameUnder(name, middle, floor, slot)}`;
  });
  return `<figure class="chart"><figcaption>${escaped(props.title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(props.title)}">${lines.join("")}${drawn.join("")}</svg></figure>`;
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast || 1));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= atLeast) ?? 10);
}

function gridLine(value: number, y: number): string {
  const line = css({ stroke: "color.border" });
  const label = `<text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${Number(value.toPrecision(6))}</text>`;
  return `<line x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}" style="${line}"/>${label}`;
}

function nameUnder(name: string, middle: number, floor: number, slot: number): string {
  const most = Math.max(4, Math.floor(slot / LETTER));
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.slice(0, MOST_LINES).map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line));
  return shown
    .map((line, i) => `<text x="${middle}" y="${floor + 14 + 14 * i}" text-anchor="middle">${escaped(line)}</text>`)
    .join("");
}
