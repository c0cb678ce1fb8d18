import { randomBytes, randomUUID } from "node:crypto";
import {
  countLinks,
  ensureContributors,
  erasePerson,
  inTransaction,
  issueLinkCode,
  lockTenant,
  openTenantSecrets,
  type RecordedRevision,
  recordFacts,
  recordStageMap,
  redeemLinkCode,
  release,
  unlink,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { aStageMap } from "../support/a-stage-map.ts";
import { anEntry } from "../support/an-entry.ts";
import { aTenant, type TestTenant } from "../support/database/a-tenant.ts";
import { dumpTenant } from "../support/database/dump-tenant.ts";
import { onBothEngines } from "../support/database/engines.ts";
import { utc } from "../support/moments.ts";
import { codedRejection } from "../support/rejection.ts";

const NOW = utc("2026-09-10T09:00");
const MINUTE = 60_000;
/** The week of 7 September closes on Thursday, 17 September, 00:00 in Berlin. */
const WEEK_CLOSES = utc("2026-09-17");

onBothEngines((engine) => {
  /** Accounts such as `jira a`. */
  const contributors = ({ tenantId, masterKey }: TestTenant, ...accounts: readonly string[]): Promise<string[]> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      await lockTenant(trx, tenantId);
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      const told = accounts.map((words) => {
        const [source = "", account = ""] = words.split(" ");
        return { source, account };
      });
      const found = await ensureContributors(trx, tenantId, secrets, told, randomUUID);
      return found.map((one) => (one.kind === "found" ? one.contributorId : ""));
    });

  const issue = ({ tenantId }: TestTenant, contributorId: string, now = NOW) =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      issueLinkCode(trx, tenantId, contributorId, randomBytes, now),
    );
  const redeem = ({ tenantId }: TestTenant, contributorId: string, code: string, now = NOW) =>
    inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      redeemLinkCode(trx, tenantId, contributorId, code, now),
    );
  const others = ({ tenantId }: TestTenant, contributorId: string): Promise<number> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, (trx) => countLinks(trx, tenantId, contributorId));
  const takeBack = ({ tenantId }: TestTenant, contributorId: string): Promise<void> =>
    inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      unlink(trx, tenantId, contributorId),
    );
  async function join(tenant: TestTenant, from: string, to: string): Promise<void> {
    await redeem(tenant, to, (await issue(tenant, from)).code);
  }

  /** Two hours each in Build, in the week of 7 September. */
  async function twoHoursEach({ tenantId }: TestTenant, people: readonly string[]): Promise<void> {
    await recordStageMap(engine().database, tenantId, aStageMap());
    const entries = people.map((contributor): RecordedRevision => {
      const entry = anEntry({ chosenStatus: "Build" });
      return { entryId: randomUUID(), contributor, number: 1, change: "created", entry, importId: undefined };
    });
    await recordFacts(engine().database, tenantId, { items: [], statuses: [], entries });
  }
  const published = async ({ tenantId }: TestTenant): Promise<readonly string[]> =>
    (await dumpTenant(engine().database, tenantId))
      .split("\n")
      .filter((line) => line.startsWith("published.") && line.includes(tenantId));
  /** Minutes and people of what was published of the week as a whole. */
  async function totalOf(tenant: TestTenant): Promise<readonly string[]> {
    const { atoms } = await release(engine().database, tenant.tenantId, tenant.masterKey, WEEK_CLOSES);
    return atoms.map(
      ({ identity, roundedMinutes, contributors: people }) => `${identity.cut} ${roundedMinutes} ${people}`,
    );
  }

  test("a code joins two accounts once: of 16 characters in four groups, typed in any case, kept as its hash alone", async () => {
    const tenant = await aTenant(engine().database);
    const [jira = "", asana = "", other = ""] = await contributors(tenant, "jira a", "asana x", "asana y");
    const { code, expiresAt } = await issue(tenant, asana);
    expect(code).toMatch(/^(?:[BCDFGHJKMNPQRSTVWXYZ2-9]{4}-){3}[BCDFGHJKMNPQRSTVWXYZ2-9]{4}$/u);
    expect(expiresAt).toBe(NOW + 10 * MINUTE);
    const dump = await dumpTenant(engine().database, tenant.tenantId);
    expect(dump).not.toContain(code);
    expect(dump).not.toContain(code.replaceAll("-", ""));
    await redeem(tenant, jira, ` ${code.toLowerCase().replaceAll("-", " ")}`);
    expect([await others(tenant, jira), await others(tenant, asana), await others(tenant, other)]).toEqual([1, 1, 0]);
    expect((await codedRejection(redeem(tenant, jira, code))).code).toBe("LINK_CODE_UNKNOWN");
  });

  test("a code lasts ten minutes, a newer one makes it void, and another tenant does not know it", async () => {
    const tenant = await aTenant(engine().database);
    const elsewhere = await aTenant(engine().database);
    const [jira = "", asana = ""] = await contributors(tenant, "jira a", "asana x");
    const [stranger = ""] = await contributors(elsewhere, "jira a");
    const UNKNOWN = "LINK_CODE_UNKNOWN";
    const first = await issue(tenant, asana);
    const second = await issue(tenant, asana);
    expect((await codedRejection(redeem(tenant, jira, first.code))).code).toBe(UNKNOWN);
    expect((await codedRejection(redeem(elsewhere, stranger, second.code))).code).toBe(UNKNOWN);
    expect((await codedRejection(redeem(tenant, jira, second.code, NOW + 10 * MINUTE + 1))).code).toBe(UNKNOWN);
    expect((await codedRejection(redeem(tenant, jira, "BBBB-BBBB-BBBB-BBBB"))).code).toBe(UNKNOWN);
    await redeem(tenant, jira, second.code, NOW + 10 * MINUTE);
    expect(await others(tenant, jira)).toBe(1);
  });

  test("two accounts of one source are two people, also by way of a third; an account is not joined to itself", async () => {
    const tenant = await aTenant(engine().database);
    const [jira = "", second = "", asana = ""] = await contributors(tenant, "jira a", "jira b", "asana x");
    const own = await issue(tenant, jira);
    expect((await codedRejection(redeem(tenant, jira, own.code))).code).toBe("LINK_REFUSED");
    expect((await codedRejection(redeem(tenant, second, own.code))).code).toBe("LINK_REFUSED");
    await redeem(tenant, asana, own.code);
    const bens = await issue(tenant, second);
    expect((await codedRejection(redeem(tenant, asana, bens.code))).code).toBe("LINK_REFUSED");
    expect([await others(tenant, jira), await others(tenant, second)]).toEqual([1, 0]);
    // Joined already: nothing to refuse, nothing to do.
    await join(tenant, jira, asana);
    expect(await others(tenant, jira)).toBe(1);
  });

  test("who takes links back leaves the others as they are, and whoever is left alone is linked to nobody", async () => {
    const tenant = await aTenant(engine().database);
    const [jira = "", asana = "", cli = ""] = await contributors(tenant, "jira a", "asana x", "cli a");
    await join(tenant, asana, jira);
    await join(tenant, cli, asana);
    expect([await others(tenant, jira), await others(tenant, cli)]).toEqual([2, 2]);
    await takeBack(tenant, jira);
    expect([await others(tenant, jira), await others(tenant, asana), await others(tenant, cli)]).toEqual([0, 1, 1]);
    await takeBack(tenant, cli);
    expect([await others(tenant, asana), await others(tenant, cli)]).toEqual([0, 0]);
    const { rows } = await inTransaction(engine().database, { role: "recorder", tenantId: tenant.tenantId }, (trx) =>
      trx
        .selectFrom("ledger.contributor")
        .select("contributor_id")
        .where("human_id", "is not", null)
        .execute()
        .then((rows) => ({ rows })),
    );
    expect(rows).toEqual([]);
    // Joined anew, they are not joined with those that they once shared a link with.
    await join(tenant, jira, cli);
    expect(await others(tenant, asana)).toBe(0);
  });

  test("when somebody is erased, whoever was linked to them alone is linked to nobody, and their codes are gone", async () => {
    const tenant = await aTenant(engine().database);
    const [jira = "", asana = "", cli = ""] = await contributors(tenant, "jira a", "asana x", "cli c");
    await join(tenant, asana, jira);
    const { code } = await issue(tenant, asana);
    await erasePerson(engine().database, tenant.tenantId, tenant.masterKey, { source: "asana", account: "x" });
    expect(await others(tenant, jira)).toBe(0);
    expect((await codedRejection(redeem(tenant, cli, code))).code).toBe("LINK_CODE_UNKNOWN");
    expect(await dumpTenant(engine().database, tenant.tenantId)).not.toContain(asana);
  });

  test("four people of whom one has two accounts are four, before linking and after: too few for a number", async () => {
    for (const isLinked of [false, true]) {
      const tenant = await aTenant(engine().database);
      const people = await contributors(tenant, "jira a", "jira b", "jira c", "jira d", "asana x");
      await twoHoursEach(tenant, people);
      if (isLinked) await join(tenant, people[4] ?? "", people[0] ?? "");
      expect(await totalOf(tenant)).toEqual([]);
    }
  });

  test("a fifth person beside them is enough: six accounts with 120 minutes each, 720 of five people", async () => {
    const tenant = await aTenant(engine().database);
    const people = await contributors(tenant, "jira a", "jira b", "jira c", "jira d", "jira e", "asana x");
    await twoHoursEach(tenant, people);
    await join(tenant, people[5] ?? "", people[0] ?? "");
    expect(await totalOf(tenant)).toContainEqual("A 720 5–9");
  });

  test("linking and unlinking change nothing that was published, to the byte", async () => {
    const tenant = await aTenant(engine().database);
    const people = await contributors(tenant, "jira a", "jira b", "jira c", "jira d", "jira e", "asana x");
    await twoHoursEach(tenant, people);
    expect(await totalOf(tenant)).toContainEqual("A 720 5–9");
    const before = await published(tenant);
    expect(before.length).toBeGreaterThan(1);
    await join(tenant, people[5] ?? "", people[0] ?? "");
    await release(engine().database, tenant.tenantId, tenant.masterKey, WEEK_CLOSES + MINUTE);
    expect(await published(tenant)).toEqual(before);
    await takeBack(tenant, people[0] ?? "");
    await release(engine().database, tenant.tenantId, tenant.masterKey, WEEK_CLOSES + 2 * MINUTE);
    expect(await published(tenant)).toEqual(before);
  });
});
