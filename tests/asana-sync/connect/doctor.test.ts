import { randomUUID } from "node:crypto";
import { inTransaction, listConnections, postponeBells, ringBells, setDue } from "@stageledger/db";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { aDoneTask, type Desk, desksOnAServer } from "../../support/asana/a-desk.ts";

vi.setConfig({ testTimeout: 120_000 });

const aDesk = desksOnAServer();

const checks = z.object({
  checks: z.array(
    z.object({
      what: z.string(),
      state: z.string(),
      finding: z.string(),
      code: z.string().optional(),
      next: z.string().optional(),
    }),
  ),
});

/** What the doctor says of the connection, as `state code finding`. */
async function said(desk: Desk, ...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await desk.run(["doctor", "--json", ...words]);
  return checks
    .parse(JSON.parse(stdout))
    .checks.filter(({ what }) => what.startsWith("asana"))
    .map(({ state, code = "", finding }) => `${state} ${code} ${finding}`);
}

async function connected(): Promise<Desk> {
  const desk = await aDesk();
  aDoneTask(desk, 30);
  await desk.run(["connect", "asana", "--all", "--yes"]);
  return desk;
}

test("says that all is well, and without asking Asana when told so", async () => {
  const desk = await connected();
  const well = [
    "ok  PUBLIC_URL is not set: changes are found by asking every 15 minutes, not at once.",
    expect.stringMatching(/^ok {2}1 project, Asana answers, last compared (just now|a minute ago)\.$/u),
  ];
  expect(await said(desk)).toEqual(well);
  const before = desk.asana.requests.length;
  expect(await said(desk, "--offline")).toEqual([well[0], expect.stringContaining("1 project, last compared")]);
  expect(desk.asana.requests.length).toBe(before);
});

test("says what a project lacks: a stage for a section, access, or being in use", async () => {
  const desk = await connected();
  desk.world.createSection(desk.project, "Parked cars");
  desk.world.archiveProject(desk.project);
  const found = await said(desk);
  expect(found).toContainEqual(expect.stringMatching(/^look {2}Orders: no stage has Parked cars;/u));
  expect(found).toContainEqual(expect.stringMatching(/^look {2}Orders: the project is archived/u));
  desk.world.revokeAccess(desk.project, 404);
  expect(await said(desk)).toContainEqual(expect.stringMatching(/^fault ASANA_FORBIDDEN Orders: whose token/u));
});

test("tells a token that is refused from one whose owner has left the workspace", async () => {
  const desk = await connected();
  desk.world.workspaces.delete(desk.workspace);
  expect(await said(desk)).toContainEqual(
    expect.stringMatching(/^fault ASANA_FORBIDDEN Whose token it is, is no member/u),
  );
  desk.asana.tokens.revoke("personal-token");
  const found = await said(desk);
  expect(found).toContainEqual(expect.stringMatching(/^fault ASANA_UNAUTHORISED Asana does not accept the token/u));
  expect(found.filter((line) => line.includes("Asana answers"))).toEqual([]);
});

test("says what waits: a look that is overdue, bells that wait long, and parked ones", async () => {
  const desk = await connected();
  const now = Date.now();
  await desk.inLedger((database, tenantId) =>
    inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      const connectionId = (await listConnections(trx, tenantId))[0]?.connectionId ?? "";
      const bells = [randomUUID(), randomUUID()].map((bellId) => ({
        bellId,
        connectionId,
        fields: { what: "task", gid: "1" },
      }));
      await ringBells(trx, tenantId, bells, now - 3 * 3_600_000);
      const [waiting, poison] = bells.map(({ bellId }) => bellId);
      expect(waiting).toBeDefined();
      await postponeBells(trx, tenantId, [poison ?? ""], { dueAt: now, isParked: true, errorCode: "UNEXPECTED" });
      await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: now - 2 * 3_600_000 });
    }),
  );
  const found = await said(desk, "--offline");
  expect(found).toContainEqual(expect.stringMatching(/when it was due, 2 hours ago/u));
  expect(found).toContainEqual(expect.stringMatching(/^look {2}1 bell is parked/u));
  expect(found).toContainEqual(expect.stringMatching(/^look {2}1 bell waits, the oldest since 3 hours ago/u));
});
