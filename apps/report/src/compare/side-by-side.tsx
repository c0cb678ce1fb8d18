/** Two windows of one project beside each other: what each says, and what changed between them. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { useAddress } from "../address/use-address.ts";
import { DataTable } from "../figures/data-table.tsx";
import { useLedger } from "../ledger/ledger-context.ts";
import { useTold } from "../ledger/use-told.ts";
import { FailureNotice } from "../shell/failure-notice.tsx";
import { Reading } from "../shell/reading.tsx";
import { words } from "../words/words.ts";
import { comparedTable } from "./compared-table.tsx";

export function SideBySide({ report, against }: { readonly report: PageReport; readonly against: string }): ReactNode {
  const ledger = useLedger();
  const { address } = useAddress();
  const { weeks, map, time, decision } = address;
  const question = { asOf: against, weeks, map, time };
  const { told, again } = useTold(JSON.stringify([report.project, question]), (signal) =>
    ledger.getReport(report.project, question, signal),
  );
  const said = words.compare;
  if (told === null) return <Reading />;
  if (told.kind === "failed") return <FailureNotice failure={told.failure} again={again} />;
  const [earlier, later] = told.value.asOf < report.asOf ? [told.value, report] : [report, told.value];
  return (
    <section className="compare">
      <h2>{said.title}</h2>
      {decision !== null && <p className="decided">{said.decided(decision.text, decision.day)}</p>}
      {earlier.window.lastDay >= later.window.firstDay && <p className="quiet">{said.overlap}</p>}
      <div className="sides">
        <Side of={earlier} name={said.earlier} />
        <Side of={later} name={said.later} />
      </div>
      <DataTable table={comparedTable(earlier, later)} />
    </section>
  );
}

function Side({ of: { window, flow }, name }: { readonly of: PageReport; readonly name: string }): ReactNode {
  return (
    <div className="side">
      <p className="eyebrow">
        <strong>{name}</strong> · {words.span(window)}
      </p>
      <p className="says-so">{flow.verdict.sentence}</p>
    </div>
  );
}
