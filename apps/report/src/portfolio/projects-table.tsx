/** A row a project: its verdict, and how it finishes. */
import { count, tenths } from "@stageledger/core/contract/figure-text";
import type { PagePortfolio } from "@stageledger/core/contract/page-projects";
import type { ReactNode } from "react";
import { type Address, toProject } from "../address/address.ts";
import { number, type Table, text } from "../figures/data-table.tsx";
import { Figure } from "../figures/figure.tsx";
import { StepLink } from "../shell/step-link.tsx";
import { projectName } from "../words/project-name.ts";
import { words } from "../words/words.ts";

type ProjectRow = PagePortfolio["rows"][number];

export function projectsTable({ rows, window }: PagePortfolio, address: Address): Table {
  const { title, caption, head, of } = words.portfolio;
  return {
    label: title,
    caption: caption(words.span(window), window.weeks),
    columns: [
      text(head.project),
      text(head.verdict),
      number(head.resamples),
      number(head.wip),
      number(head.finished),
      number(head.p85),
      number(head.n),
    ],
    rows: rows.map((row) => ({
      id: row.project,
      cells: [
        <StepLink key="project" to={toProject(address, row.project)}>
          {projectName(row.project)}
        </StepLink>,
        <Verdict key="verdict" row={row} />,
        row.outcome === "none" ? "" : of(row.resamples.same, row.resamples.of),
        count(row.wip),
        tenths(row.finishes / window.weeks),
        <Figure key="p85" of={row.cycleTimeP85} />,
        count(row.cycleTimeP85.n),
      ],
    })),
  };
}

function Verdict({ row }: { readonly row: ProjectRow }): ReactNode {
  const { sentence, stage, outcome, thin } = row;
  const { candidateMark, thin: thinData } = words.verdict;
  const at = stage === null || stage === "" || outcome === "none" ? -1 : sentence.indexOf(stage);
  const notes = [outcome === "candidate" && candidateMark, thin && thinData].filter((note) => note !== false);
  return (
    <span className="project-verdict">
      {stage === null || at < 0 ? (
        <span className={outcome === "none" ? "none" : undefined}>{sentence}</span>
      ) : (
        <>
          {sentence.slice(0, at)}
          <strong className="constraint">{stage}</strong>
          {sentence.slice(at + stage.length)}
        </>
      )}
      {notes.length > 0 && <span className="note"> {notes.join(", ")}</span>}
    </span>
  );
}
