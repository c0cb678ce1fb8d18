/** The page's head: what this is, which project is shown, and the way to the others. */
import type { PageProjects } from "@stageledger/core/contract/page-projects";
import type { ReactNode } from "react";
import { toProject } from "../address/address.ts";
import { useAddress } from "../address/use-address.ts";
import { useLedger } from "../ledger/ledger-context.ts";
import { words } from "../words/words.ts";
import { ProjectPicker } from "./project-picker.tsx";
import { StepLink } from "./step-link.tsx";

export function Head({ projects }: { readonly projects: PageProjects | null }): ReactNode {
  const { address } = useAddress();
  const { ownAddresses } = useLedger();
  return (
    <header className="head">
      <p className="brand">
        <StepLink to={toProject(address, null)}>{words.product}</StepLink>
      </p>
      <nav aria-label={words.picker.projects}>
        {projects !== null && <ProjectPicker projects={projects.projects.map(({ project }) => project)} />}
        {projects !== null && ownAddresses !== null && (
          <span className="own">
            <a href={ownAddresses.myTime}>{words.myTime}</a>
            <a href={ownAddresses.signOut}>{words.signOut}</a>
          </span>
        )}
      </nav>
      {projects?.isDemo === true && <p className="quiet">{words.demo}</p>}
    </header>
  );
}
