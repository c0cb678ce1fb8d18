import { randomBytes, randomUUID } from "node:crypto";
import { linkCode, links } from "@stageledger/core/contract/links";
import {
  ensureContributors,
  inTransaction,
  issueLinkCode,
  lockTenant,
  openTenantSecrets,
  redeemLinkCode,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, NOW } from "../../support/forge/a-forge-door.ts";
import { codedRejection } from "../../support/rejection.ts";

const CODES = "/forge/v1/my/link-codes";
const LINKS = "/forge/v1/my/links";
const MINUTE = 60_000;

onBothEngines((engine) => {
  /** Somebody whom another tool has proved. */
  const asanaPerson = ({ tenant: { tenantId, masterKey } }: ForgeDoor, account = "asana-ada"): Promise<string> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      await lockTenant(trx, tenantId);
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      const [found] = await ensureContributors(trx, tenantId, secrets, [{ source: "asana", account }], randomUUID);
      if (found?.kind !== "found") throw new Error("Nobody was found.");
      return found.contributorId;
    });
  const codeFor = ({ tenant: { tenantId }, clock }: ForgeDoor, contributorId: string): Promise<string> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { code } = await issueLinkCode(trx, tenantId, contributorId, randomBytes, clock.now);
      return code;
    });

  test("a code from Asana, typed into the panel, joins the two; taken back, they are apart again", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door, "ada");
    const code = await codeFor(door, await asanaPerson(door));
    expect(await ada.told(links, LINKS, { body: { code } })).toEqual({ others: 1 });
    const used = await aPerson(door).refused(LINKS, { body: { code } });
    expect(used).toMatchObject({ status: 404, code: "LINK_CODE_UNKNOWN" });
    for (const _ of [1, 2]) expect(await ada.told(links, LINKS, { method: "DELETE" })).toEqual({ others: 0 });
    const again = await codeFor(door, await asanaPerson(door));
    expect(await ada.told(links, LINKS, { body: { code: again.toLowerCase() } })).toEqual({ others: 1 });
  });

  test("a code from the panel joins whom another tool has proved; no account of Jira can use it", async () => {
    const door = await aForgeDoor(engine().database);
    const { tenantId } = door.tenant;
    const ada = aPerson(door, "ada");
    const told = await ada.told(linkCode, CODES, { method: "POST" });
    expect(told).toEqual({
      code: expect.stringMatching(/^(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}$/u),
      expiresAt: NOW + 10 * MINUTE,
    });
    const body = { code: told.code };
    for (const person of [ada, aPerson(door, "ben")]) {
      expect(await person.refused(LINKS, { body })).toMatchObject({ status: 409, code: "LINK_REFUSED" });
    }
    const asana = await asanaPerson(door);
    await inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      redeemLinkCode(trx, tenantId, asana, told.code, NOW),
    );
    const redeemed = inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      redeemLinkCode(trx, tenantId, asana, told.code, NOW),
    );
    expect((await codedRejection(redeemed)).code).toBe("LINK_CODE_UNKNOWN");
  });

  test("a code is kept nowhere, not even as an answer that could be given again", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door, "ada");
    const key = randomUUID();
    const token = await ada.token();
    const first = await ada.told(linkCode, CODES, { method: "POST", key, token });
    expect((await ada.refused(CODES, { method: "POST", key, token })).code).toBe("TOKEN_USED");
    const second = await ada.told(linkCode, CODES, { method: "POST", key });
    expect(second.code).not.toBe(first.code);
    const dump = await dumpTenant(engine().database, door.tenant.tenantId);
    for (const { code } of [first, second]) {
      expect(dump).not.toContain(code);
      expect(dump).not.toContain(code.replaceAll("-", ""));
    }
  });

  test("ten guesses are heard, then one a minute: while a code lasts, nobody tries more than twenty", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door, "ada"), aPerson(door, "ben")];
    const guess = { body: { code: "BBBB-BBBB-BBBB-BBBB" } };
    for (let i = 0; i < 10; i += 1) expect((await ada.refused(LINKS, guess)).code).toBe("LINK_CODE_UNKNOWN");
    expect(await ada.refused(LINKS, guess)).toMatchObject({ status: 429, code: "DOOR_RATE_LIMITED" });
    expect((await ben.refused(LINKS, guess)).code).toBe("LINK_CODE_UNKNOWN");
    door.clock.now = NOW + MINUTE;
    expect((await ada.refused(LINKS, guess)).code).toBe("LINK_CODE_UNKNOWN");
    expect((await ada.refused(LINKS, guess)).code).toBe("DOOR_RATE_LIMITED");
  });

  test.each(["", "short", "BBBB-BBBB-BBBB-BBBB-".repeat(3), "BBBB-BBBB-BBBB-BBB\u0130", 7])(
    "%j is no code",
    async (code) => {
      const door = await aForgeDoor(engine().database);
      const told = await aPerson(door).refused(LINKS, { body: { code } });
      expect(told).toMatchObject({ status: 400, code: "REQUEST_INVALID", at: "body.code" });
    },
  );
});
