/** Looks whether the database guards what it should guard. Changes nothing. */
import { sql } from "kysely";
import { APPEND_ONLY } from "../append-only.ts";
import { hasCitus } from "../distribute.ts";
import type { Database } from "../engine/database.ts";

export interface Guards {
  /** Such as 18.4. */
  readonly serverVersion: string;
  /** True when the login may do anything: then the guards stop only our own mistakes. */
  readonly isSuperuser: boolean;
  /** Tables with rows of tenants that do not keep them apart for everybody. */
  readonly notIsolated: readonly string[];
  /** Append-only tables that their owner could change. On Citus the grants have to do. */
  readonly changeable: readonly string[];
}

export function examineGuards({ kysely }: Database): Promise<Guards> {
  return kysely.transaction().execute(async (trx) => {
    const { rows: servers } = await sql<{ version: string; is_superuser: string }>`
      select current_setting('server_version') as version, current_setting('is_superuser') as is_superuser`.execute(
      trx,
    );
    const { rows: open } = await sql<{ name: string }>`
      select attrelid::regclass::text as name from pg_attribute
      join pg_class on pg_class.oid = attrelid
      where attname = 'tenant_id' and relkind in ('r', 'p') and not attisdropped
        and relnamespace::regnamespace::text in ('inbox', 'flow', 'ledger', 'published')
        and not (relrowsecurity and relforcerowsecurity)
      order by 1`.execute(trx);
    const { rows: guarded } = await sql<{ name: string }>`
      select tgrelid::regclass::text as name from pg_trigger where tgname = 'append_only' and tgenabled <> 'D'`.execute(
      trx,
    );
    const names = new Set(guarded.map(({ name }) => name));
    return {
      serverVersion: servers[0]?.version ?? "",
      isSuperuser: servers[0]?.is_superuser === "on",
      notIsolated: open.map(({ name }) => name),
      changeable: (await hasCitus(trx)) ? [] : APPEND_ONLY.filter((table) => !names.has(table)),
    };
  });
}
