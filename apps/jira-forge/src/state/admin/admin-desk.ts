/** What all that an admin does has in common: one thing at a time, sent once, told to the state. */
import { ROUTES } from "@stageledger/core/contract/routes";
import type { Outcome } from "../../ledger/failure.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { OneAtATime } from "../one-at-a-time.ts";
import type { AdminEvent } from "./admin-reducer.ts";
import type { AdminState, Read, ReadyAdmin, Work } from "./admin-state.ts";

export interface AdminSurroundings {
  readonly ledger: Ledger;
  /** By source; undefined where Jira could not be asked. */
  readonly readNames: (sources: readonly string[]) => Promise<ReadonlyMap<string, string> | undefined>;
  readonly getState: () => AdminState;
  readonly dispatch: (event: AdminEvent) => void;
}

export class AdminDesk {
  readonly ledger: Ledger;
  readonly #surroundings: AdminSurroundings;
  readonly #works = new OneAtATime();

  constructor(surroundings: AdminSurroundings) {
    this.#surroundings = surroundings;
    this.ledger = surroundings.ledger;
  }

  tell(event: AdminEvent): void {
    this.#surroundings.dispatch(event);
  }

  /** Undefined until the page has been read. */
  state(): ReadyAdmin | undefined {
    const state = this.#surroundings.getState();
    return state.phase === "ready" ? state : undefined;
  }

  async read(): Promise<Outcome<Read>> {
    const [site, stages] = await Promise.all([this.ledger.call(ROUTES.getSite), this.ledger.call(ROUTES.getStages)]);
    if (!site.isDone) return site;
    if (!stages.isDone) return stages;
    return { isDone: true, answer: { site: site.answer, stages: stages.answer } };
  }

  /** Jira's names of what the ledger's projects are made of. Without them there are ids. */
  async readNames({ site }: Read): Promise<void> {
    const bySource = await this.#surroundings.readNames(site.projects.flatMap(({ sources }) => sources));
    this.tell({ type: "names-told", names: bySource === undefined ? { kind: "unread" } : { kind: "read", bySource } });
  }

  /** Not heard while something else is under way. */
  async work(what: Work, task: (state: ReadyAdmin) => Promise<AdminEvent>): Promise<void> {
    const state = this.state();
    if (state === undefined) return;
    const event = await this.#works.begin(() => {
      this.tell({ type: "began", work: what });
      return task(state);
    });
    if (event !== undefined) this.tell(event);
  }
}
