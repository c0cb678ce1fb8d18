/** Records that a Jira site belongs to a ledger: who may log from there, and what is to be read of it. */
import { StageledgerError } from "@stageledger/core";
import type { Database, MasterKey, RandomBytes } from "@stageledger/db";
import {
  addConnection,
  addInstallation,
  findWantedProjects,
  inTransaction,
  listConnections,
  openTenantSecrets,
  setDue,
  setWantedProjects,
  takesNativeWorklogs,
} from "@stageledger/db";
import { turnWorklogs } from "./turn-worklogs.ts";

export interface SiteToConnect {
  readonly installationId: string;
  /** What each project is called in the ledger, or null for by its key, by its key in Jira. */
  readonly nameByKey: Readonly<Record<string, string | null>>;
  /** Whether every project is read, also those that come to be; undefined: as before, and of a new site all unless some are named. */
  readonly takesAll?: boolean | undefined;
  /** Whether worklogs that people made in Jira itself count; undefined: as before. */
  readonly takesWorklogs: boolean | undefined;
}

export interface ConnectedSite {
  readonly isNew: boolean;
  readonly takesAll: boolean;
  /** Whether it took all until now. */
  readonly tookAll: boolean;
  readonly takesWorklogs: boolean;
}

export interface ConnectSurroundings {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly random: RandomBytes;
  /** A new UUID. */
  readonly newId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * A site that is connected already keeps its connection: projects that are named are added to those that there are, and new ones are
 * not taken in then. Where none is named, what is read stays as it was. Nothing is read before the app has brought its token; projects are looked up by their keys then.
 *
 * A ledger has one site: another's issues have the same ids.
 *
 * @throws StageledgerError INSTALLATION_TAKEN, CONNECTION_SECOND_SITE
 */
export function connectSite(
  { database, masterKey, random, newId, now }: ConnectSurroundings,
  tenantId: string,
  { installationId, nameByKey, takesAll: isAll, takesWorklogs }: SiteToConnect,
): Promise<ConnectedSite> {
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    await addInstallation(trx, tenantId, installationId);
    const sites = (await listConnections(trx, tenantId)).filter(({ kind }) => kind === "jira");
    const known = sites.find(({ workspace }) => workspace === installationId);
    if (known === undefined && sites.length > 0) throw secondSite();
    const connectionId = known?.connectionId ?? newId();
    if (known === undefined) {
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      const connection = { connectionId, kind: "jira", workspace: installationId } as const;
      await addConnection(trx, tenantId, connection, "", secrets, random, now());
    }
    const before = await findWantedProjects(trx, tenantId, connectionId);
    const isNamed = Object.keys(nameByKey).length > 0;
    const takesAll = isAll ?? (!isNamed && (known === undefined || before.takesAll));
    await setWantedProjects(trx, tenantId, connectionId, {
      takesAll,
      nameByKey: { ...before.nameByKey, ...nameByKey },
    });
    if (takesWorklogs !== undefined) {
      await turnWorklogs(trx, { tenantId, connectionId, isOn: takesWorklogs, now: now() });
    }
    await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: now() });
    return {
      ...{ isNew: known === undefined, takesAll, tookAll: before.takesAll },
      takesWorklogs: await takesNativeWorklogs(trx, tenantId),
    };
  });
}

function secondSite(): StageledgerError {
  return new StageledgerError("CONNECTION_SECOND_SITE", "Another Jira site is connected to this ledger.", {
    next: "Disconnect that one first, or connect this one to a ledger of its own (--data or --tenant).",
  });
}
