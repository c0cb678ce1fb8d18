/** Who may look at the demo's page: made-up people, members by invites that the demo itself redeems, with a week of their own. */
import { createEntry, type EpochDay } from "@stageledger/core";
import {
  addInvite,
  addMember,
  ensureContributors,
  findItemsByKeys,
  inTransaction,
  loadPostingRules,
  type MemberRole,
  openTenantSecrets,
  PAGE_ACCOUNT,
  useInvite,
} from "@stageledger/db";
import { MADE_UP_PEOPLE, type MadeUpPerson } from "../../../../tests/simulators/oidc/made-up-people.ts";
import type { Ledger } from "../access/with-ledger.ts";
import { newEntry } from "../log-time/new-entry.ts";
import { type LedgerTransaction, recordRevisions } from "../log-time/record-revision.ts";
import type { CliContext } from "./cli-context.ts";

interface DemoPerson extends MadeUpPerson {
  readonly role: MemberRole;
}

const ROLES: readonly MemberRole[] = ["admin", "member"];

/** The provider's page has them by their roles: that is all that they differ by. */
export const DEMO_PEOPLE: readonly DemoPerson[] = ROLES.flatMap((role, place) => {
  const person = MADE_UP_PEOPLE[place];
  return person === undefined ? [] : [{ ...person, name: `${person.name}, ${role}`, role }];
});

const MINUTE_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 86_400_000;

/** Counted from the quarter's last day, a Sunday in UTC. */
const WEEK = [
  { daysBack: 6, minutes: 90, activity: "review" },
  { daysBack: 5, minutes: 150, activity: "build" },
  { daysBack: 4, minutes: 45, activity: "review" },
  { daysBack: 2, minutes: 120, activity: "test" },
] as const;

/**
 * @param issuer of the provider that signs them in
 * @param keys of items that they logged on; any
 */
export function admitDemoPeople(
  ledger: Ledger,
  issuer: string,
  keys: readonly string[],
  { now, random, newId }: Pick<CliContext, "now" | "random" | "newId">,
): Promise<void> {
  const { database, tenantId, masterKey } = ledger;
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    for (const { subject, role: wanted } of DEMO_PEOPLE) {
      const lifeMilliseconds = MINUTE_MILLISECONDS;
      const { code } = await addInvite(trx, tenantId, { role: wanted, lifeMilliseconds }, random, now());
      const role = await useInvite(trx, tenantId, code, now());
      const { memberId } = await addMember(trx, tenantId, { masterKey, secrets }, { issuer, subject }, role, newId);
      const account = { source: PAGE_ACCOUNT, account: memberId };
      const [person] = await ensureContributors(trx, tenantId, secrets, [account], newId);
      if (person?.kind !== "found") throw new Error("Nobody of the demo was ever erased.");
      await logWeek(trx, tenantId, person.contributorId, keys, { lastDay: dayOf(now()), newId });
    }
  });
}

async function logWeek(
  trx: LedgerTransaction,
  tenantId: string,
  contributorId: string,
  keys: readonly string[],
  { lastDay, newId }: { readonly lastDay: EpochDay; readonly newId: () => string },
): Promise<void> {
  const rules = await loadPostingRules(trx, tenantId);
  const items = [...(await findItemsByKeys(trx, tenantId, keys)).values()];
  const revisions = WEEK.flatMap(({ daysBack, minutes, activity }, place) => {
    const item = items[place % items.length];
    if (item === undefined) return [];
    const time = { date: lastDay - daysBack, minutes, activity, stage: undefined };
    return [createEntry(newId(), contributorId, newEntry(item, time, rules))];
  });
  await recordRevisions(trx, tenantId, revisions, rules, (_place, work) => work());
}

function dayOf(instant: number): EpochDay {
  return Math.floor(instant / DAY_MILLISECONDS);
}
