/** A link to another state of the page: it can be opened in another tab, and needs no loading in this one. */
import type { MouseEvent, ReactNode } from "react";
import { type Address, writeAddress } from "../address/address.ts";
import { useAddress } from "../address/use-address.ts";

export function StepLink({
  to,
  isCurrent = false,
  onStep,
  children,
}: {
  readonly to: Address;
  readonly isCurrent?: boolean;
  readonly onStep?: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { go } = useAddress();
  const step = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onStep?.();
    go(to);
    window.scrollTo(0, 0);
  };
  return (
    <a href={writeAddress(to)} aria-current={isCurrent ? "page" : undefined} onClick={step}>
      {children}
    </a>
  );
}
