/** The whole page: the head with the picker, and below it what the address names. */
import type { ReactNode } from "react";
import { AddressContext, useAddressBar } from "./address/use-address.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { LedgerContext } from "./ledger/ledger-context.ts";
import { useTold } from "./ledger/use-told.ts";
import { PortfolioPage } from "./portfolio/portfolio-page.tsx";
import { ProjectPage } from "./project/project-page.tsx";
import { FailureNotice } from "./shell/failure-notice.tsx";
import { Head } from "./shell/head.tsx";
import { words } from "./words/words.ts";

export function App({ ledger }: { readonly ledger: Ledger }): ReactNode {
  const bar = useAddressBar();
  const projects = useTold("projects", ledger.listProjects);
  const { address } = bar;
  const known = projects.told?.kind === "told" ? projects.told.value : null;
  return (
    <LedgerContext.Provider value={ledger}>
      <AddressContext.Provider value={bar}>
        <a className="skip" href="#main">
          {words.skip}
        </a>
        <Head projects={known} />
        <main id="main" tabIndex={-1}>
          {projects.told?.kind === "failed" ? (
            <FailureNotice failure={projects.told.failure} again={projects.again} />
          ) : address.project === null ? (
            <PortfolioPage />
          ) : (
            <ProjectPage key={address.project} project={address.project} />
          )}
        </main>
      </AddressContext.Provider>
    </LedgerContext.Provider>
  );
}
