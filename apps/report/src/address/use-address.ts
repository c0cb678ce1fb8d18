/** The address as the page's state: back and forward walk through it. */
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { type Address, readAddress, writeAddress } from "./address.ts";
import type { Steps } from "./steps.ts";

export interface AddressBar {
  readonly address: Address;
  /** A step that "back" undoes. */
  readonly go: (to: Address) => void;
  /** Replaces the present step. */
  readonly amend: (to: Address) => void;
}

export const AddressContext = createContext<AddressBar | null>(null);

export function useAddressBar(steps: Steps): AddressBar {
  const [address, setAddress] = useState(() => readAddress(steps.read()));
  useEffect(() => steps.listen(() => setAddress(readAddress(steps.read()))), [steps]);
  return useMemo(
    () => ({
      address,
      go: (to) => {
        steps.push(writeAddress(to));
        setAddress(to);
      },
      amend: (to) => {
        steps.replace(writeAddress(to));
        setAddress(to);
      },
    }),
    [address, steps],
  );
}

export function useAddress(): AddressBar {
  const bar = useContext(AddressContext);
  if (bar === null) throw new Error("The page has no address bar.");
  return bar;
}
