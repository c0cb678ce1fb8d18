/** A step of the schema. Forward only; once released it never changes, so it imports no code that could. */
export interface Migration {
  /** From 1, without holes. */
  readonly number: number;
  readonly name: string;
  /** The one reason for this step, in a sentence. */
  readonly reason: string;
  /** Run one by one, in one transaction with all other statements of the step. */
  readonly statements: readonly string[];
}

/** Statements that keep a table's rows apart by tenant, for its owner as well. */
export function isolated(table: string): readonly string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy one_tenant on ${table} using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)`,
  ];
}
