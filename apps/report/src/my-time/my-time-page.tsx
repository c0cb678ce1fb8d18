/** The reader's own time, in the browser: what is logged in Jira and Asana comes together here. */
import { PAGE_MY_ROUTES } from "@stageledger/core/contract/page-my-routes";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useAddress } from "../address/use-address.ts";
import type { MyLedger } from "../ledger/ledger.ts";
import { useLedger } from "../ledger/ledger-context.ts";
import { useTold } from "../ledger/use-told.ts";
import { FailureNotice } from "../shell/failure-notice.tsx";
import { Reading } from "../shell/reading.tsx";
import { words } from "../words/words.ts";
import { AccountsSection } from "./accounts-section.tsx";
import { DeskContext, useNewDesk } from "./desk.ts";
import { EraseSection } from "./erase-section.tsx";
import { ExportSection } from "./export-section.tsx";
import { SaidLine } from "./said-line.tsx";
import { UnassignedSection } from "./unassigned-section.tsx";
import { WeekSection } from "./week-section.tsx";

export function MyTimePage(): ReactNode {
  const { own } = useLedger();
  const [erased, setErased] = useState<number | null>(null);
  useEffect(() => {
    document.title = `${words.mine.title}: ${words.product}`;
  }, []);
  if (own === null) return null;
  if (erased !== null) return <Erased entries={erased} />;
  return <MyTime mine={own.mine} signOutAddress={own.signOutAddress} onErased={setErased} />;
}

function MyTime({
  mine,
  signOutAddress,
  onErased,
}: {
  readonly mine: MyLedger;
  readonly signOutAddress: string;
  readonly onErased: (entries: number) => void;
}): ReactNode {
  const { address } = useAddress();
  const desk = useNewDesk(mine);
  const { told, isReading, again } = useTold(`${desk.round} ${address.asOf}`, (signal) =>
    mine.read(PAGE_MY_ROUTES.getMyWeek, { query: address.asOf === null ? {} : { day: address.asOf } }, signal),
  );
  const { title, onlyYou, where, signedOut, signOut } = words.mine;
  const { line } = desk;
  if (told === null) return <Reading />;
  if (told.kind === "failed") return <FailureNotice failure={told.failure} again={again} signedOut={signedOut} />;
  return (
    <DeskContext.Provider value={desk}>
      <article className="my-time">
        <h1>{title}</h1>
        <p className="only-you">{onlyYou}</p>
        <p className="quiet">{where}</p>
        <WeekSection week={told.value} isReading={isReading} wanted={line?.kind === "said" ? line.said : null} />
        <UnassignedSection />
        <AccountsSection />
        <ExportSection />
        <EraseSection onErased={onErased} />
        <p className="leave">
          <a href={signOutAddress}>{signOut}</a>
        </p>
        <SaidLine />
      </article>
    </DeskContext.Provider>
  );
}

function Erased({ entries }: { readonly entries: number }): ReactNode {
  const { doneTitle, done, signIn } = words.mine.erase;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="notice">
      <h1 ref={heading} tabIndex={-1}>
        {doneTitle}
      </h1>
      <p>{done(entries)}</p>
      <p>
        <a className="button" href="/sign-in">
          {signIn}
        </a>
      </p>
    </section>
  );
}
