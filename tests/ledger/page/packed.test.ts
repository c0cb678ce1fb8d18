import { request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";
import { aMyDoor, aSignedIn } from "../../support/page/a-my-door.ts";
import { aMember, aPageDoor } from "../../support/page/a-page-door.ts";
import { aPaymentsLedger, NOW } from "../../support/page/a-payments-ledger.ts";

const REPORT = "/api/v1/projects/Payments/report";

interface Sent {
  readonly encoding: string | undefined;
  readonly vary: string | undefined;
  readonly body: Buffer;
}

/** As it came over the wire, which `fetch` would unpack. */
function sent(url: string, headers: Readonly<Record<string, string>>): Promise<Sent> {
  return new Promise((resolve, reject) => {
    request(url, { headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response
        .on("data", (part: Buffer) => parts.push(part))
        .on("end", () => {
          const { "content-encoding": encoding, vary } = response.headers;
          resolve({ encoding, vary, body: Buffer.concat(parts) });
        })
        .on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}

onBothEngines((engine) => {
  test("a report comes packed to whoever can unpack it, and is the same text to all", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const door = await aPageDoor(database, NOW);
    const text = await (await aMember(door, tenantId).call(REPORT)).text();
    const asked = (encodings: string): Promise<Sent> =>
      sent(`${door.url}${REPORT}`, { "x-test-tenant": tenantId, "accept-encoding": encodings });

    const plain = await asked("identity");
    expect([plain.encoding, plain.vary, plain.body.toString("utf8") === text]).toEqual([
      undefined,
      "Accept-Encoding",
      true,
    ]);
    const gzip = await asked("gzip");
    expect([gzip.encoding, gunzipSync(gzip.body).toString("utf8") === text]).toEqual(["gzip", true]);
    const brotli = await asked("gzip, deflate, br");
    expect([brotli.encoding, brotliDecompressSync(brotli.body).toString("utf8") === text]).toEqual(["br", true]);
    for (const { body } of [gzip, brotli]) expect(body.length * 4).toBeLessThan(plain.body.length);
  });

  test("what carries a secret is never packed, whoever asks: neither the session nor what is one's own", async () => {
    const { database } = engine();
    const tenant = await aTenant(database, {});
    const door = await aMyDoor(database, tenant, { now: utc("2026-10-20T12:00") });
    const { cookie, writeToken } = await aSignedIn(door, tenant);
    for (const path of ["/api/v1/session", "/api/v1/my/week?week=2026-10-19"]) {
      const { encoding, vary, body } = await sent(`${door.url}${path}`, { cookie, "accept-encoding": "gzip, br" });
      expect([encoding, vary]).toEqual([undefined, undefined]);
      if (path.endsWith("/session")) expect(body.toString("utf8")).toContain(writeToken);
    }
  });
});
