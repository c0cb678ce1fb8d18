/** All projects, each with its verdict: type to find one. */
import type { PagePortfolio } from "@stageledger/core/contract/page-projects";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useAddress } from "../address/use-address.ts";
import { DataTable } from "../figures/data-table.tsx";
import { useLedger } from "../ledger/ledger-context.ts";
import { useTold } from "../ledger/use-told.ts";
import { FailureNotice } from "../shell/failure-notice.tsx";
import { findProjects } from "../shell/find-projects.ts";
import { NoMatch } from "../shell/no-match.tsx";
import { Reading } from "../shell/reading.tsx";
import { WeeksAndDay } from "../window/weeks-and-day.tsx";
import { words } from "../words/words.ts";
import { projectsTable } from "./projects-table.tsx";

export function PortfolioPage(): ReactNode {
  const ledger = useLedger();
  const { asOf, weeks } = useAddress().address;
  const { told, again } = useTold(JSON.stringify([asOf, weeks]), (signal) =>
    ledger.getPortfolio({ asOf, weeks }, signal),
  );
  const { title, none } = words.portfolio;
  useEffect(() => {
    document.title = `${words.allProjects}: ${words.product}`;
  }, []);
  if (told === null) return <Reading />;
  if (told.kind === "failed") return <FailureNotice failure={told.failure} again={again} />;
  return (
    <section className="portfolio">
      <section className="window" aria-label={words.window.label}>
        <WeeksAndDay weeks={told.value.window.weeks} lastDay={told.value.window.lastDay} />
      </section>
      <h1>{title}</h1>
      {told.value.rows.length === 0 ? <p>{none}</p> : <Projects portfolio={told.value} />}
    </section>
  );
}

function Projects({ portfolio }: { readonly portfolio: PagePortfolio }): ReactNode {
  const { address } = useAddress();
  const [sought, setSought] = useState("");
  const id = useId();
  const found = new Set(
    findProjects(
      portfolio.rows.map(({ project }) => project),
      sought,
    ),
  );
  return (
    <>
      <search className="project-search">
        <label htmlFor={id}>{words.picker.label}</label>
        <input
          id={id}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      </search>
      {found.size === 0 ? (
        <NoMatch />
      ) : (
        <DataTable
          table={projectsTable(
            { ...portfolio, rows: portfolio.rows.filter(({ project }) => found.has(project)) },
            address,
          )}
        />
      )}
    </>
  );
}
