import { isolated, type Migration } from "./migration.ts";

const TABLES = ["ledger.person_setting", "ledger.chosen_project"];

export const mine: Migration = {
  number: 10,
  name: "mine",
  reason:
    "People choose for themselves: whether what they log is mirrored, and whose hours those are that nobody can tell.",
  statements: [
    // One an account; who has none has chosen nothing.
    `create table ledger.person_setting (
      tenant_id uuid not null,
      contributor_id uuid not null,
      mirrors_to_jira boolean not null,
      primary key (tenant_id, contributor_id)
    )`,
    // The ledger's project that its author chose for an entry, so that the next look at its source does not take it back (E9).
    `create table ledger.chosen_project (
      tenant_id uuid not null,
      entry_id uuid not null,
      contributor_id uuid not null,
      project text not null,
      primary key (tenant_id, entry_id),
      foreign key (tenant_id, entry_id) references ledger.entry on delete cascade
    )`,
    ...TABLES.flatMap(isolated),
    ...TABLES.map(
      (table) => `create policy own_only on ${table} as restrictive for all to stageledger_person
        using (contributor_id = nullif(current_setting('app.contributor', true), '')::uuid)`,
    ),
    `grant select, insert, update on ${TABLES.join(", ")} to stageledger_recorder`,
    "grant select on ledger.person_setting to stageledger_person",
    `grant select, delete on ${TABLES.join(", ")} to stageledger_eraser`,
  ],
};
