import { examineGuards, migrate } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";

onBothEngines((engine) => {
  test("a table that shows all tenants' rows and a list that can be changed are named; migrating guards the list again", async () => {
    const { database } = engine();
    const { kysely } = database;
    expect(await examineGuards(database)).toMatchObject({ notIsolated: [], changeable: [], isSuperuser: true });
    await sql`alter table flow.item no force row level security`.execute(kysely);
    await sql`alter table ledger.cell disable row level security`.execute(kysely);
    await sql`drop trigger append_only on ledger.posting`.execute(kysely);
    expect(await examineGuards(database)).toMatchObject({
      notIsolated: ["flow.item", "ledger.cell"],
      changeable: ["ledger.posting"],
    });
    await migrate(database, 0);
    expect((await examineGuards(database)).changeable).toEqual([]);
  });
});
