import { StageledgerError } from "../errors.ts";

const sealed: unique symbol = Symbol("sealed");

/**
 * A contributor of one computation, without the pseudonym. It can be compared and nothing else: it is no text, holds no
 * text of the person, and only {@link Contributors} makes one. So nothing computed from cells can carry a pseudonym out.
 */
export interface Contributor {
  readonly [sealed]: true;
  /** Source of the account that nobody linked to another one; undefined when the accounts of this human are linked. */
  readonly unlinkedSource: string | undefined;
}

/** Hands out one {@link Contributor} for each pseudonym. One registry serves one computation. */
export class Contributors {
  readonly #contributorByPseudonym = new Map<string, Contributor>();

  /** A pseudonym of one source that was not linked. @throws StageledgerError DISCLOSURE_IMPOSSIBLE_CELL */
  unlinked(pseudonym: string, source: string): Contributor {
    return this.#contributor(pseudonym, source);
  }

  /** A pseudonym that stands for all accounts of its human. @throws StageledgerError DISCLOSURE_IMPOSSIBLE_CELL */
  linked(pseudonym: string): Contributor {
    return this.#contributor(pseudonym, undefined);
  }

  #contributor(pseudonym: string, unlinkedSource: string | undefined): Contributor {
    const known = this.#contributorByPseudonym.get(pseudonym);
    if (known === undefined) {
      const contributor: Contributor = { [sealed]: true, unlinkedSource };
      this.#contributorByPseudonym.set(pseudonym, contributor);
      return contributor;
    }
    if (known.unlinkedSource !== unlinkedSource) {
      throw new StageledgerError(
        "DISCLOSURE_IMPOSSIBLE_CELL",
        "One contributor is given as linked and unlinked, or with two sources.",
        { next: "Please report it: the fault lies in stageledger or its database, not in an entry." },
      );
    }
    return known;
  }
}
