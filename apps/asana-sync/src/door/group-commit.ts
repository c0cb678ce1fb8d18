/**
 * Deliveries that come at the same time share one insert, because a commit costs the same for one bell and for hundreds.
 * While a tenant's insert is under way its next deliveries gather; each is answered when its own insert has committed.
 */
import { StageledgerError } from "@stageledger/core";
import type { Hook, RungBell } from "@stageledger/db";

export interface GroupCommitOptions {
  /** Makes them durable in one transaction; resolves to the ids of the hooks that stand. */
  readonly append: (tenantId: string, bells: readonly RungBell[]) => Promise<ReadonlySet<string>>;
  /** Told after each commit, once a connection. */
  readonly committed: (tenantId: string, connectionId: string) => void;
  /** An insert takes whole deliveries up to about so many bells. */
  readonly mostBellsAtOnce: number;
  /** Inserts at the same time. */
  readonly mostInserts: number;
  /** Of these for one tenant. With a second one, whoever just missed an insert need not wait for its commit and another's. */
  readonly mostInsertsATenant: number;
  /** Beyond so many bells that are not durable yet, deliveries are refused: the vendor brings them again. */
  readonly mostBellsWaiting: number;
  /** A delivery that is not durable by then is refused, whatever becomes of it: bells may ring twice. */
  readonly patienceMilliseconds: number;
}

interface Member {
  readonly hook: Pick<Hook, "hookId" | "connectionId">;
  readonly bells: readonly RungBell[];
  readonly since: number;
  readonly settle: (isKept: boolean) => void;
  readonly refuse: (error: unknown) => void;
}

interface Line {
  readonly tenantId: string;
  isReady: boolean;
  waiting: Member[];
  readonly inserts: Set<readonly Member[]>;
}

const LOOKS_A_PATIENCE = 8;

export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #lines = new Map<string, Line>();
  /** Lines that wait for their turn, in order. */
  readonly #ready: Line[] = [];
  #inserts = 0;
  #bells = 0;
  #watch: NodeJS.Timeout | undefined;
  #isStarting = false;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  /**
   * Resolves after the commit; to false when the hook does not stand any more, and nothing was kept.
   *
   * @throws StageledgerError DATABASE_UNREACHABLE (it takes too long), DOOR_BUSY (too much waits already); and what the insert
   * throws, to all that share it and to nobody else
   */
  add(hook: Hook, bells: readonly RungBell[]): Promise<boolean> {
    if (this.#bells > 0 && this.#bells + bells.length > this.#options.mostBellsWaiting)
      return Promise.reject(new StageledgerError("DOOR_BUSY", "More comes in than can be kept now."));
    return new Promise((settle, refuse) => {
      const line = this.#lineOf(hook.tenantId);
      line.waiting.push({ hook, bells, since: performance.now(), settle, refuse });
      this.#bells += bells.length;
      this.#queue(line);
      this.#startSoon();
    });
  }

  #lineOf(tenantId: string): Line {
    const known = this.#lines.get(tenantId);
    if (known !== undefined) return known;
    const line: Line = { tenantId, isReady: false, waiting: [], inserts: new Set() };
    this.#lines.set(tenantId, line);
    return line;
  }

  #queue(line: Line): void {
    if (line.isReady || line.waiting.length === 0 || line.inserts.size >= this.#options.mostInsertsATenant) return;
    line.isReady = true;
    this.#ready.push(line);
  }

  /** After whatever has come in by now: it shares the insert. */
  #startSoon(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#isStarting = false;
      this.#startInserts();
    });
  }

  #startInserts(): void {
    while (this.#inserts < this.#options.mostInserts) {
      const line = this.#ready.shift();
      if (line === undefined) return;
      line.isReady = false;
      void this.#insert(line);
      this.#queue(line);
    }
  }

  /** Never rejects: what goes wrong is told to those whom it concerns. */
  async #insert(line: Line): Promise<void> {
    this.#inserts += 1;
    this.#watch ??= setInterval(() => this.#refuseOld(), this.#options.patienceMilliseconds / LOOKS_A_PATIENCE);
    const members = this.#takeBatch(line);
    line.inserts.add(members);
    try {
      const bells = members.flatMap((member) => member.bells);
      const standing = await this.#options.append(line.tenantId, bells);
      for (const { hook, settle } of members) settle(standing.has(hook.hookId));
      const rung = members.filter(({ hook }) => standing.has(hook.hookId)).map(({ hook }) => hook.connectionId);
      for (const connectionId of new Set(rung)) this.#options.committed(line.tenantId, connectionId);
    } catch (error) {
      for (const { refuse } of members) refuse(error);
    } finally {
      this.#leave(line, members);
    }
  }

  #takeBatch({ waiting }: Line): Member[] {
    let bells = 0;
    let count = 0;
    for (const member of waiting) {
      bells += member.bells.length;
      if (count > 0 && bells > this.#options.mostBellsAtOnce) break;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  #leave(line: Line, members: readonly Member[]): void {
    for (const { bells } of members) this.#bells -= bells.length;
    line.inserts.delete(members);
    this.#inserts -= 1;
    this.#queue(line);
    if (line.inserts.size === 0 && !line.isReady) this.#lines.delete(line.tenantId);
    this.#startSoon();
    if (this.#inserts > 0) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  /** An insert that hangs keeps its turn, but nobody has to wait for it. */
  #refuseOld(): void {
    const oldest = performance.now() - this.#options.patienceMilliseconds;
    for (const line of this.#lines.values()) {
      for (const { since, refuse } of [...line.inserts].flat()) if (since <= oldest) refuse(tookTooLong());
      const old = line.waiting.filter(({ since }) => since <= oldest);
      for (const { bells, refuse } of old) {
        this.#bells -= bells.length;
        refuse(tookTooLong());
      }
      if (old.length > 0) line.waiting = line.waiting.filter(({ since }) => since > oldest);
    }
  }
}

function tookTooLong(): StageledgerError {
  return new StageledgerError("DATABASE_UNREACHABLE", "The delivery could not be made durable in time.");
}
