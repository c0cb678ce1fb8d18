import { isolated, type Migration } from "./migration.ts";

export const connections: Migration = {
  number: 7,
  name: "connections",
  reason: "A source is asked for the truth again and again: by which credentials, for which projects, and up to where.",
  statements: [
    // A Jira site or Asana workspace. Its read clock grows with each look at the source: of two looks the later is believed.
    `create table control.connection (
      tenant_id uuid not null,
      connection_id uuid not null,
      kind text not null check (kind in ('asana', 'jira')),
      workspace text not null,
      sealed_credentials bytea not null,
      state text not null check (state in ('on', 'off')),
      problem_code text,
      read_clock_ms bigint not null,
      created_at_ms bigint not null,
      primary key (tenant_id, connection_id)
    )`,
    // A project of the source that was chosen, and how far it has been read. What it is called in the ledger: flow.project_source.
    `create table control.connected_project (
      tenant_id uuid not null,
      connection_id uuid not null,
      source_project text not null,
      stage_field text,
      cursor text,
      swept_at_ms bigint,
      listed_at_ms bigint,
      primary key (tenant_id, connection_id, source_project),
      foreign key (tenant_id, connection_id) references control.connection on delete cascade
    )`,
    // A webhook of a project. Pending: we have asked for it. Shaken: it has brought its secret. Active: the answer agreed.
    `create table control.hook (
      tenant_id uuid not null,
      hook_id uuid not null,
      connection_id uuid not null,
      source_project text not null,
      route_hash bytea not null,
      state text not null check (state in ('pending', 'shaken', 'active')),
      sealed_secret bytea,
      remote_id text,
      made_at_ms bigint not null,
      primary key (tenant_id, hook_id),
      foreign key (tenant_id, connection_id) references control.connection on delete cascade,
      check ((state = 'pending') = (sealed_secret is null))
    )`,
    // Serves the door, which knows the hash of a path and nothing else.
    "create index hook_by_route on control.hook (tenant_id, route_hash)",
    // What a source showed of an item when it was last recorded: a sweep that shows the same has nothing to do.
    `create table control.seen_item (
      tenant_id uuid not null,
      connection_id uuid not null,
      source_item text not null,
      source_projects jsonb not null,
      checksum text not null,
      entries jsonb not null,
      read_at_ms bigint not null,
      gone_at_ms bigint,
      primary key (tenant_id, connection_id, source_item),
      foreign key (tenant_id, connection_id) references control.connection on delete cascade
    )`,
    // Serves the sweep, which asks what was in a project.
    "create index seen_item_by_project on control.seen_item using gin (source_projects jsonb_path_ops)",
    "alter table inbox.bell add column error_code text",
    // A work item that is in several projects is an item of each, and one of them counts in totals.
    "alter table flow.item add column is_repeated boolean not null default false",
    ...["connection", "connected_project", "hook", "seen_item"].flatMap((table) => isolated(`control.${table}`)),
    ...["connection", "connected_project", "hook", "seen_item"].map(
      (table) => `grant select, insert, update, delete on control.${table} to stageledger_recorder`,
    ),
    "grant select, update on control.hook to stageledger_door",
    "grant insert on inbox.bell to stageledger_recorder",
    "grant usage on schema ledger to stageledger_door",
    "grant select on ledger.tenant_secret to stageledger_door",
    "grant delete on flow.project_source to stageledger_recorder",
  ],
};
