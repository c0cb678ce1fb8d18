/**
 * The demo's page: the ledger's own door for browsers, and a provider that signs made-up people in by one click. Both are on this
 * machine only, until they are told to stop.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { listTenantIds, openDatabase } from "@stageledger/db";
import { startOidcProvider } from "../../../../tests/simulators/oidc/oidc-provider.ts";
import { masterKeyInFolder } from "../access/master-key.ts";
import { pageDoor } from "../page/page-door.ts";
import { openDemoDoor } from "./demo-door.ts";
import { admitDemoPeople, DEMO_PEOPLE } from "./demo-people.ts";

const PORT = 8400;
const CLIENT = { clientId: "demo", clientSecret: "not a secret" };
const HOUR_MILLISECONDS = 3_600_000;

interface DemoPage {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * @param folder of a ledger that nobody else has open
 * @param asOf when the quarter ended
 * @param keys of items, for the hours of whoever looks
 */
export async function openDemoPage(folder: string, asOf: number, keys: readonly string[]): Promise<DemoPage> {
  const database = await openDatabase({ kind: "embedded", folder });
  const [tenantId = ""] = await listTenantIds(database);
  const ledger = { database, tenantId, masterKey: masterKeyInFolder(folder, true, randomBytes) };
  const provider = await startOidcProvider({ people: DEMO_PEOPLE });
  const door = await openDemoDoor(PORT);
  // It goes on from the quarter's last hour: by then the last week is whole, as it was for the verdict in the terminal.
  const behind = Date.now() - (asOf - HOUR_MILLISECONDS);
  const surroundings = { now: () => Date.now() - behind, random: randomBytes, newId: randomUUID };
  await admitDemoPeople(ledger, provider.issuer, keys, surroundings);
  provider.register({ ...CLIENT, redirectUri: `${door.url}/sign-in/callback` });
  const context = { ...ledger, ...surroundings, publicUrl: door.url, log: () => undefined, ring: () => undefined };
  const signsIn = { ...CLIENT, issuer: new URL(provider.issuer), name: "Made-up people" };
  for (const router of pageDoor(context, [signsIn])) door.app.use(router);
  return {
    url: door.url,
    close: async () => {
      door.close();
      await provider.close();
      await database.close();
    },
  };
}
