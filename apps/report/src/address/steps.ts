/** Where the page's addresses are kept: in the browser's own bar, or in Jira's. */
export type AddressParts = Pick<URL, "pathname" | "search" | "hash">;

export interface Steps {
  readonly read: () => AddressParts;
  /** A step that "back" undoes. */
  readonly push: (address: string) => void;
  /** Instead of the present step. */
  readonly replace: (address: string) => void;
  /** Told of steps back and forth. @returns what ends that */
  readonly listen: (onStep: () => void) => () => void;
}

export const browserSteps: Steps = {
  read: () => window.location,
  push: (address) => window.history.pushState(null, "", address),
  replace: (address) => window.history.replaceState(null, "", address),
  listen: (onStep) => {
    window.addEventListener("popstate", onStep);
    return () => window.removeEventListener("popstate", onStep);
  },
};
