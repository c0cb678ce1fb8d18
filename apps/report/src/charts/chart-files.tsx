/** A chart to take along: its picture, made here, and its numbers, from the ledger. */
import type { ReactNode } from "react";
import { useAddress } from "../address/use-address.ts";
import { pngOf, svgText } from "../files/chart-picture.ts";
import { saveFile } from "../files/save-file.ts";
import { useLedger } from "../ledger/ledger-context.ts";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";

export function ChartFiles({ chart, svg }: { readonly chart: Chart; readonly svg: SVGSVGElement | null }): ReactNode {
  const { address } = useAddress();
  const { fileAddress } = useLedger();
  const { files } = words;
  const csv =
    address.project === null ? null : fileAddress(address.project, address, { kind: "csv", table: chart.file });
  const name = `${address.project ?? ""} ${chart.id}`;
  const saveSvg = (drawn: SVGSVGElement): void => saveFile(`${name}.svg`, "image/svg+xml", svgText(drawn, chart));
  const savePng = (drawn: SVGSVGElement): void => {
    pngOf(svgText(drawn, chart)).then(
      (png) => saveFile(`${name}.png`, "image/png", png),
      () => saveSvg(drawn),
    );
  };
  return (
    <p className="files">
      {csv !== null && (
        <a href={csv} download aria-label={files.of(files.csv, chart.title)}>
          {files.csv}
        </a>
      )}
      {svg !== null && (
        <>
          <button type="button" aria-label={files.of(files.svg, chart.title)} onClick={() => saveSvg(svg)}>
            {files.svg}
          </button>
          <button type="button" aria-label={files.of(files.png, chart.title)} onClick={() => savePng(svg)}>
            {files.png}
          </button>
        </>
      )}
    </p>
  );
}
