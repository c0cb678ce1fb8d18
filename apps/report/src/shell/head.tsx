/** The page's head: what this is, which project is shown, and the way to the others. */
import type { PageProjects } from "@stageledger/core/contract/page-projects";
import type { ReactNode } from "react";
import { toMyTime, toProject } from "../address/address.ts";
import { useAddress } from "../address/use-address.ts";
import { useLedger } from "../ledger/ledger-context.ts";
import { words } from "../words/words.ts";
import { ProjectPicker } from "./project-picker.tsx";
import { StepLink } from "./step-link.tsx";

export function Head({ projects }: { readonly projects: PageProjects | null }): ReactNode {
  const { address } = useAddress();
  const { own } = useLedger();
  return (
    <header className="head">
      <p className="brand">
        <StepLink to={toProject(address, null)}>{words.product}</StepLink>
      </p>
      <nav aria-label={words.picker.projects}>
        {projects !== null && <ProjectPicker projects={projects.projects.map(({ project }) => project)} />}
        {projects !== null && own !== null && (
          <span className="own">
            <StepLink to={toMyTime(address)} isCurrent={address.isMyTime}>
              {words.myTime}
            </StepLink>
            <a href={own.signOutAddress}>{words.signOut}</a>
          </span>
        )}
      </nav>
      {projects?.isDemo === true && <p className="quiet">{words.demo}</p>}
    </header>
  );
}
