/** The address as the page's state: the browser's back and forward walk through it. */
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { type Address, readAddress, writeAddress } from "./address.ts";

export interface AddressBar {
  readonly address: Address;
  /** A step that "back" undoes. */
  readonly go: (to: Address) => void;
  /** Replaces the present step. */
  readonly amend: (to: Address) => void;
}

export const AddressContext = createContext<AddressBar | null>(null);

export function useAddressBar(): AddressBar {
  const [address, setAddress] = useState(() => readAddress(window.location));
  useEffect(() => {
    const onStep = (): void => setAddress(readAddress(window.location));
    window.addEventListener("popstate", onStep);
    return () => window.removeEventListener("popstate", onStep);
  }, []);
  return useMemo(
    () => ({
      address,
      go: (to) => {
        window.history.pushState(null, "", writeAddress(to));
        setAddress(to);
      },
      amend: (to) => {
        window.history.replaceState(null, "", writeAddress(to));
        setAddress(to);
      },
    }),
    [address],
  );
}

export function useAddress(): AddressBar {
  const bar = useContext(AddressContext);
  if (bar === null) throw new Error("The page has no address bar.");
  return bar;
}
