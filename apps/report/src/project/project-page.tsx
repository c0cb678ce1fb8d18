/** One project, read from the top: the verdict, the flow, the charts, the tables. */
import { type ReactNode, useEffect } from "react";
import { useAddress } from "../address/use-address.ts";
import { useLedger } from "../ledger/ledger-context.ts";
import { useTold } from "../ledger/use-told.ts";
import { FailureNotice } from "../shell/failure-notice.tsx";
import { Reading } from "../shell/reading.tsx";
import { projectName } from "../words/project-name.ts";
import { words } from "../words/words.ts";
import { ReportView } from "./report-view.tsx";

export function ProjectPage({ project }: { readonly project: string }): ReactNode {
  const ledger = useLedger();
  const { address } = useAddress();
  const { asOf, weeks, map, time } = address;
  const question = { asOf, weeks, map, time };
  const { told, isReading, again } = useTold(JSON.stringify([project, question]), (signal) =>
    ledger.getReport(project, question, signal),
  );
  const sentence = told?.kind === "told" ? told.value.flow.verdict.sentence : null;
  useEffect(() => {
    document.title = [projectName(project), sentence ?? words.product].join(": ");
  }, [project, sentence]);
  if (told === null) return <Reading />;
  if (told.kind === "failed") return isReading ? <Reading /> : <FailureNotice failure={told.failure} again={again} />;
  return (
    <div className="report" aria-busy={isReading}>
      <ReportView report={told.value} />
    </div>
  );
}
