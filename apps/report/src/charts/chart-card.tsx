/** One chart as a card: what it shows, the drawing, how to read it, and its figures as a table. */
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { useAddress } from "../address/use-address.ts";
import { DataTable } from "../figures/data-table.tsx";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { ChartFiles } from "./chart-files.tsx";
import { draw } from "./draw.ts";
import { useDrawnWidth } from "./use-drawn-width.ts";

export function ChartCard({ chart }: { readonly chart: Chart }): ReactNode {
  const { address, amend } = useAddress();
  const place = useRef<HTMLDivElement>(null);
  const width = useDrawnWidth(place);
  const [svg, setSvg] = useState<SVGSVGElement | null>(null);
  const id = useId();
  const isOpen = address.open.includes(chart.id);
  useLayoutEffect(() => {
    if (chart.drawing === null || width === null) return;
    const drawn = draw(chart.drawing(width), width);
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-labelledby", `${id}-title`);
    drawn.setAttribute("aria-describedby", `${id}-sentence`);
    place.current?.replaceChildren(drawn);
    setSvg(drawn);
  }, [chart, width, id]);
  const toggle = (open: boolean): void => {
    if (open === isOpen) return;
    const others = address.open.filter((name) => name !== chart.id);
    amend({ ...address, open: open ? [...others, chart.id] : others });
  };
  return (
    <figure className="card" id={chart.id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{chart.title}</h3>
      <p className="says" id={`${id}-sentence`}>
        {chart.sentence}
      </p>
      {chart.drawing === null ? (
        <p className="none empty">{words.charts.nothing}</p>
      ) : (
        <div className="drawing" ref={place} />
      )}
      <figcaption>
        {chart.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        <p className="rule">{chart.rule}</p>
      </figcaption>
      <div className="behind">
        <details open={isOpen} onToggle={(event) => toggle(event.currentTarget.open)}>
          <summary>
            <span aria-hidden="true">{words.charts.table}</span>
            <span className="vh">{words.charts.tableOf(chart.title)}</span>
          </summary>
          {isOpen && <DataTable table={chart.table} />}
        </details>
        <ChartFiles chart={chart} svg={svg} />
      </div>
    </figure>
  );
}
