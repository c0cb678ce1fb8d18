/** One project, read from the top: the verdict, the flow, the charts, the tables. */
import { type ReactNode, useEffect } from "react";
import { useAddress } from "../address/use-address.ts";
import { useLedger } from "../ledger/ledger-context.ts";
import { useTold } from "../ledger/use-told.ts";
import { FailureNotice } from "../shell/failure-notice.tsx";
import { Reading } from "../shell/reading.tsx";
import { dayIn } from "../words/instant-text.ts";
import { projectName } from "../words/project-name.ts";
import { words } from "../words/words.ts";
import { ReportView } from "./report-view.tsx";

export function ProjectPage({ project }: { readonly project: string }): ReactNode {
  const ledger = useLedger();
  const { address } = useAddress();
  const { asOf, weeks, map, time } = address;
  const question = { asOf, weeks, map, time };
  // While another answer is under way, the address is already ahead of what is shown.
  const { told, isReading, again } = useTold(JSON.stringify([project, question]), async (signal) => {
    const answer = await ledger.getReport(project, question, signal);
    if (answer.kind === "failed") return answer;
    const report = answer.value;
    // A day to come is answered with the present.
    const at = asOf !== null && asOf <= dayIn(report.zone, report.asOf) ? asOf : null;
    return { kind: "told" as const, value: { report, at } };
  });
  const sentence = told?.kind === "told" ? told.value.report.flow.verdict.sentence : null;
  useEffect(() => {
    document.title = [projectName(project), sentence ?? words.product].join(": ");
  }, [project, sentence]);
  if (told === null) return <Reading />;
  if (told.kind === "failed") return isReading ? <Reading /> : <FailureNotice failure={told.failure} again={again} />;
  const { report, at } = told.value;
  return (
    <>
      <p className="vh" role="status">
        {isReading ? "" : words.window.told(words.span(report.window), report.flow.verdict.sentence)}
      </p>
      <div className="report" aria-busy={isReading}>
        <ReportView report={report} at={at} />
      </div>
    </>
  );
}
