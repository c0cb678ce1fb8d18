/** To signing in, and from there back to what is shown now. */
import type { ReactNode } from "react";
import { keepHash } from "../address/kept-hash.ts";
import { words } from "../words/words.ts";

export function SignInLink(): ReactNode {
  return (
    <a
      className="button"
      href={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`}
      onClick={keepHash}
    >
      {words.failures["signed-out"].act}
    </a>
  );
}
