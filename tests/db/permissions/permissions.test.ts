import { randomUUID } from "node:crypto";
import { inTransaction, recordFacts } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { anEntry } from "../../support/an-entry.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { sixPeople } from "../../support/database/six-people.ts";

const ROLES = ["door", "recorder", "person", "publisher", "eraser", "report_reader"] as const;

/**
 * What each role may do, by hand: s select, i insert, u update, d delete. A role that is not named may do nothing, and
 * nobody but the owner empties a table.
 */
const DECLARED: Readonly<Record<string, Partial<Record<(typeof ROLES)[number], string>>>> = {
  "control.migration": {},
  "control.route": { door: "s", recorder: "siud", eraser: "sd" },
  "control.due": { recorder: "siud", publisher: "siud" },
  "control.role_holder": { recorder: "siud" },
  "control.connection": { recorder: "siud" },
  "control.connected_project": { recorder: "siud" },
  "control.hook": { door: "su", recorder: "siud" },
  "control.seen_item": { recorder: "siud" },
  "control.source_cursor": { recorder: "siud" },
  "control.known_site": { recorder: "siud" },
  "control.member": { recorder: "siud", eraser: "sd" },
  "control.session": { recorder: "siud", eraser: "sd" },
  "control.invite": { recorder: "siud", eraser: "sd" },
  "control.used_token": { recorder: "sid", eraser: "sd" },
  "inbox.bell": { door: "i", recorder: "siud" },
  "flow.tenant": { recorder: "siu", person: "s", publisher: "s", eraser: "s", report_reader: "s" },
  "flow.purpose_text": { recorder: "si", person: "s", publisher: "s", report_reader: "s" },
  "flow.project_source": { recorder: "siud", person: "s", publisher: "s", report_reader: "s" },
  "flow.status_sighting": { recorder: "siu", person: "s", publisher: "s", report_reader: "s" },
  "flow.stage_map": { recorder: "si", person: "s", publisher: "s", report_reader: "s" },
  "flow.item": { recorder: "siu", person: "s", publisher: "s", report_reader: "s" },
  "flow.item_fact": { recorder: "si", person: "s", publisher: "s", report_reader: "s" },
  "flow.timeline": { recorder: "siu", person: "s", publisher: "s", report_reader: "s" },
  "flow.roadblock": { recorder: "siu", person: "s", publisher: "s", report_reader: "s" },
  "flow.project_revision": { recorder: "siu", report_reader: "s" },
  "flow.project_setting": { recorder: "siu", report_reader: "s" },
  "ledger.tenant_secret": { door: "s", recorder: "si", publisher: "s", eraser: "s" },
  "ledger.disclosure_setting": { recorder: "siu", publisher: "s" },
  "ledger.contributor": { recorder: "si", publisher: "s", eraser: "sd" },
  "ledger.identity": { recorder: "si", eraser: "sd" },
  "ledger.erased_identity": { recorder: "s", eraser: "si" },
  "ledger.time_import": { recorder: "siu" },
  "ledger.entry_revision": { recorder: "si", person: "s", eraser: "sd" },
  "ledger.entry": { recorder: "siu", person: "s", eraser: "sd" },
  "ledger.posting": { recorder: "si", eraser: "sd" },
  "ledger.cell": { recorder: "siu", publisher: "s", eraser: "sd" },
  "ledger.answered_request": { recorder: "siud", eraser: "sd" },
  "ledger.timer": { recorder: "siud", person: "s", eraser: "sd" },
  "ledger.link_code": { recorder: "siud", eraser: "sd" },
  "ledger.person_setting": { recorder: "siu", person: "s", eraser: "sd" },
  "ledger.chosen_project": { recorder: "siu", eraser: "sd" },
  "ledger.week_close": { recorder: "s", person: "s", publisher: "si", eraser: "s" },
  "ledger.erased_balance": { recorder: "s", publisher: "s", eraser: "siu" },
  "ledger.retention_edge": { recorder: "s", eraser: "siu" },
  "published.release": { publisher: "siu", eraser: "s", report_reader: "s" },
  "published.atom": { publisher: "si", eraser: "sd", report_reader: "s" },
  "published.released_span": { publisher: "si", eraser: "s", report_reader: "s" },
};

/** None of them touches a row: only the right to try is asked. */
const VERBS: readonly (readonly [letter: string, statement: (table: string, column: string) => string])[] = [
  ["s", (table) => `select from ${table} where false`],
  ["i", (table) => `insert into ${table} default values`],
  ["u", (table, column) => `update ${table} set ${column} = null where false`],
  ["d", (table) => `delete from ${table} where false`],
  ["t", (table) => `truncate ${table}`],
];

/** Read before a tenant is known, or about no tenant. */
const WITHOUT_TENANT = ["control.due", "control.migration", "control.route"];

onBothEngines((engine) => {
  const lines = async (query: string): Promise<string[]> => {
    const { rows } = await sql<{ line: string }>`${sql.raw(query)}`.execute(engine().database.kysely);
    return rows.map(({ line }) => line).sort();
  };
  const TABLES =
    "select schemaname || '.' || tablename as line from pg_tables where schemaname in ('control', 'inbox', 'flow', 'ledger', 'published')";

  test("every role may do what is declared here, tried table by table and verb by verb, and nothing else", async () => {
    const { database } = engine();
    const tables = await lines(TABLES);
    expect(tables).toEqual(Object.keys(DECLARED).sort());
    const allowed: Record<string, Record<string, string>> = {};
    for (const table of tables) {
      const [schema, name] = table.split(".");
      const [column = ""] = await lines(`select column_name as line from information_schema.columns
        where table_schema = '${schema}' and table_name = '${name}' and ordinal_position = 1`);
      const ofTable: Record<string, string> = {};
      for (const role of ROLES) {
        let letters = "";
        for (const [letter, statement] of VERBS) {
          const attempt = inTransaction(database, { role, tenantId: randomUUID() }, (trx) =>
            sql.raw(statement(table, column)).execute(trx),
          );
          // Anything but a refused permission means that the role got further.
          const refusal = await attempt.then(() => "", String);
          if (!refusal.includes("permission denied")) letters += letter;
        }
        if (letters !== "") ofTable[role] = letters;
      }
      allowed[table] = ofTable;
    }
    expect(allowed).toEqual(DECLARED);
  }, 60_000);

  test("rows are kept apart by tenant in every table that has one, for its owner too", async () => {
    const forced = await lines(`select oid::regclass::text as line from pg_class
      where relrowsecurity and relforcerowsecurity and relnamespace::regnamespace::text in ('control', 'inbox', 'flow', 'ledger', 'published')`);
    const all = await lines(TABLES);
    expect(forced).toEqual(all.filter((table) => !WITHOUT_TENANT.includes(table)));
  });

  test("every key of such a table begins with the tenant, so that a cluster can spread them", async () => {
    const keys = await lines(`
      select concat_ws(' ', conrelid::regclass, contype, attname) as line
      from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
      where contype in ('p', 'u', 'f') and connamespace::regnamespace::text in ('control', 'inbox', 'flow', 'ledger', 'published')`);
    expect(keys.length).toBeGreaterThan(25);
    expect(keys.filter((key) => !key.endsWith(" tenant_id"))).toEqual([
      "control.migration p number",
      "control.route p route_hash",
    ]);
  });

  test("without a tenant nobody sees a row, with another one neither", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    const count = (tenant: string) =>
      inTransaction(database, { role: "report_reader", tenantId: tenant }, (trx) =>
        trx.selectFrom("flow.tenant").select("name").execute(),
      );
    expect(await count(tenantId)).toHaveLength(1);
    expect(await count(randomUUID())).toEqual([]);
    const unset = await database.kysely.transaction().execute(async (trx) => {
      await sql`set local role stageledger_report_reader`.execute(trx);
      return trx.selectFrom("flow.tenant").select("name").execute();
    });
    expect(unset).toEqual([]);
  });

  test("a person is shown their own entries and revisions and no others, whatever is asked; nobody is shown none", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const { tenantId } = tenant;
    const people = await sixPeople(database, tenant);
    const entries = people.map((contributor) => {
      const entryId = randomUUID();
      return { entryId, contributor, number: 1, change: "created" as const, entry: anEntry(), importId: undefined };
    });
    await recordFacts(database, tenantId, { items: [], statuses: [], entries });
    for (const table of ["ledger.entry", "ledger.entry_revision"] as const) {
      const shownTo = (who: { readonly contributorId?: string }) =>
        inTransaction(database, { role: "person", tenantId, ...who }, async (trx) => {
          const rows = await trx.selectFrom(table).select("contributor_id").execute();
          return rows.map(({ contributor_id }) => contributor_id);
        });
      const [contributorId = ""] = people;
      expect(await shownTo({ contributorId })).toEqual([contributorId]);
      expect(await shownTo({})).toEqual([]);
    }
  });

  test("role and tenant end with the transaction, however it ends", async () => {
    const { database } = engine();
    const { tenantId } = await aTenant(database);
    await inTransaction(database, { role: "report_reader", tenantId }, (trx) => sql`select 1`.execute(trx));
    await inTransaction(database, { role: "report_reader", tenantId }, () => Promise.reject(new Error("no"))).catch(
      () => undefined,
    );
    const after = await lines(
      "select current_user::text || ' ' || coalesce(current_setting('app.tenant', true), '') as line",
    );
    expect(after).toEqual(["postgres "]);
  });

  test("an id that is no UUID gets into no statement", async () => {
    const attempt = inTransaction(
      engine().database,
      { role: "recorder", tenantId: "x'; drop table flow.item; --" },
      (trx) => sql`select 1`.execute(trx),
    );
    await expect(attempt).rejects.toMatchObject({ code: "TENANT_UNKNOWN" });
  });
});
