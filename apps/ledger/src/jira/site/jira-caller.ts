import type { StageledgerError } from "@stageledger/core";
import type { z } from "zod";

export interface JiraRequest<T> {
  readonly method: "GET" | "POST";
  /** Relative to the site's root: "rest/api/3/status". */
  readonly path: string;
  /** What errors call it, without any id; method and path unless said. */
  readonly name?: string;
  readonly body?: object;
  readonly answer: z.ZodType<T>;
  /** How many objects an answer holds: Jira's hourly quota counts them. One unless said. */
  countObjects?(answer: T): number;
  /** True where a 400 is the JQL's fault. */
  readonly carriesJql?: boolean;
}

/** A site's REST interface: read calls only, each safe to repeat. What it throws has the codes of whoever asks. */
export interface JiraCaller {
  /** The parsed answer, after as many tries as make sense. */
  call<T>(request: JiraRequest<T>): Promise<T>;
  /**
   * The error for answers that contradict each other.
   *
   * @param what such as "search/jql gave the same page token twice"
   * @param offender the id that Jira gave, for who may see it
   */
  contradiction(what: string, offender?: string): StageledgerError;
}
