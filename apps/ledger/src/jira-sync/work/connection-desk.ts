/** What is kept in memory of one connection to a Jira site while it is worked on. All of it can be lost at any time. */
import {
  chooseProject,
  findWantedProjects,
  inTransaction,
  listConnectedProjects,
  listConnections,
  lookAgain,
  openCredentials,
  openTenantSecrets,
  recordFacts,
  setWantedProjects,
  type TenantSecrets,
  takesNativeWorklogs,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import type { ChosenProject, ChosenProjects } from "../jira/chosen-projects.ts";
import { type JiraCredentials, parseJiraCredentials } from "../jira/credentials.ts";
import type { JiraGateway, JiraProject } from "../jira/gateway.ts";
import type { CallPurpose } from "../jira/limiter.ts";

export interface JiraDesk {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly gateway: JiraGateway;
  readonly secrets: TenantSecrets;
  /** As chosen now. */
  readonly projects: ChosenProjects;
  /** Jira's ids of the projects that could be browsed when the site was last asked. */
  readonly openProjects: ReadonlySet<string>;
  readonly flagFields: readonly string[];
  /** Whether worklogs that people made in Jira itself count. */
  readonly takesWorklogs: boolean;
}

interface Kept {
  readonly gateway: JiraGateway;
  flagFields: readonly string[];
  openProjects: ReadonlySet<string>;
  /** When the site was last asked what it has: statuses, projects, the flag's fields; epoch milliseconds. */
  learnedAt: number;
}

export class JiraDesks {
  readonly #context: JiraSyncContext;
  readonly #keptByName = new Map<string, Kept>();

  constructor(context: JiraSyncContext) {
    this.#context = context;
  }

  /**
   * Undefined when there is no such connection, it is off, or none to Jira.
   *
   * @param purpose what rings is answered also when the hour's calls for sweeps are used up
   * @param learnedSince the site is asked anew what it has when it was last asked before this instant; epoch milliseconds
   * @throws StageledgerError MASTER_KEY_WRONG, JIRA_…
   */
  async open(
    tenantId: string,
    connectionId: string,
    purpose: CallPurpose,
    learnedSince = Number.NEGATIVE_INFINITY,
  ): Promise<JiraDesk | undefined> {
    const { database, masterKey } = this.#context;
    const found = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const connection = (await listConnections(trx, tenantId)).find((one) => one.connectionId === connectionId);
      if (connection === undefined || !connection.isOn || connection.kind !== "jira") return undefined;
      return {
        secrets: await openTenantSecrets(trx, tenantId, masterKey),
        takesWorklogs: await takesNativeWorklogs(trx, tenantId),
      };
    });
    if (found === undefined) return undefined;
    const kept = this.#keptFor(tenantId, connectionId, purpose, found.secrets);
    if (kept.learnedAt <= learnedSince) await this.#learnSite(tenantId, connectionId, kept);
    const projects = await this.#projectsOf(tenantId, connectionId);
    const { gateway, flagFields, openProjects } = kept;
    return { tenantId, connectionId, gateway, flagFields, openProjects, projects, ...found };
  }

  #keptFor(tenantId: string, connectionId: string, purpose: CallPurpose, secrets: TenantSecrets): Kept {
    const name = `${purpose} ${connectionId}`;
    const known = this.#keptByName.get(name);
    if (known !== undefined) return known;
    const { database, openGateway } = this.#context;
    const credentials = async (): Promise<JiraCredentials | undefined> => {
      const json = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
        openCredentials(trx, tenantId, connectionId, secrets),
      );
      return json === "" ? undefined : parseJiraCredentials(json);
    };
    const gateway = openGateway(connectionId, purpose, credentials);
    const kept: Kept = {
      gateway,
      flagFields: [],
      openProjects: new Set(),
      learnedAt: Number.NEGATIVE_INFINITY,
    };
    this.#keptByName.set(name, kept);
    return kept;
  }

  async #projectsOf(tenantId: string, connectionId: string): Promise<ChosenProjects> {
    const chosen = await inTransaction(this.#context.database, { role: "recorder", tenantId }, (trx) =>
      listConnectedProjects(trx, tenantId, JIRA, connectionId),
    );
    return new Map(
      chosen.map(({ sourceProject, project }): [string, ChosenProject] => [
        sourceProject,
        { id: sourceProject, project },
      ]),
    );
  }

  async #learnSite(tenantId: string, connectionId: string, kept: Kept): Promise<void> {
    const { database, pacing } = this.#context;
    const now = pacing.now();
    const [statuses, flagFields, projects] = await Promise.all([
      kept.gateway.listStatuses(),
      kept.gateway.listFlagFields(),
      kept.gateway.listProjects(),
    ]);
    const sightings = statuses.map(
      ({ id, name, category }) => ({ statusId: JIRA + id, origin: "list", name, category, lastSeenAt: now }) as const,
    );
    await recordFacts(database, tenantId, { items: [], statuses: sightings, entries: [] });
    await this.#chooseWanted(tenantId, connectionId, projects);
    kept.flagFields = flagFields;
    kept.openProjects = new Set(projects.map(({ id }) => id));
    kept.learnedAt = now;
  }

  /** Of those that were wanted, the ones that there are. What each is called in the ledger was said, or it is its key. */
  async #chooseWanted(tenantId: string, connectionId: string, projects: readonly JiraProject[]): Promise<void> {
    await inTransaction(this.#context.database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
      const { takesAll, nameByKey } = await findWantedProjects(trx, tenantId, connectionId);
      const known = await listConnectedProjects(trx, tenantId, JIRA, connectionId);
      const left = new Map(Object.entries(nameByKey));
      let isCalledOtherwise = false;
      for (const { id, key } of projects) {
        const name = left.get(key);
        const before = known.find(({ sourceProject }) => sourceProject === id);
        if (name === undefined && (!takesAll || before !== undefined)) continue;
        left.delete(key);
        const project = name ?? before?.project ?? key;
        if (before?.project === project) continue;
        isCalledOtherwise ||= before !== undefined;
        await chooseProject(trx, tenantId, JIRA, { connectionId, sourceProject: id, project, stageField: undefined });
      }
      if (isCalledOtherwise) await lookAgain(trx, tenantId, connectionId);
      if (left.size < Object.keys(nameByKey).length)
        await setWantedProjects(trx, tenantId, connectionId, { takesAll, nameByKey: Object.fromEntries(left) });
    });
  }
}
