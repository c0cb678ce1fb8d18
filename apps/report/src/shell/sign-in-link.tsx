/** To signing in, and from there back to what is shown now. */
import type { ReactNode } from "react";
import { words } from "../words/words.ts";

export function SignInLink(): ReactNode {
  const back = location.pathname + location.search + location.hash;
  return (
    <a className="button" href={`/sign-in?to=${encodeURIComponent(back)}`}>
      {words.failures["signed-out"].act}
    </a>
  );
}
