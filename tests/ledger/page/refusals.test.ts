import { PAGE_ROUTES } from "@stageledger/core/contract/page-routes";
import { recordStageMap } from "@stageledger/db";
import { describe, expect, test } from "vitest";
import { aStageMap } from "../../support/a-stage-map.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onPostgres } from "../../support/database/engines.ts";
import { aMember, aPageDoor } from "../../support/page/a-page-door.ts";
import { aPaymentsLedger, NOW } from "../../support/page/a-payments-ledger.ts";

const PATHS = Object.values(PAGE_ROUTES).map(({ path }) => path.replace("{project}", "Payments"));

onPostgres((engine) => {
  test.each(PATHS)("nobody who has not signed in is told anything at %s", async (path) => {
    const { database } = engine();
    await aPaymentsLedger(database);
    const door = await aPageDoor(database, NOW);
    expect(await aMember(door, undefined).refused(path)).toMatchObject({ status: 401, code: "SIGN_IN_NEEDED" });
  });

  test("another tenant's project is as unknown as one that nobody has", async () => {
    const { database } = engine();
    await aPaymentsLedger(database);
    const own = await aTenant(database, { zone: "UTC" });
    await recordStageMap(database, own.tenantId, aStageMap());
    const member = aMember(await aPageDoor(database, NOW), own.tenantId);
    const refusals: unknown[] = [];
    for (const project of ["Payments", "Nowhere", "*", "..%2FPayments", "caf%C3%A9"])
      for (const end of ["report", "report.json", "report.csv"])
        refusals.push(await member.refused(`/api/v1/projects/${project}/${end}`));
    expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ status: 404, code: "PROJECT_UNKNOWN" });
    const listed = await member.told(PAGE_ROUTES.listProjects.answer, "/api/v1/projects");
    expect(listed.projects).toEqual([]);
    expect((await member.told(PAGE_ROUTES.getPortfolio.answer, "/api/v1/portfolio")).rows).toEqual([]);
  });

  describe("a question that makes no sense", () => {
    test.each([
      ["asOf=2026-02-30", "query.asOf"],
      ["asOf=yesterday", "query.asOf"],
      ["asOf=2026-09-07T09:00:00%2B02:00", "query.asOf"],
      ["weeks=5", "query.weeks"],
      ["weeks=13", "query.weeks"],
      ["weeks=08", "query.weeks"],
      ["weeks=8&weeks=9", "query.weeks"],
      ["map=2", "query.map"],
      ["map=-1", "query.map"],
      ["time=night", "query.time"],
      ["contributor=1", "query"],
    ])("is refused with where it lies: %s", async (query, at) => {
      const { database } = engine();
      const { tenantId } = await aPaymentsLedger(database);
      const member = aMember(await aPageDoor(database, NOW), tenantId);
      expect(await member.refused(`/api/v1/projects/Payments/report?${query}`)).toMatchObject({
        status: 400,
        code: "REQUEST_INVALID",
        at,
      });
    });
  });

  test("a ledger without stages says that it is empty", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    expect(await member.refused("/api/v1/portfolio")).toMatchObject({ status: 404, code: "LEDGER_EMPTY" });
  });

  test("more calls than a hand makes are held back, and those of others not", async () => {
    const { database } = engine();
    const [one, other] = [await aPaymentsLedger(database), await aPaymentsLedger(database)];
    const door = await aPageDoor(database, NOW);
    const statuses = new Set<number>();
    for (let i = 0; i < 121; i += 1) statuses.add((await aMember(door, one.tenantId).call("/api/v1/projects")).status);
    expect([...statuses]).toEqual([200, 429]);
    expect((await aMember(door, other.tenantId).call("/api/v1/projects")).status).toBe(200);
  });

  test("a path that is none of the page's is left to whoever comes next", async () => {
    const door = await aPageDoor(engine().database, NOW);
    expect((await aMember(door, undefined).call("/api/v1/my/week")).status).toBe(404);
  });
});
