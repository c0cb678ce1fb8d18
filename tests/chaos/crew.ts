/** The product's processes of one run: which of them are up. */
import type { ChildOrder } from "./child-order.ts";
import type { Child, Children } from "./children.ts";

/** Who there can be. */
export type Member = "receiver" | "worker" | "other worker" | "receiver and worker in one";

const ROLE_BY_MEMBER: Readonly<Record<Member, ChildOrder["role"]>> = {
  receiver: "receiver",
  worker: "worker",
  "other worker": "worker",
  "receiver and worker in one": "both",
};

export class Crew {
  readonly members: readonly Member[];
  readonly #children: Children;
  readonly #order: Omit<ChildOrder, "role">;
  readonly #up = new Map<Member, Promise<Child>>();
  readonly #working = new Set<Child>();

  constructor(children: Children, members: readonly Member[], order: Omit<ChildOrder, "role">) {
    this.#children = children;
    this.members = members;
    this.#order = order;
  }

  /** Somebody does a job. */
  get isBusy(): boolean {
    return [...this.#working].some(({ isBusy }) => isBusy);
  }

  /** Calls of somebody wait for the clock to go on. */
  get isWaiting(): boolean {
    return [...this.#working].some(({ isWaiting }) => isWaiting);
  }

  /** Takes what rings. */
  get door(): Member {
    return this.members.find((member) => ROLE_BY_MEMBER[member] !== "worker") ?? "receiver";
  }

  /** Those who do the jobs. */
  get workers(): readonly Member[] {
    return this.members.filter((member) => ROLE_BY_MEMBER[member] !== "receiver");
  }

  /** Does not wait until it serves. One that is up stays. */
  start(member: Member): void {
    if (this.#up.has(member)) return;
    const starting = this.#children.start({ ...this.#order, role: ROLE_BY_MEMBER[member] }).then((child) => {
      this.#working.add(child);
      return child;
    });
    this.#up.set(member, starting);
  }

  /** Resolves when it serves. */
  async startNow(member: Member): Promise<void> {
    this.start(member);
    await (await this.#up.get(member))?.serving();
  }

  /** All of them; resolves when they serve. */
  async startAll(): Promise<void> {
    await Promise.all(this.members.map((member) => this.startNow(member)));
  }

  /** Whether there was one to kill. */
  async kill(member: Member): Promise<boolean> {
    const child = this.#up.get(member);
    if (child === undefined) return false;
    this.#up.delete(member);
    const started = await child;
    this.#working.delete(started);
    await started.kill();
    return true;
  }

  /** Undefined when it is not up. Otherwise to be called for it to go on. */
  async freeze(member: Member): Promise<(() => void) | undefined> {
    const child = await this.#up.get(member);
    child?.freeze();
    return child === undefined ? undefined : () => child.thaw();
  }

  async killAll(): Promise<void> {
    for (const member of this.members) await this.kill(member);
  }
}
