/** Whose ledgers somebody may open who has proved who they are, and how they become a member. */
import type { IncomingMessage } from "node:http";
import {
  addMember,
  findMember,
  findTenantOfInvite,
  findTenantsOf,
  getTenant,
  type Identity,
  inTransaction,
  inviteUnknown,
  openTenantSecrets,
  useInvite,
  useToken,
} from "@stageledger/db";
import type { Response } from "express";
import { signInNeeded } from "../../http/sign-in-needed.ts";
import { beginSession } from "../session/begin-session.ts";
import type { SessionContext } from "../session/session-context.ts";
import { ARRIVED_MILLISECONDS, type Arrived } from "./arrived.ts";

export interface LedgerOfMember {
  readonly tenantId: string;
  readonly name: string;
}

/** In the order in which they joined. */
export async function listLedgersOf(context: SessionContext, identity: Identity): Promise<readonly LedgerOfMember[]> {
  const { database, masterKey } = context;
  const ledgers: LedgerOfMember[] = [];
  for (const tenantId of await findTenantsOf(database, masterKey, identity)) {
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      if ((await findMember(trx, tenantId, secrets, identity)) === undefined) return;
      ledgers.push({ tenantId, name: (await getTenant(trx, tenantId)).name });
    });
  }
  return ledgers;
}

/** @throws StageledgerError SIGN_IN_NEEDED for somebody who is no member, or has entered by this arrival already */
export async function enterLedger(
  context: SessionContext,
  request: IncomingMessage,
  response: Response,
  arrived: Arrived,
  tenantId: string,
): Promise<void> {
  const isBegun = await beginSession(context, request, response, tenantId, async (trx) => {
    if (!(await useArrival(trx, tenantId, arrived, context.now()))) return undefined;
    const secrets = await openTenantSecrets(trx, tenantId, context.masterKey);
    return findMember(trx, tenantId, secrets, arrived.identity);
  });
  if (!isBegun) throw signInNeeded();
}

/**
 * A code that was brought in vain is not used up.
 *
 * @throws StageledgerError INVITE_UNKNOWN, MEMBERSHIPS_FULL, SIGN_IN_NEEDED for somebody who has entered by this arrival already
 */
export async function join(
  context: SessionContext,
  request: IncomingMessage,
  response: Response,
  arrived: Arrived,
  code: string,
): Promise<void> {
  const { database, masterKey, now, newId, log } = context;
  const tenantId = await findTenantOfInvite(database, code);
  if (tenantId === undefined) throw inviteUnknown();
  await beginSession(context, request, response, tenantId, async (trx) => {
    const role = await useInvite(trx, tenantId, code, now());
    if (!(await useArrival(trx, tenantId, arrived, now()))) throw signInNeeded();
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    return addMember(trx, tenantId, { masterKey, secrets }, arrived.identity, role, newId);
  });
  log("member joined", { tenantId });
}

/** What a browser keeps can be kept longer than it should be, by somebody else: it opens each ledger once. */
function useArrival(
  trx: Parameters<typeof useToken>[0],
  tenantId: string,
  { id, at }: Arrived,
  now: number,
): Promise<boolean> {
  return useToken(trx, tenantId, `arrival ${id}`, at + ARRIVED_MILLISECONDS, now);
}
