/** The product's processes: started, killed without warning, and replaced by one that stands ready. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type ChildOrder, JOB_BEGINS, JOB_ENDS, WAIT_BEGINS, WAIT_ENDS } from "./child-order.ts";

type Process = ChildProcessByStdio<Writable, Readable, Readable>;

const MOST_LINES = 4000;
const READY_WITHIN_MILLISECONDS = 60_000;

interface Spare {
  readonly process: Process;
  readonly isLoaded: Promise<void>;
}

export class Children {
  /** The last lines that they logged. */
  readonly log: string[] = [];
  /** How many ended without being killed. */
  crashes = 0;
  readonly #spares: Spare[] = [];
  readonly #spareCount: number;
  readonly #cacheFolder: string;

  /** @param cacheFolder keeps what Node made of the modules, so that the next start is quicker */
  constructor(spareCount: number, cacheFolder: string) {
    this.#spareCount = spareCount;
    this.#cacheFolder = cacheFolder;
    this.#refill();
    process.once("exit", () => {
      for (const spare of this.#spares) spare.process.kill("SIGKILL");
    });
  }

  /** Takes a process that stands ready and gives it its order. */
  async start(order: ChildOrder): Promise<Child> {
    const spare = this.#spares.shift();
    this.#refill();
    if (spare === undefined) throw new Error("No process stands ready.");
    await spare.isLoaded;
    return new Child(spare.process, order, {
      crashed: () => {
        this.crashes += 1;
      },
      said: (line) => {
        this.log.push(line);
        if (this.log.length > MOST_LINES) this.log.splice(0, MOST_LINES / 2);
      },
    });
  }

  close(): void {
    for (const { process: spare } of this.#spares.splice(0)) spare.kill("SIGKILL");
  }

  #refill(): void {
    while (this.#spares.length < this.#spareCount) {
      const started = spawn(process.execPath, [join(import.meta.dirname, "child.ts")], {
        stdio: ["pipe", "pipe", "pipe"],
        env: { ...process.env, NODE_COMPILE_CACHE: this.#cacheFolder },
      });
      const isLoaded = loaded(started);
      // Whoever needs it is told.
      isLoaded.catch(() => undefined);
      this.#spares.push({ process: started, isLoaded });
    }
  }
}

/** @throws Error with what it said when it ends instead */
async function loaded(started: Process): Promise<void> {
  let said = "";
  const listen = (text: Buffer): void => {
    said += String(text);
  };
  started.stderr.on("data", listen);
  const isLoaded = await Promise.race([
    once(started.stdout, "data").then(() => true),
    once(started, "close").then(() => false),
  ]);
  started.stderr.off("data", listen);
  if (!isLoaded) throw new Error(`A process did not start: ${said}`);
}

interface Listeners {
  readonly crashed: () => void;
  readonly said: (line: string) => void;
}

/** A process at work. */
export class Child {
  readonly #process: Process;
  readonly #isServing: Promise<unknown>;
  readonly #hasEnded: Promise<unknown>;
  readonly #killAtExit: () => void;
  #isKilled = false;
  #isFrozen = false;
  #jobs = 0;
  #waits = 0;

  constructor(started: Process, order: ChildOrder, { crashed, said }: Listeners) {
    this.#process = started;
    this.#isServing = once(started.stdout, "data", { signal: AbortSignal.timeout(READY_WITHIN_MILLISECONDS) }).catch(
      () => undefined,
    );
    this.#hasEnded = once(started, "close");
    this.#killAtExit = () => void started.kill("SIGKILL");
    process.once("exit", this.#killAtExit);
    started.stderr.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.trimEnd().split("\n")) {
        this.#jobs += Number(line.includes(JOB_BEGINS)) - Number(line.includes(JOB_ENDS));
        this.#waits += Number(line.includes(WAIT_BEGINS)) - Number(line.includes(WAIT_ENDS));
        said(line);
      }
    });
    started.stdin.on("error", () => undefined);
    started.once("close", (code) => {
      if (this.#isKilled) return;
      said(`${order.role} ended by itself with ${code}`);
      crashed();
    });
    started.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** Does a job, and can go on with it. */
  get isBusy(): boolean {
    return this.#jobs > 0 && !this.#isFrozen;
  }

  /** Stops it in the midst of whatever it does; what it knew is old when it goes on. */
  freeze(): void {
    this.#isFrozen = true;
    this.#process.kill("SIGSTOP");
  }

  thaw(): void {
    this.#isFrozen = false;
    this.#process.kill("SIGCONT");
  }

  /** Some of its calls wait for the clock to go on. */
  get isWaiting(): boolean {
    return this.#waits > 0;
  }

  async serving(): Promise<void> {
    await this.#isServing;
  }

  /** As a power failure would end it. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    this.#process.kill("SIGKILL");
    await this.#hasEnded;
    process.removeListener("exit", this.#killAtExit);
  }
}
