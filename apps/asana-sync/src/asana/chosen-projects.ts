/** The projects of a connection that were chosen, with what is known of their sections. */

export interface ChosenProject {
  readonly gid: string;
  /** The ledger's project that it is part of. */
  readonly project: string;
  /** A custom field whose options are the stages; undefined where sections are. */
  readonly stageField: string | undefined;
}

export interface ChosenProjects {
  readonly byGid: ReadonlyMap<string, ChosenProject>;
  /** A section does not say which project it is in; undefined for one that is gone, or of a project not chosen. */
  readonly projectOfSection: (section: string) => string | undefined;
}
