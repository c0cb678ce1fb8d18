/** Whom the simulated provider can sign in. None of them exists. */
export interface MadeUpPerson {
  /** By which the provider knows them. */
  readonly subject: string;
  readonly name: string;
  readonly email: string;
}

export const MADE_UP_PEOPLE: readonly MadeUpPerson[] = [
  { subject: "person-1", name: "Ada Example", email: "ada@people.invalid" },
  { subject: "person-2", name: "Ben Example", email: "ben@people.invalid" },
  { subject: "person-3", name: "Cleo Example", email: "cleo@people.invalid" },
];
