import { randomUUID } from "node:crypto";
import {
  addRoadblock,
  inTransaction,
  listProjectStates,
  recordFacts,
  recordStageMap,
  resolveRoadblock,
  verify,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aPart } from "../../support/a-part.ts";
import { aStageMap } from "../../support/a-stage-map.ts";
import { anEntry } from "../../support/an-entry.ts";
import { anItemThatWent, type Step } from "../../support/an-item.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { utc } from "../../support/moments.ts";

type Part = ReturnType<typeof aPart>;

const STEPS: readonly [Step, ...Step[]] = [
  ["2026-09-07T09:00", "Backlog"],
  ["2026-09-08T09:00", "Build"],
];
const ITEM = anItemThatWent(STEPS, { id: "jira:1", project: "PAY" });

onBothEngines((engine) => {
  async function aLedger(): Promise<{
    readonly tenantId: string;
    readonly record: (...items: readonly Part[]) => Promise<unknown>;
    readonly revisions: () => Promise<Readonly<Record<string, number>>>;
  }> {
    const { database } = engine();
    const { tenantId } = await aTenant(database, { zone: "UTC" });
    await recordStageMap(database, tenantId, aStageMap());
    return {
      tenantId,
      record: (...items) => recordFacts(database, tenantId, { items, statuses: [], entries: [] }),
      revisions: async () => {
        const { projects } = await listProjectStates(database, tenantId);
        return Object.fromEntries(projects.map(({ frame }) => [frame.project, frame.revision]));
      },
    };
  }

  test("a project's revision grows once for all that a batch changes in it, and stays when nothing is new", async () => {
    const { record, revisions } = await aLedger();
    await record(aPart(ITEM), aPart({ ...ITEM, id: "jira:2" }), aPart({ ...ITEM, id: "jira:3", project: "OPS" }));
    expect(await revisions()).toEqual({ OPS: 1, PAY: 1 });
    await record(aPart(ITEM), aPart({ ...ITEM, id: "jira:2" }));
    expect(await revisions()).toEqual({ OPS: 1, PAY: 1 });
    await record(aPart({ ...ITEM, key: "PAY-89" }, { updatedAt: utc("2026-09-09T09:00") }));
    expect(await revisions()).toEqual({ OPS: 1, PAY: 2 });
    const moved = anItemThatWent([...STEPS, ["2026-09-10T09:00", "Review"]], { id: "jira:3", project: "OPS" });
    await record(aPart(moved));
    expect(await revisions()).toEqual({ OPS: 2, PAY: 2 });
  });

  test("an item that goes to another project changes both", async () => {
    const { record, revisions } = await aLedger();
    await record(aPart(ITEM));
    await record(aPart(ITEM, { project: "OPS", updatedAt: utc("2026-09-09T09:00") }));
    expect(await revisions()).toEqual({ OPS: 1, PAY: 2 });
  });

  test("when a source says only that it was touched, as it does after a worklog, and when time is logged, nothing grows", async () => {
    const { tenantId, record, revisions } = await aLedger();
    await record(aPart(ITEM));
    await record(aPart(ITEM, { updatedAt: utc("2026-09-09T09:00") }));
    await recordFacts(engine().database, tenantId, {
      items: [],
      statuses: [],
      entries: [
        {
          ...{ entryId: randomUUID(), contributor: randomUUID(), number: 1, change: "created", importId: undefined },
          entry: anEntry({ itemId: "jira:1", project: "PAY" }),
        },
      ],
    });
    expect(await revisions()).toEqual({ PAY: 1 });
  });

  test("a sub-task in another project changes its parent's too, whose stall clock it moves (E10)", async () => {
    const { record, revisions } = await aLedger();
    await record(aPart(ITEM));
    await record(aPart({ ...ITEM, id: "jira:9", project: "OPS", isSubtask: true, parentId: "jira:1" }));
    expect(await revisions()).toEqual({ OPS: 1, PAY: 2 });
  });

  test("something in the way of an item changes its project, and so does that it is gone", async () => {
    const { tenantId, record, revisions } = await aLedger();
    await record(aPart(ITEM));
    const roadblockId = randomUUID();
    const raised = { roadblockId, kind: "unclear", words: undefined, stage: "Build", resolvedAt: undefined };
    const { database } = engine();
    const recorder = { role: "recorder", tenantId } as const;
    await inTransaction(database, recorder, (trx) =>
      addRoadblock(trx, tenantId, "jira:1", { ...raised, raisedAt: utc("2026-09-10T09:00") }),
    );
    expect(await revisions()).toEqual({ PAY: 2 });
    await inTransaction(database, recorder, (trx) =>
      resolveRoadblock(trx, tenantId, roadblockId, utc("2026-09-11T09:00")),
    );
    expect(await revisions()).toEqual({ PAY: 3 });
    const { projects } = await listProjectStates(database, tenantId);
    expect(projects[0]?.frame.latestAt).toBe(utc("2026-09-11T09:00"));
  });

  test("verify finds a revision that is missing, or that does not know of the newest, and a timeline of another project", async () => {
    const { tenantId, record } = await aLedger();
    const { database } = engine();
    await record(aPart(ITEM));
    expect(await verify(database, tenantId)).toEqual([]);
    const asOwner = (statement: string): Promise<unknown> =>
      database.kysely.transaction().execute(async (trx) => {
        await sql.raw(`set local app.tenant = '${tenantId}'`).execute(trx);
        await sql.raw(`${statement} where tenant_id = '${tenantId}'`).execute(trx);
      });
    await asOwner("update flow.project_revision set latest_at_ms = latest_at_ms - 1");
    expect(await verify(database, tenantId)).toEqual([
      {
        kind: "revision",
        what: "PAY",
        expected: "up to 2026-09-08T09:00:00.000Z",
        found: "up to 2026-09-08T08:59:59.999Z",
      },
    ]);
    await asOwner("delete from flow.project_revision");
    expect(await verify(database, tenantId)).toMatchObject([{ kind: "revision", what: "PAY", found: "no revision" }]);
    await asOwner("update flow.timeline set project = 'OPS'");
    expect((await verify(database, tenantId)).map(({ kind }) => kind)).toEqual(["timeline", "revision"]);
  });
});
