/** What a log says about statuses, gathered as facts for the ledger. */
import type { StatusCategory } from "@stageledger/core";
import type { StatusSighting } from "@stageledger/db";
import { JIRA } from "./ledger-ids.ts";

export class JiraSightings {
  #sightings: StatusSighting[] = [];

  sawCurrent(id: string, name: string, category: StatusCategory | undefined): void {
    this.#sightings.push({ statusId: JIRA + id, origin: "current", name, category, lastSeenAt: 0 });
  }

  /** That an item left a status says nothing about a resolution. */
  sawInHistory(id: string, name: string, at: number, entered: boolean, withResolution: boolean): void {
    const origin = entered && withResolution ? "history-resolved" : "history";
    this.#sightings.push({ statusId: JIRA + id, origin, name, category: undefined, lastSeenAt: at });
  }

  /** Hands over what was gathered and begins anew. */
  take(): readonly StatusSighting[] {
    const taken = this.#sightings;
    this.#sightings = [];
    return taken;
  }
}
