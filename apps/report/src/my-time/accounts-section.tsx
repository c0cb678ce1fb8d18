/** Accounts in several tools that are the reader's: a code from the one is typed in at the other. */
import { redeemRequest } from "@stageledger/core/contract/links";
import { PAGE_MY_ROUTES } from "@stageledger/core/contract/page-my-routes";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTold } from "../ledger/use-told.ts";
import { words } from "../words/words.ts";
import { useDesk } from "./desk.ts";
import { Unreached } from "./unreached.tsx";
import { Wrong } from "./wrong.tsx";

const HEADING = "my-accounts";
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });

export function AccountsSection(): ReactNode {
  const { mine, round } = useDesk();
  const { told, again } = useTold(`${round}`, (signal) => mine.read(PAGE_MY_ROUTES.getMyLinks, {}, signal));
  const { title, about, others } = words.mine.accounts;
  return (
    <section aria-labelledby={HEADING}>
      <h2 id={HEADING} tabIndex={-1}>
        {title}
      </h2>
      {told?.kind === "failed" && <Unreached failure={told.failure} again={again} />}
      {told?.kind === "told" && <p>{others(told.value.others)}</p>}
      <p className="quiet">{about}</p>
      <ShownCode />
      <TypedCode />
      {told?.kind === "told" && told.value.others > 0 && <Unlink />}
    </section>
  );
}

function ShownCode(): ReactNode {
  const { write } = useDesk();
  const [shown, setShown] = useState<{ readonly code: string; readonly expiresAt: number } | null>(null);
  const text = words.mine.accounts;
  const issue = (): void => {
    void write(PAGE_MY_ROUTES.issueLinkCode, {}, (issued) => {
      setShown(issued);
      return { text: words.mine.done.code(issued.code) };
    });
  };
  return (
    <>
      <p className="part">
        <button type="button" onClick={issue}>
          {shown === null ? text.issue : text.issueAgain}
        </button>
      </p>
      {shown !== null && (
        <p className="part">
          {text.code}: <code>{shown.code}</code>
          <span className="sub"> {text.until(CLOCK.format(shown.expiresAt))}</span>
        </p>
      )}
    </>
  );
}

function TypedCode(): ReactNode {
  const { write } = useDesk();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const text = words.mine.accounts;
  const join = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = { code: code.trim() };
    if (!redeemRequest.safeParse(body).success) {
      setWrong(text.noCode);
      return field.current?.focus();
    }
    setWrong(null);
    const say = () => ({ text: words.mine.done.linked, focus: HEADING });
    if (await write(PAGE_MY_ROUTES.redeemLinkCode, { body }, say)) setCode("");
  };
  return (
    <form className="edit part" noValidate onSubmit={(event) => void join(event)}>
      <label>
        {text.redeem}
        <input
          ref={field}
          value={code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <button type="submit">{text.join}</button>
      <Wrong id={`${id}-wrong`} why={wrong} />
    </form>
  );
}

/** Asks first: it takes a new code to join them again. */
function Unlink(): ReactNode {
  const { write } = useDesk();
  const [isAsked, setAsked] = useState<boolean | null>(null);
  const [opener, keeper] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  useEffect(() => {
    if (isAsked === true) keeper.current?.focus();
    if (isAsked === false) opener.current?.focus();
  }, [isAsked, keeper, opener]);
  const text = words.mine.accounts;
  const id = useId();
  const unlink = (): void => {
    void write(PAGE_MY_ROUTES.removeLinks, {}, () => ({ text: words.mine.done.unlinked, focus: HEADING }));
  };
  if (isAsked !== true)
    return (
      <p className="part">
        <button ref={opener} type="button" onClick={() => setAsked(true)}>
          {text.unlink}
        </button>
      </p>
    );
  return (
    <fieldset className="part" aria-labelledby={id}>
      <p id={id}>{text.question}</p>
      <p className="acts">
        <button type="button" onClick={unlink}>
          {text.surely}
        </button>
        <button ref={keeper} type="button" onClick={() => setAsked(false)}>
          {text.keep}
        </button>
      </p>
    </fieldset>
  );
}
