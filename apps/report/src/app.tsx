/** The whole page: the head with the picker, and below it what the address names. */
import { type ReactNode, useMemo } from "react";
import type { Steps } from "./address/steps.ts";
import { AddressContext, useAddressBar } from "./address/use-address.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { LedgerContext } from "./ledger/ledger-context.ts";
import { useTold } from "./ledger/use-told.ts";
import { MyTimePage } from "./my-time/my-time-page.tsx";
import { PortfolioPage } from "./portfolio/portfolio-page.tsx";
import { ProjectPage } from "./project/project-page.tsx";
import { FailureNotice } from "./shell/failure-notice.tsx";
import { Head } from "./shell/head.tsx";
import { Reading } from "./shell/reading.tsx";
import { words } from "./words/words.ts";

export function App({ ledger, steps }: { readonly ledger: Ledger; readonly steps: Steps }): ReactNode {
  const whole = useAddressBar(steps);
  const projects = useTold("projects", ledger.listProjects);
  const known = projects.told?.kind === "told" ? projects.told.value : null;
  const only = ledger.isOfOneProject ? (known?.projects[0]?.project ?? null) : null;
  // Where there is one project, an address that names none means that one.
  const bar = useMemo(
    () => ({ ...whole, address: { ...whole.address, project: whole.address.project ?? only } }),
    [whole, only],
  );
  const { address } = bar;
  const isMyTime = address.isMyTime && ledger.own !== null;
  return (
    <LedgerContext.Provider value={ledger}>
      <AddressContext.Provider value={bar}>
        <a className="skip" href="#main">
          {isMyTime ? words.mine.skip : words.skip}
        </a>
        <Head projects={known} />
        <main id="main" tabIndex={-1}>
          {projects.told?.kind === "failed" ? (
            <FailureNotice
              failure={projects.told.failure}
              again={projects.again}
              {...(isMyTime ? { signedOut: words.mine.signedOut } : {})}
            />
          ) : isMyTime ? (
            <MyTimePage />
          ) : address.project === null ? (
            ledger.isOfOneProject ? (
              <Reading />
            ) : (
              <PortfolioPage />
            )
          ) : (
            <ProjectPage key={address.project} project={address.project} />
          )}
        </main>
      </AddressContext.Provider>
    </LedgerContext.Provider>
  );
}
