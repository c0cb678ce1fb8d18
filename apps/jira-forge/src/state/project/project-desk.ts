/** What a person can do on the project page: look, look again, and read why time is tracked. One thing at a time. */
import { ROUTES } from "@stageledger/core/contract/routes";
import type { Outcome } from "../../ledger/failure.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { OneAtATime } from "../one-at-a-time.ts";
import type { ProjectEvent } from "./project-reducer.ts";
import type { ProjectState, ProjectWork, Report } from "./project-state.ts";

export interface ProjectSurroundings {
  readonly ledger: Ledger;
  readonly sourceProject: string;
  readonly getState: () => ProjectState;
  readonly dispatch: (event: ProjectEvent) => void;
}

export class ProjectDesk {
  readonly #surroundings: ProjectSurroundings;
  readonly #works = new OneAtATime();

  constructor(surroundings: ProjectSurroundings) {
    this.#surroundings = surroundings;
  }

  async open(): Promise<void> {
    const outcome = await this.#read();
    this.#tell(
      outcome.isDone ? { type: "read", report: outcome.answer } : { type: "not-read", failure: outcome.failure },
    );
  }

  async openAgain(): Promise<void> {
    this.#tell({ type: "reading" });
    await this.open();
  }

  /** What is shown stays until the new one is there. */
  async look(): Promise<void> {
    await this.#work("look", async () => {
      const outcome = await this.#read();
      return outcome.isDone ? { type: "looked", report: outcome.answer } : failed(outcome);
    });
  }

  async togglePurpose(): Promise<void> {
    if (this.#openKind() === "purpose") return this.#tell({ type: "opened", open: undefined });
    await this.#work("purpose", async () => {
      const outcome = await this.#surroundings.ledger.call(ROUTES.getPurpose);
      return outcome.isDone ? { type: "purpose-told", text: outcome.answer.text } : failed(outcome);
    });
  }

  toggleLimits(): void {
    this.#tell({ type: "opened", open: this.#openKind() === "limits" ? undefined : { kind: "limits" } });
  }

  #read(): Promise<Outcome<Report>> {
    const { ledger, sourceProject } = this.#surroundings;
    return ledger.call(ROUTES.getReportOfSource, { params: { sourceProject } });
  }

  /** Not heard while something else is under way. */
  async #work(work: ProjectWork, task: () => Promise<ProjectEvent>): Promise<void> {
    const event = await this.#works.begin(() => {
      this.#tell({ type: "began", work });
      return task();
    });
    if (event !== undefined) this.#tell(event);
  }

  #openKind(): string | undefined {
    const state = this.#surroundings.getState();
    return state.phase === "ready" ? state.open?.kind : undefined;
  }

  #tell(event: ProjectEvent): void {
    this.#surroundings.dispatch(event);
  }
}

function failed({ failure }: Extract<Outcome<unknown>, { readonly isDone: false }>): ProjectEvent {
  return { type: "failed", failure };
}
