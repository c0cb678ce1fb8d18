import { migrate, requireCurrentSchema } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { onBothEngines } from "../support/database/engines.ts";
import { codedRejection } from "../support/rejection.ts";

onBothEngines((engine) => {
  test("running it again applies nothing, and two at once do not get in each other's way", async () => {
    const { database } = engine();
    expect(await migrate(database, 0)).toEqual([]);
    expect(await Promise.all([migrate(database, 0), migrate(database, 0)])).toEqual([[], []]);
    await requireCurrentSchema(database);
  });

  test("a database of the future is refused and left alone, one of the past asks for the migration", async () => {
    const { database } = engine();
    await sql`insert into control.migration (number, name, applied_at_ms) values (999, 'later', 0)`.execute(
      database.kysely,
    );
    expect((await codedRejection(migrate(database, 0))).code).toBe("DATABASE_NEWER");
    expect((await codedRejection(requireCurrentSchema(database))).code).toBe("DATABASE_NEWER");
    await sql`delete from control.migration where number = 999`.execute(database.kysely);
    await sql`delete from control.migration where number = (select max(number) from control.migration)`.execute(
      database.kysely,
    );
    expect((await codedRejection(requireCurrentSchema(database))).code).toBe("DATABASE_NOT_MIGRATED");
    await sql`insert into control.migration (number, name, applied_at_ms) select max(number) + 1, 'again', 0 from control.migration`.execute(
      database.kysely,
    );
  });
});
