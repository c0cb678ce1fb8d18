/**
 * What is kept in memory of one connection while it is worked on: its gateway, whose section is whose, whether its plan has
 * time tracking. All of it can be lost at any time.
 */

import { StageledgerError } from "@stageledger/core";
import {
  inTransaction,
  listConnectedProjects,
  listConnections,
  openCredentials,
  openTenantSecrets,
  recordFacts,
  replaceCredentials,
  type StatusSighting,
  type TenantSecrets,
} from "@stageledger/db";
import type { ChosenProjects } from "../asana/chosen-projects.ts";
import type { AsanaGateway } from "../asana/gateway.ts";
import { ASANA, COMPLETED, emptyFieldStatus, statusIdOf } from "../asana/ledger-ids.ts";
import type { SyncContext } from "../context.ts";

export interface Desk {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly workspace: string;
  readonly gateway: AsanaGateway;
  readonly secrets: TenantSecrets;
  /** As chosen now. */
  readonly projects: ChosenProjects;
  /** Lists the sections of the chosen projects anew, and keeps their names. */
  readonly learnSections: () => Promise<void>;
  /** Makes sure that of these sections each one is known that is of a chosen project. Those of others are asked for once. */
  readonly placeSections: (sections: readonly string[]) => Promise<void>;
  readonly time: TimePlan;
}

/** Whether the plan has time tracking. It is asked again now and then: plans change. */
interface TimePlan {
  isOff(now: number): boolean;
  turnOff(now: number): void;
}

interface Kept {
  readonly gateway: AsanaGateway;
  credentials: string;
  readonly projectBySection: Map<string, string>;
  /** Sections that are of no chosen project, or gone. */
  readonly strangers: Set<string>;
  sectionsOf: string;
  timeOffUntil: number;
}

const ASK_AGAIN_MILLISECONDS = 3_600_000;

export class Desks {
  readonly #context: SyncContext;
  readonly #keptByConnection = new Map<string, Kept>();

  constructor(context: SyncContext) {
    this.#context = context;
  }

  /** Undefined when there is no such connection, or it is off. @throws StageledgerError MASTER_KEY_WRONG */
  async open(tenantId: string, connectionId: string): Promise<Desk | undefined> {
    const { database, masterKey } = this.#context;
    const found = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const connection = (await listConnections(trx, tenantId)).find((one) => one.connectionId === connectionId);
      if (connection === undefined || !connection.isOn || connection.kind !== "asana") return undefined;
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      const credentials = await openCredentials(trx, tenantId, connectionId, secrets);
      const chosen = await listConnectedProjects(trx, tenantId, ASANA, connectionId);
      return { connection, secrets, credentials, chosen };
    });
    if (found === undefined) return undefined;
    const { connection, secrets, credentials, chosen } = found;
    const kept = this.#keptFor(tenantId, connectionId, credentials, secrets);
    const byGid = new Map(
      chosen.map(({ sourceProject, project, stageField }) => [
        sourceProject,
        { gid: sourceProject, project, stageField },
      ]),
    );
    const projects: ChosenProjects = {
      byGid,
      projectOfSection: (section) => kept.projectBySection.get(section),
    };
    const learnSections = (): Promise<void> => this.#learnSections(tenantId, kept, projects);
    const placeSections = async (sections: readonly string[]): Promise<void> => {
      const isUnknown = (section: string): boolean =>
        !kept.projectBySection.has(section) && !kept.strangers.has(section);
      if (!sections.some(isUnknown)) return;
      await learnSections();
      for (const section of sections.filter(isUnknown)) kept.strangers.add(section);
    };
    const choice = chosen.map(({ sourceProject, stageField = "" }) => `${sourceProject}/${stageField}`).join(" ");
    if (kept.sectionsOf !== choice) {
      kept.strangers.clear();
      await learnSections();
      kept.sectionsOf = choice;
    }
    return {
      tenantId,
      connectionId,
      workspace: connection.workspace,
      gateway: kept.gateway,
      secrets,
      projects,
      learnSections,
      placeSections,
      time: {
        isOff: (now) => now < kept.timeOffUntil,
        turnOff: (now) => {
          kept.timeOffUntil = now + ASK_AGAIN_MILLISECONDS;
        },
      },
    };
  }

  #keptFor(tenantId: string, connectionId: string, credentials: string, secrets: TenantSecrets): Kept {
    const known = this.#keptByConnection.get(connectionId);
    if (known !== undefined && known.credentials === credentials) return known;
    const { database, openGateway, random } = this.#context;
    const save = async (renewed: string): Promise<void> => {
      await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
        replaceCredentials(trx, tenantId, connectionId, renewed, secrets, random),
      );
      // The gateway that renewed them goes on.
      kept.credentials = renewed;
    };
    const kept: Kept = {
      gateway: openGateway(connectionId, credentials, save),
      credentials,
      projectBySection: new Map(),
      strangers: new Set(),
      sectionsOf: "",
      timeOffUntil: 0,
    };
    this.#keptByConnection.set(connectionId, kept);
    return kept;
  }

  async #learnSections(tenantId: string, { gateway, projectBySection }: Kept, projects: ChosenProjects): Promise<void> {
    const statuses: ListedStatus[] = [listed(COMPLETED, "Completed", "done")];
    for (const { gid, stageField } of projects.byGid.values()) {
      try {
        for (const section of await gateway.listSections(gid)) {
          projectBySection.set(section.gid, gid);
          if (stageField === undefined) statuses.push(listed(statusIdOf(section.gid), section.name, undefined));
        }
        if (stageField === undefined) continue;
        statuses.push(listed(emptyFieldStatus(stageField), "No value", undefined));
        const field = (await gateway.listFieldSettings(gid)).find(
          ({ custom_field }) => custom_field.gid === stageField,
        );
        for (const option of field?.custom_field.enum_options ?? [])
          statuses.push(listed(statusIdOf(option.gid), option.name, undefined));
      } catch (error) {
        // A project that is gone, or that the token may not read, keeps nobody from the others.
        if (!(error instanceof StageledgerError) || !UNREADABLE.has(error.code)) throw error;
      }
    }
    await recordFacts(this.#context.database, tenantId, {
      items: [],
      statuses: statuses.map((status) => ({ ...status, lastSeenAt: this.#context.pacing.now() })),
      entries: [],
    });
  }
}

type ListedStatus = Omit<StatusSighting, "lastSeenAt">;

const UNREADABLE = new Set(["ASANA_NOT_FOUND", "ASANA_FORBIDDEN", "ASANA_LEGAL"]);

function listed(statusId: string, name: string, category: StatusSighting["category"]): ListedStatus {
  return { statusId, origin: "list", name, category };
}
