/** From a simulated Jira by the app's own functions through the ledger's real door: nothing between is a stand-in but Forge. */

import { inTransaction, openCredentials, openTenantSecrets } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { z } from "zod";
import { SimulatedClock } from "../simulators/asana/simulated-clock.ts";
import { eventPayload } from "../simulators/jira/event-payload.ts";
import { Resources } from "../simulators/jira/resources.ts";
import { World } from "../simulators/jira/world.ts";
import { dumpTenant } from "../support/database/dump-tenant.ts";
import { type Engine, onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, connectTheSite, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { anAppBefore, appTokenOf } from "../support/jira-forge/an-app-before.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeRuntime } from "../support/jira-forge/forge-runtime.ts";
import { parseManifest, readManifestText } from "../support/jira-forge/manifest.ts";

const SYSTEM_TOKEN = "zq-system-token";
const INSTALLED = { eventType: "avi:forge:installed:app", id: "zq", installerAccountId: "zq-ada" };

/** A Jira that tells the app of what happens in it. */
function aJiraWith(forge: ForgeRuntime) {
  const world = new World({ now: new SimulatedClock("2026-09-08T09:00:00Z").now });
  const resources = new Resources(world);
  const told: object[] = [];
  world.listen((event) => void told.push(eventPayload(event, resources)));
  const deliver = async (): Promise<void> => {
    for (const event of told.splice(0)) await forge.happen(event);
    await forge.deliver();
  };
  const [toDo, done] = [world.createStatus("To Do", "new"), world.createStatus("Done", "done")];
  return { world, toDo, done, project: world.createProject("PAY"), deliver };
}

const bell = z.object({ what: z.string(), gid: z.string(), action: z.string() });

async function bellsIn({ tenant: { tenantId } }: ForgeDoor, { database }: Engine) {
  const { rows } = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    sql<{ fields: unknown }>`select fields from inbox.bell`.execute(trx),
  );
  return rows.map(({ fields }) => {
    const { what, gid, action } = bell.parse(fields);
    return `${what} ${gid} ${action}`;
  });
}

onPostgres((engine) => {
  const tokenKept = ({ tenant: { tenantId, masterKey } }: ForgeDoor, connectionId: string): Promise<string> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) =>
      openCredentials(trx, tenantId, connectionId, await openTenantSecrets(trx, tenantId, masterKey)),
    );

  describeWithApp("the app before the ledger", () => {
    test("rings for each change of an issue and a worklog, and brings no word of it", async () => {
      const door = await aForgeDoor(engine().database);
      await connectTheSite(door, engine().database);
      const forge = anAppBefore(door, () => SYSTEM_TOKEN);
      const { world, project, toDo, done, deliver } = aJiraWith(forge);
      const issue = world.createIssue({ project, status: toDo });
      world.moveStatus(issue, done);
      const worklog = world.addWorklog({ issue, seconds: 5400 });
      world.deleteIssue(issue);
      await deliver();
      const bells = await bellsIn(door, engine());
      expect(bells).toContain(`issue ${issue} created`);
      expect(bells).toContain(`issue ${issue} updated`);
      expect(bells).toContain(`worklog ${worklog} created`);
      expect(bells).toContain(`issue ${issue} deleted`);
      expect([forge.lines, forge.waits]).toEqual([[], []]);
      const kept = `${await dumpTenant(engine().database, door.tenant.tenantId)}\n${door.log.join("\n")}`;
      expect(world.personalTexts().filter((text) => kept.includes(text))).toEqual([]);
    });

    test("keeps what happens while the ledger is away, and brings it when it is back", async () => {
      const door = await aForgeDoor(engine().database);
      await connectTheSite(door, engine().database);
      const forge = anAppBefore(door, () => SYSTEM_TOKEN);
      const { answer } = forge;
      let tries = 0;
      forge.answer = async (call) => {
        tries += 1;
        if (tries === 1) throw new Error("connect ECONNREFUSED");
        return tries === 2 ? new Response("{}", { status: 503 }) : answer(call);
      };
      const { world, project, toDo, deliver } = aJiraWith(forge);
      const issue = world.createIssue({ project, status: toDo });
      await deliver();
      expect(forge.waits).toEqual([60, 180]);
      expect(await bellsIn(door, engine())).toEqual([`issue ${issue} created`]);
    });

    test("says that a site was not connected, by the ledger's code, and drops what happens there", async () => {
      const door = await aForgeDoor(engine().database);
      const forge = anAppBefore(door, () => SYSTEM_TOKEN);
      const { world, project, toDo, deliver } = aJiraWith(forge);
      world.createIssue({ project, status: toDo });
      await deliver();
      expect(forge.lines).toEqual(['{"what":"event refused","status":403,"code":"INSTALLATION_UNKNOWN"}']);
      expect(forge.waits).toEqual([]);
    });

    test("brings a token when it is installed, and takes everything along when it goes", async () => {
      const door = await aForgeDoor(engine().database);
      const connectionId = await connectTheSite(door, engine().database);
      const forge = anAppBefore(door, () => SYSTEM_TOKEN);
      await forge.happen(INSTALLED);
      expect(await tokenKept(door, connectionId)).toContain(SYSTEM_TOKEN);
      await forge.uninstall();
      expect([forge.lines, forge.waits]).toEqual([[], []]);
      await expect(tokenKept(door, connectionId)).rejects.toThrow();
    });

    test("brings a token each hour by the path that the manifest says", async () => {
      const door = await aForgeDoor(engine().database);
      const connectionId = await connectTheSite(door, engine().database);
      const { scheduledTrigger, endpoint } = parseManifest(readManifestText()).modules;
      for (const { endpoint: key } of scheduledTrigger) {
        const path = endpoint.find((one) => one.key === key)?.route?.path ?? "";
        const answer = await fetch(`${door.url}${path}`, {
          method: "POST",
          body: JSON.stringify({ context: { cloudId: "c", moduleKey: "hourly-token" } }),
          headers: {
            authorization: `Bearer ${await appTokenOf(door, "scheduledTrigger")}`,
            "x-forge-oauth-system": SYSTEM_TOKEN,
          },
        });
        expect([path, answer.status]).toEqual(["/forge/v1/site-token", 200]);
      }
      expect(await tokenKept(door, connectionId)).toContain(SYSTEM_TOKEN);
    });
  });
});
