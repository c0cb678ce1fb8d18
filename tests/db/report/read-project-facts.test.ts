import { type ItemFacts, reportWindow } from "@stageledger/core";
import { inProject, type ProjectFacts, readReportFacts, recordFacts, recordStageMap } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { report } from "../../../packages/db/src/migrations/0012-report.ts";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";

/** Its charts begin 182 days before, on 27 April 2026. */
const AS_OF = utc("2026-10-25T17:00");

onBothEngines((engine) => {
  async function ledgerOf(items: readonly ItemFacts[]): Promise<string> {
    const { database } = engine();
    const { tenantId } = await aTenant(database, { zone: "UTC" });
    await recordStageMap(database, tenantId, aStageMap());
    await recordFacts(database, tenantId, { items: items.map((item) => aPart(item)), statuses: [], entries: [] });
    return tenantId;
  }
  const read = (tenantId: string, project: string, asOf = AS_OF): Promise<ProjectFacts | undefined> =>
    inProject(engine().database, tenantId, project, ({ tenant, versions }, readFacts) => {
      const [map] = versions;
      if (map === undefined) throw new Error("There are no stages.");
      return readFacts(map, reportWindow(tenant.zone, asOf, 8));
    });
  const named = (id: string, steps: readonly [Step, ...Step[]], overrides: Partial<ItemFacts> = {}): ItemFacts =>
    anItemThatWent(steps, { id, key: id, ...overrides });
  const OPEN: readonly [Step, ...Step[]] = [["2024-01-01T09:00", "Build"]];

  const ITEMS = [
    named("old-and-open", OPEN),
    named("old-and-unmapped", [["2024-01-01T09:00", "Elsewhere"]]),
    named("old-and-done", [
      ["2024-01-01T09:00", "Build"],
      ["2026-04-26T23:59", "Done"],
    ]),
    named("done-in-time", [
      ["2024-01-01T09:00", "Build"],
      ["2026-04-27T00:00", "Done"],
    ]),
    named("of-another-project", OPEN, { project: "OPS" }),
    // Sub-tasks in another project: one that moves its parent's stall clock, and one too old for that.
    named(
      "subtask-elsewhere",
      [
        ["2026-09-01T09:00", "Backlog"],
        ["2026-10-01T09:00", "Build"],
      ],
      { project: "OPS", isSubtask: true, parentId: "old-and-open" },
    ),
    named(
      "old-subtask-elsewhere",
      [
        ["2024-01-01T09:00", "Build"],
        ["2024-01-02T09:00", "Done"],
      ],
      { project: "OPS", isSubtask: true, parentId: "old-and-unmapped" },
    ),
  ];

  test("of one project the same items are read as for all projects: open ones, and those that moved since the charts begin", async () => {
    const tenantId = await ledgerOf(ITEMS);
    const whole = await readReportFacts(engine().database, tenantId, (zone) => reportWindow(zone, AS_OF, 8));
    const facts = await read(tenantId, "PAY");
    expect(facts?.items.map(({ id }) => id)).toEqual(["done-in-time", "old-and-open", "old-and-unmapped"]);
    expect(facts?.items).toEqual(whole.items.filter(({ project }) => project === "PAY"));
    expect(facts?.subtaskActivityByParent).toEqual(new Map([["old-and-open", utc("2026-10-01T09:00")]]));
    expect((await read(tenantId, "OPS"))?.items.map(({ id }) => id)).toEqual([
      "of-another-project",
      "subtask-elsewhere",
    ]);
  });

  test("a project that is another tenant's, or nobody's, is none", async () => {
    await ledgerOf([named("of-others", OPEN, { project: "THEIRS" })]);
    const tenantId = await ledgerOf(ITEMS);
    expect(await read(tenantId, "THEIRS")).toBeUndefined();
    expect(await read(tenantId, "")).toBeUndefined();
  });

  test("a ledger from before this step is brought to it with all that it holds", async () => {
    const { database } = engine();
    const tenantId = await ledgerOf(ITEMS);
    const before = await read(tenantId, "PAY");
    await database.kysely.transaction().execute(async (trx) => {
      for (const undo of [
        "drop table flow.project_revision, flow.project_setting",
        "alter table flow.timeline drop column project",
        ...report.statements,
      ])
        await sql.raw(undo).execute(trx);
    });
    const after = await read(tenantId, "PAY");
    expect(after?.items).toEqual(before?.items);
    expect(after?.frame).toMatchObject({ revision: 1, latestAt: utc("2026-04-27T00:00"), isRestricted: false });
    const { rows } = await sql<{ forced: boolean }>`
      select relforcerowsecurity as forced from pg_class
      where oid in ('flow.timeline'::regclass, 'flow.item'::regclass)`.execute(database.kysely);
    expect(rows).toEqual([{ forced: true }, { forced: true }]);
  });
});
