/** An account of somebody in Asana, with entries, and the proof that it is the same person's as one in Jira. */
import { randomUUID } from "node:crypto";
import type { TimeEntry } from "@stageledger/core";
import { links } from "@stageledger/core/contract/links";
import { type Database, ensureContributors, inTransaction, openTenantSecrets, recordFacts } from "@stageledger/db";
import { expect } from "vitest";
import { anEntry } from "../an-entry.ts";
import { codeFromElsewhere, type ForgeDoor, type Person } from "./a-forge-door.ts";

/** The pseudonym of the account. */
export function anAsanaAccount(
  { tenant: { tenantId, masterKey } }: ForgeDoor,
  database: Database,
  account = "asana-ada",
): Promise<string> {
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const [found] = await ensureContributors(trx, tenantId, secrets, [{ source: "asana", account }], randomUUID);
    if (found?.kind !== "found") throw new Error("Nobody was found.");
    return found.contributorId;
  });
}

/** The pseudonym of the person's account in Asana, which is linked to theirs in Jira from now on. */
export async function linkAsana(door: ForgeDoor, database: Database, person: Person): Promise<string> {
  const contributorId = await anAsanaAccount(door, database);
  const code = await codeFromElsewhere(door, database);
  expect(await person.told(links, "/forge/v1/my/links", { body: { code } })).toEqual({ others: 1 });
  return contributorId;
}

/** Records an entry of the account as Asana shows it, or as it was typed into the ledger. Returns its id. */
export async function recordEntryOf(
  { tenant: { tenantId, masterKey } }: ForgeDoor,
  database: Database,
  contributor: string,
  { typedIn, ...overrides }: Partial<TimeEntry> & { readonly typedIn: "asana" | "ledger" },
): Promise<string> {
  const secrets = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    openTenantSecrets(trx, tenantId, masterKey),
  );
  const entryId = typedIn === "asana" ? secrets.entryId("asana-entry", randomUUID()) : randomUUID();
  const visibility = typedIn === "asana" ? "known" : "private";
  const entry = anEntry({ itemId: "asana:7001:900", project: "Payments", visibility, ...overrides });
  const revision = { entryId, contributor, number: 1, change: "created" as const, entry, importId: undefined };
  await recordFacts(database, tenantId, { items: [], statuses: [], entries: [revision] });
  return entryId;
}
