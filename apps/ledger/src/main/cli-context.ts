interface MaybeTerminal {
  readonly isTTY?: boolean;
}

/** What the command line takes from its surroundings, and how it ends; tests hand in their own. */
export interface CliContext {
  readonly stdin: NodeJS.ReadableStream & MaybeTerminal;
  readonly stdout: NodeJS.WritableStream & MaybeTerminal;
  readonly stderr: NodeJS.WritableStream & MaybeTerminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** That many random bytes. */
  readonly random: (count: number) => Uint8Array;
  /** A new UUID. */
  readonly newId: () => string;
  /** The account under which somebody works at this machine: who logs, unless --as says otherwise. */
  readonly account: () => string;
}

/** A command that has said everything itself; only its exit code is left. */
export class Ended extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`ended with ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** Exit codes, as `--help` prints them. */
export const EXIT = { done: 0, unexpected: 1, usage: 2, input: 3, site: 4 } as const;
