/** Hours that nobody could tell the project of, and of which their author said it in the ledger (E9). */
import {
  chooseProjectOfEntry,
  inTransaction,
  loadPostingRules,
  lookAgainAtItem,
  nameSourceProject,
  recordIn,
  verify,
} from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { aSync, type Sync } from "../../support/asana/a-sync.ts";
import { anAsanaEntry, aTask, moved } from "../../support/asana/a-task.ts";
import { onBothEngines } from "../../support/database/engines.ts";

const TO_BUILD = moved("2026-09-08T09:00", "P", "To do", "Build");

onBothEngines((engine) => {
  /** A task in two projects with 90 minutes of neither. */
  async function aTaskOfTwoProjects(): Promise<Sync> {
    const one = await aSync(engine().database);
    one.asana.put(
      aTask({
        memberships: [
          ["P", "Build"],
          ["Q", "To do"],
        ],
      }),
      TO_BUILD,
    );
    one.asana.log(anAsanaEntry());
    await one.look("7001");
    expect(await one.cells()).toEqual(["Unassigned Build other 2026-09-07 known in-time 90"]);
    return one;
  }

  /** As the ledger's door records it. */
  const choose = ({ tenant: { tenantId } }: Sync, project: string): Promise<void> =>
    inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
      const { rows } = await sql<{ entry_id: string; contributor_id: string; number: number; item_id: string }>`
        select entry_id, contributor_id, number, item_id from ledger.entry`.execute(trx);
      for (const { entry_id: entryId, contributor_id: contributorId, number, item_id: itemId } of rows) {
        const revisions = await sql<{ date: number; minutes: number }>`
          select (date - date '1970-01-01')::bigint as date, minutes from ledger.entry
          where entry_id = ${entryId}::uuid`.execute(trx);
        const [shown] = revisions.rows;
        if (shown === undefined) throw new Error("There is an entry.");
        await chooseProjectOfEntry(trx, tenantId, { entryId, contributorId, project });
        const entry = {
          itemId,
          project,
          date: shown.date,
          minutes: shown.minutes,
          activity: "other",
          interval: undefined,
          chosenStatus: undefined,
          visibility: "known" as const,
        };
        const revision = { entryId, contributor: contributorId, number: number + 1, change: "moved" as const, entry };
        await recordIn(
          trx,
          tenantId,
          { items: [], statuses: [], entries: [{ ...revision, importId: undefined }] },
          await loadPostingRules(trx, tenantId),
        );
        await lookAgainAtItem(trx, tenantId, itemId);
      }
    });

  const projects = async (one: Sync): Promise<readonly string[]> =>
    (await one.cells()).map((cell) => cell.replace(" other 2026-09-07 known in-time 90", ""));

  test("the next look keeps what the author chose, and finds the stage of the task in that project", async () => {
    const one = await aTaskOfTwoProjects();
    await choose(one, "Quality");
    expect(await projects(one)).toEqual(["Quality Build"]);
    await one.look("7001");
    expect(await projects(one)).toEqual(["Quality To do"]);
    await one.look("7001");
    expect(await projects(one)).toEqual(["Quality To do"]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("a project of another source only is kept too, with the stage that the hours had", async () => {
    const one = await aTaskOfTwoProjects();
    await choose(one, "Website");
    for (const _ of [1, 2]) await one.look("7001");
    expect(await projects(one)).toEqual(["Website Build"]);
  });

  test("what is edited in Asana afterwards is taken, and the choice stays", async () => {
    const one = await aTaskOfTwoProjects();
    await choose(one, "Quality");
    one.asana.log(anAsanaEntry({ duration_minutes: 30 }));
    await one.look("7001");
    expect(await one.cells()).toEqual(["Quality To do other 2026-09-07 known in-time 30"]);
  });

  test("where the entry itself names a project later, that counts, as it would have from the beginning", async () => {
    const one = await aTaskOfTwoProjects();
    await choose(one, "Quality");
    one.asana.log(anAsanaEntry({ attributable_to: { gid: "P" } }));
    await one.look("7001");
    expect(await projects(one)).toEqual(["Payments Build"]);
  });

  test("where the task is in one project only later, the author's choice counts all the same", async () => {
    const one = await aTaskOfTwoProjects();
    await choose(one, "Website");
    one.asana.put(aTask({ memberships: [["P", "Build"]] }), TO_BUILD);
    await one.look("7001");
    expect(await projects(one)).toEqual(["Website Build"]);
  });

  test("a project that is called anew keeps the hours that were placed in it, unless another is called as it was", async () => {
    const { database } = engine();
    const one = await aTaskOfTwoProjects();
    const { tenantId } = one.tenant;
    const callIt = (source: string, project: string): Promise<void> =>
      inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
        nameSourceProject(trx, tenantId, source, project),
      );
    await choose(one, "Quality");
    await one.look("7001");
    await callIt("asana:Q", "Checking");
    await one.look("7001");
    expect(await projects(one)).toEqual(["Checking To do"]);
    await callIt("jira:10001", "Checking");
    await callIt("asana:Q", "Elsewhere");
    await one.look("7001");
    expect(await projects(one)).toEqual(["Checking Build"]);
  });
});
