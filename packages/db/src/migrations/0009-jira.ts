import { isolated, type Migration } from "./migration.ts";

export const jira: Migration = {
  number: 9,
  name: "jira",
  reason:
    "A Jira site is read like an Asana workspace, may bring its worklogs, and its people can say which accounts are theirs.",
  statements: [
    // Whether projects that come to be are taken in by themselves.
    "alter table control.connection add column takes_all_projects boolean not null default false",
    // Keys of the projects that were chosen and not found at the source yet, each with its name in the ledger, or null.
    "alter table control.connection add column wanted_projects jsonb not null default '{}'",
    // Whether worklogs that people made in Jira itself count. Off unless somebody decides otherwise.
    "alter table flow.tenant add column takes_native_worklogs boolean not null default false",
    // How far a list of a source's was read that belongs to no project of it.
    `create table control.source_cursor (
      tenant_id uuid not null,
      connection_id uuid not null,
      name text not null,
      position text not null,
      primary key (tenant_id, connection_id, name),
      foreign key (tenant_id, connection_id) references control.connection on delete cascade
    )`,
    // Which site the tenant's items came from, as a hash: another site's have the same ids. It outlives the connection.
    `create table control.known_site (
      tenant_id uuid not null,
      kind text not null,
      site_hash bytea not null,
      primary key (tenant_id, kind)
    )`,
    // A code that one proved account was given, for another proved account of the same person. Only its hash is kept.
    `create table ledger.link_code (
      tenant_id uuid not null,
      code_hash bytea not null,
      contributor_id uuid not null,
      expires_at_ms bigint not null,
      primary key (tenant_id, code_hash)
    )`,
    ...["control.source_cursor", "control.known_site", "ledger.link_code"].flatMap(isolated),
    "grant select, insert, update, delete on control.source_cursor, control.known_site, ledger.link_code to stageledger_recorder",
    "grant update (human_id) on ledger.contributor to stageledger_recorder, stageledger_eraser",
    // An account that its source no longer tells apart from new ones stands in a list of its own.
    "grant update (source) on ledger.contributor to stageledger_eraser",
    "grant select, delete on ledger.link_code to stageledger_eraser",
  ],
};
