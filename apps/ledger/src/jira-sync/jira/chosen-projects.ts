/** The projects of a site that the ledger takes in, by Jira's id. */
export interface ChosenProject {
  readonly id: string;
  /** The ledger's project that it is part of. */
  readonly project: string;
}

export type ChosenProjects = ReadonlyMap<string, ChosenProject>;
