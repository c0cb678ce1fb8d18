import { isolated, type Migration } from "./migration.ts";

const TABLES = [
  "ledger.contributor",
  "ledger.identity",
  "ledger.erased_identity",
  "ledger.time_import",
  "ledger.entry_revision",
  "ledger.entry",
  "ledger.posting",
  "ledger.cell",
  "ledger.week_close",
  "ledger.erased_balance",
  "ledger.retention_edge",
];

const ENTRY_COLUMNS = `
      item_id text,
      project text,
      date date,
      minutes integer check (minutes between 1 and 1440),
      activity text,
      interval_start_ms bigint,
      interval_end_ms bigint,
      offset_minutes integer,
      chosen_status text,
      visibility text check (visibility in ('private', 'known'))`;

/** A person sees what is their own, whatever a query asks for. */
const own = (table: string): string =>
  `create policy own_only on ${table} as restrictive for all to stageledger_person
    using (contributor_id = nullif(current_setting('app.contributor', true), '')::uuid)`;

export const ledger: Migration = {
  number: 4,
  name: "ledger",
  reason: "Hours with the pseudonyms behind them: protected, append-only, and read by nobody who makes a report.",
  statements: [
    // A pseudonym. Accounts of one human that were linked share human_id.
    `create table ledger.contributor (
      tenant_id uuid not null,
      contributor_id uuid not null,
      source text not null,
      human_id uuid,
      primary key (tenant_id, contributor_id)
    )`,
    `create table ledger.identity (
      tenant_id uuid not null,
      blind_index bytea not null,
      contributor_id uuid not null,
      primary key (tenant_id, blind_index),
      foreign key (tenant_id, contributor_id) references ledger.contributor
    )`,
    // "Do not import again": all that stays of a person after erasure.
    `create table ledger.erased_identity (
      tenant_id uuid not null,
      blind_index bytea not null,
      primary key (tenant_id, blind_index)
    )`,
    `create table ledger.time_import (
      tenant_id uuid not null,
      import_id uuid not null,
      layout text not null,
      imported_at_ms bigint not null,
      undone_at_ms bigint,
      primary key (tenant_id, import_id)
    )`,
    // The fact that an entry was made, changed or taken back. Append-only; a deletion has no entry columns.
    `create table ledger.entry_revision (
      tenant_id uuid not null,
      entry_id uuid not null,
      number bigint not null,
      input_hash bytea not null,
      contributor_id uuid not null,
      change text not null check (change in ('created', 'edited', 'moved', 'deleted')),
      import_id uuid,${ENTRY_COLUMNS},
      primary key (tenant_id, entry_id, number),
      check ((change = 'deleted') = (minutes is null))
    )`,
    // Read model: the revision that holds, which is also what the entry's postings add up to.
    `create table ledger.entry (
      tenant_id uuid not null,
      entry_id uuid not null,
      number bigint not null,
      contributor_id uuid not null,
      import_id uuid,${ENTRY_COLUMNS},
      primary key (tenant_id, entry_id)
    )`,
    // Serves a late stage change, which may move the minutes of the item's entries.
    "create index entry_by_item on ledger.entry (tenant_id, item_id)",
    // Serves "my entries", the sum of a person's day, and erasure.
    "create index entry_by_contributor on ledger.entry (tenant_id, contributor_id, date)",
    // Append-only; see append-only.ts for the trigger.
    `create table ledger.posting (
      tenant_id uuid not null,
      entry_id uuid not null,
      number integer not null,
      contributor_id uuid not null,
      project text not null,
      stage text not null,
      activity text not null,
      week date not null check (extract(isodow from week) = 1),
      visibility text not null check (visibility in ('private', 'known')),
      minutes integer not null check (minutes <> 0),
      is_late boolean not null,
      primary key (tenant_id, entry_id, number)
    )`,
    `create table ledger.cell (
      tenant_id uuid not null,
      week date not null,
      project text not null,
      stage text not null,
      activity text not null,
      contributor_id uuid not null,
      visibility text not null,
      kind text not null check (kind in ('in-time', 'late-added', 'late-taken')),
      minutes integer not null,
      primary key (tenant_id, week, project, stage, activity, contributor_id, visibility, kind)
    )`,
    `create table ledger.week_close (
      tenant_id uuid not null,
      week date not null check (extract(isodow from week) = 1),
      closed_at_ms bigint not null,
      primary key (tenant_id, week)
    )`,
    // Minutes that erasure and retention took out of a project's week: neither person nor item, stage or activity.
    `create table ledger.erased_balance (
      tenant_id uuid not null,
      project text not null,
      week date not null,
      minutes bigint not null,
      was_published boolean not null,
      primary key (tenant_id, project, week)
    )`,
    // What is older was deleted by retention: a source that still shows it is not believed.
    `create table ledger.retention_edge (
      tenant_id uuid primary key,
      entries_from date not null,
      cells_from date not null
    )`,
    ...TABLES.flatMap(isolated),
    own("ledger.entry"),
    own("ledger.entry_revision"),
    "grant select, insert on ledger.contributor, ledger.identity, ledger.entry_revision, ledger.posting to stageledger_recorder",
    "grant select on ledger.erased_identity, ledger.week_close, ledger.retention_edge, ledger.erased_balance to stageledger_recorder",
    "grant select, insert, update on ledger.time_import, ledger.entry, ledger.cell to stageledger_recorder",
    "grant select on ledger.entry, ledger.entry_revision, ledger.week_close to stageledger_person",
    "grant select on ledger.cell, ledger.contributor, ledger.erased_balance to stageledger_publisher",
    "grant select, insert on ledger.week_close to stageledger_publisher",
    "grant select, delete on ledger.contributor, ledger.identity, ledger.entry_revision, ledger.entry, ledger.posting, ledger.cell to stageledger_eraser",
    "grant select, insert on ledger.erased_identity to stageledger_eraser",
    "grant select, insert, update on ledger.erased_balance, ledger.retention_edge to stageledger_eraser",
    "grant select on ledger.week_close to stageledger_eraser",
  ],
};
