/** Takes the reader's account out of the ledger: a word is typed, so that no slip of the hand does it. */
import { PAGE_MY_ROUTES } from "@stageledger/core/contract/page-my-routes";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { words } from "../words/words.ts";
import { useDesk } from "./desk.ts";
import { Wrong } from "./wrong.tsx";

export function EraseSection({ onErased }: { readonly onErased: (entries: number) => void }): ReactNode {
  const { write } = useDesk();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const text = words.mine.erase;
  const erase = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim().toLowerCase() !== text.word) {
      setWrong(text.mustConfirm(text.word));
      field.current?.focus();
      return;
    }
    setWrong(null);
    void write(PAGE_MY_ROUTES.eraseMine, { body: { confirm: "erase" } }, ({ entries }) => {
      onErased(entries);
      return null;
    });
  };
  return (
    <section aria-labelledby="my-erasure">
      <h2 id="my-erasure">{text.title}</h2>
      <p className="quiet">{text.about}</p>
      <form className="edit part" noValidate onSubmit={erase}>
        <label>
          {text.confirm(text.word)}
          <input
            ref={field}
            value={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={wrong !== null}
            aria-describedby={`${id}-wrong`}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit">{text.erase}</button>
        <Wrong id={`${id}-wrong`} why={wrong} />
      </form>
    </section>
  );
}
