/** The whole report to take along: as figures, as one file to read without a network, or on paper. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { useAddress } from "../address/use-address.ts";
import { useLedger } from "../ledger/ledger-context.ts";
import { projectName } from "../words/project-name.ts";
import { words } from "../words/words.ts";
import { pageAsFile } from "./page-as-file.ts";
import { saveFile } from "./save-file.ts";

export function TakeAlong({ report }: { readonly report: PageReport }): ReactNode {
  const { address } = useAddress();
  const { fileAddress } = useLedger();
  const { files } = words;
  const json = fileAddress(report.project, address, { kind: "json" });
  return (
    <nav className="take-along" aria-label={files.title}>
      <span>{files.title}:</span>
      {json !== null && (
        <a href={json} download>
          {files.json}
        </a>
      )}
      <button
        type="button"
        onClick={() => saveFile(`${projectName(report.project)} report.html`, "text/html", pageAsFile(document))}
      >
        {files.html}
      </button>
      <button type="button" onClick={() => window.print()}>
        {files.print}
      </button>
    </nav>
  );
}
