/** What the command line takes from its surroundings; tests hand in their own. */
export interface CliContext {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Exit codes, as `--help` prints them. */
export const EXIT = { done: 0, unexpected: 1, usage: 2, input: 3, site: 4 } as const;
