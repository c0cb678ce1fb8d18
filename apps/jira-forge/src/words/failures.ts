/** What a person is told of what went wrong: what is so, then what to do. */
interface FailureWords {
  readonly title: string;
  readonly text: string;
}

/** By code. What is not here is told in the ledger's own words. */
export interface Failures {
  readonly byCode: Readonly<Record<string, FailureWords>>;
  /** For a code that nobody has words for. */
  readonly unknown: FailureWords;
  /** Added where it is not known whether it was done. */
  readonly unsure: string;
}
