import { randomBytes, randomUUID } from "node:crypto";
import {
  addInvite,
  addMember,
  ensureContributors,
  eraseAccounts,
  erasePerson,
  findMember,
  findSession,
  findTenantOfInvite,
  findTenantsOf,
  type Identity,
  inTransaction,
  issueLinkCode,
  type Member,
  type MemberRole,
  openSession,
  openTenantSecrets,
  PAGE_ACCOUNT,
  redeemLinkCode,
  TenantSecrets,
  useInvite,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { removeMembers } from "../../packages/db/src/members/members.ts";
import { aTenant, type TestTenant } from "../support/database/a-tenant.ts";
import { dumpOf } from "../support/database/dump.ts";
import { onBothEngines } from "../support/database/engines.ts";
import { codedRejection } from "../support/rejection.ts";

type Trx = Parameters<typeof findMember>[0];

const ISSUER = "https://login.example";

onBothEngines((engine) => {
  const inTenant = <T>({ tenantId, masterKey }: TestTenant, work: (trx: Trx, secrets: TenantSecrets) => Promise<T>) =>
    inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) =>
      work(trx, await openTenantSecrets(trx, tenantId, masterKey)),
    );
  const join = (tenant: TestTenant, identity: Identity, role: MemberRole = "member"): Promise<Member> =>
    inTenant(tenant, (trx, secrets) =>
      addMember(trx, tenant.tenantId, { ...tenant, secrets }, identity, role, randomUUID),
    );
  const find = (tenant: TestTenant, identity: Identity) =>
    inTenant(tenant, (trx, secrets) => findMember(trx, tenant.tenantId, secrets, identity));
  const somebody = (): Identity => ({ issuer: ISSUER, subject: randomUUID() });
  const leadsTo = ({ masterKey }: TestTenant, identity: Identity) =>
    findTenantsOf(engine().database, masterKey, identity);

  test("the same subject of another issuer is somebody else, and so is a subject that begins where an issuer ends", async () => {
    const tenant = await aTenant(engine().database);
    await join(tenant, { issuer: "https://a.example/", subject: "1" });
    for (const other of [
      { issuer: "https://b.example/", subject: "1" },
      { issuer: "https://a.example/1", subject: "" },
      { issuer: "https://a.example", subject: "/1" },
    ]) {
      expect(await find(tenant, other)).toBeUndefined();
      expect(await leadsTo(tenant, other)).toEqual([]);
    }
    expect(await leadsTo(tenant, { issuer: "https://a.example/", subject: "1" })).toEqual([tenant.tenantId]);
  });

  test("the same person in another tenant is nobody there until they join, and is not led there by another master key", async () => {
    const [one, other] = [await aTenant(engine().database), await aTenant(engine().database)];
    const identity = somebody();
    await join(one, identity);
    expect(await find(other, identity)).toBeUndefined();
    expect(await leadsTo(other, identity)).toEqual([]);
  });

  test("nobody can be a member of more than sixteen ledgers; whoever leaves one can join another", async () => {
    const { database } = engine();
    const { masterKey } = await aTenant(database);
    const identity = somebody();
    // Only what leads there is looked at: all of it by one master key.
    const tenants = Array.from({ length: 17 }, () => ({ tenantId: randomUUID(), masterKey }));
    const add = (tenantId: string) =>
      inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
        const secrets = new TenantSecrets(tenantId, randomBytes(32), randomBytes(8));
        return addMember(trx, tenantId, { masterKey, secrets }, identity, "member", randomUUID);
      });
    const members: Member[] = [];
    for (const { tenantId } of tenants.slice(0, 16)) members.push(await add(tenantId));
    const [first, last] = [tenants[0]?.tenantId ?? "", tenants[16]?.tenantId ?? ""];
    expect((await codedRejection(add(last))).code).toBe("MEMBERSHIPS_FULL");
    const gone = await inTransaction(database, { role: "eraser", tenantId: first }, (trx) =>
      removeMembers(trx, first, [members[0]?.memberId ?? ""]),
    );
    expect(gone).toBe(1);
    await add(last);
    const expected = [last, ...tenants.slice(1, 16).map(({ tenantId }) => tenantId)];
    expect(await findTenantsOf(database, masterKey, identity)).toEqual(expected);
  });

  test("a member who is erased is one no more, with sessions and all that led to them; the others stay", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const { tenantId, masterKey } = tenant;
    const [identity, other] = [somebody(), somebody()];
    const [member, colleague] = [await join(tenant, identity), await join(tenant, other)];
    const account = { source: PAGE_ACCOUNT, account: member.memberId };
    const now = Date.now();
    await inTenant(tenant, async (trx, secrets) => {
      await openSession(trx, tenantId, member.memberId, { token: "mine", sessionId: randomUUID() }, now);
      await openSession(trx, tenantId, colleague.memberId, { token: "theirs", sessionId: randomUUID() }, now);
      await ensureContributors(trx, tenantId, secrets, [account], randomUUID);
    });
    expect(await findSession(database, tenantId, "mine", now)).toMatchObject(member);
    expect(await erasePerson(database, tenantId, masterKey, account)).toEqual({ entries: 0 });
    expect(await findSession(database, tenantId, "mine", now)).toBeUndefined();
    expect(await find(tenant, identity)).toBeUndefined();
    expect(await leadsTo(tenant, identity)).toEqual([]);
    expect(await findSession(database, tenantId, "theirs", now)).toMatchObject(colleague);
    expect(await leadsTo(tenant, other)).toEqual([tenantId]);
    const kept = await dumpOf(database);
    expect(kept.filter((line) => line.includes(member.memberId))).toEqual([]);
    expect((await codedRejection(erasePerson(database, tenantId, masterKey, account))).code).toBe("PERSON_UNKNOWN");
    // Whoever is invited again begins anew.
    const again = await join(tenant, identity);
    expect(again.memberId).not.toBe(member.memberId);
  });

  test("a member who never logged anything is erased like any other, by the page as well", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const { tenantId, masterKey } = tenant;
    const people = [somebody(), somebody()] as const;
    const [one, other] = [await join(tenant, people[0]), await join(tenant, people[1])];
    await erasePerson(database, tenantId, masterKey, { source: PAGE_ACCOUNT, account: one.memberId });
    await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      eraseAccounts(trx, tenantId, masterKey, [{ source: PAGE_ACCOUNT, account: other.memberId }]),
    );
    for (const identity of people) expect(await find(tenant, identity)).toBeUndefined();
    const kept = (await dumpOf(database)).filter((line) => line.startsWith("control.") && line.includes(tenantId));
    expect(kept.filter((line) => /^control\.(member|session) |,member,/.test(line))).toEqual([]);
  });

  test("an account of another tool that happens to be called like a member erases no member", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const identity = somebody();
    const member = await join(tenant, identity);
    const erased = erasePerson(database, tenant.tenantId, tenant.masterKey, {
      source: "jira",
      account: member.memberId,
    });
    expect((await codedRejection(erased)).code).toBe("PERSON_UNKNOWN");
    expect(await find(tenant, identity)).toEqual(member);
  });

  test("a member's account is linked with one of another tool, and never with another member's", async () => {
    const tenant = await aTenant(engine().database);
    const { tenantId } = tenant;
    const members = [await join(tenant, somebody()), await join(tenant, somebody())];
    const accounts = [
      ...members.map(({ memberId }) => ({ source: PAGE_ACCOUNT, account: memberId })),
      { source: "jira", account: "ada" },
    ];
    await inTenant(tenant, async (trx, secrets) => {
      const people = await ensureContributors(trx, tenantId, secrets, accounts, randomUUID);
      const ids = people.map((person) => (person.kind === "found" ? person.contributorId : ""));
      const [one = "", other = "", jira = ""] = ids;
      const { code } = await issueLinkCode(trx, tenantId, one, randomBytes, 0);
      await redeemLinkCode(trx, tenantId, jira, code, 0);
      const another = await issueLinkCode(trx, tenantId, one, randomBytes, 0);
      expect((await codedRejection(redeemLinkCode(trx, tenantId, other, another.code, 0))).code).toBe("LINK_REFUSED");
    });
  });

  test("an invite of one tenant is of no use in another, and what leads to it goes with it", async () => {
    const { database } = engine();
    const [one, other] = [await aTenant(database), await aTenant(database)];
    const week = { role: "admin", lifeMilliseconds: 1000 } as const;
    const { code, expiresAt } = await inTenant(one, (trx) => addInvite(trx, one.tenantId, week, randomBytes, 5000));
    expect(expiresAt).toBe(6000);
    expect(code).toMatch(/^[BCDFGHJKMNPQRSTVWXYZ2-9]{4}(?:-[BCDFGHJKMNPQRSTVWXYZ2-9]{4}){4}$/);
    expect(await findTenantOfInvite(database, code)).toBe(one.tenantId);
    const use = (tenant: TestTenant, now: number) =>
      inTenant(tenant, (trx) => useInvite(trx, tenant.tenantId, code, now));
    expect((await codedRejection(use(other, 5000))).code).toBe("INVITE_UNKNOWN");
    expect((await codedRejection(use(one, 6001))).code).toBe("INVITE_UNKNOWN");
    expect(await use(one, 6000)).toBe("admin");
    expect(await findTenantOfInvite(database, code)).toBeUndefined();
    expect((await codedRejection(use(one, 6000))).code).toBe("INVITE_UNKNOWN");
    // An expired one is forgotten when the next is made.
    const old = await inTenant(one, (trx) => addInvite(trx, one.tenantId, week, randomBytes, 7000));
    await inTenant(one, (trx) => addInvite(trx, one.tenantId, week, randomBytes, 8001));
    expect(await findTenantOfInvite(database, old.code)).toBeUndefined();
  });
});
