import { isolated, type Migration } from "./migration.ts";

const TABLES = [
  "flow.project_source",
  "flow.status_sighting",
  "flow.stage_map",
  "flow.item",
  "flow.item_fact",
  "flow.timeline",
  "flow.roadblock",
];

export const flow: Migration = {
  number: 3,
  name: "flow",
  reason:
    "Flow is about items and never about people, so every member may read it: facts, what they add up to, and maps.",
  statements: [
    // A source's project, such as jira:PAY, and the ledger's project that it is part of.
    `create table flow.project_source (
      tenant_id uuid not null,
      source_project text not null,
      project text not null,
      primary key (tenant_id, source_project)
    )`,
    // What sources said about a status: in a list, as that of an item now, or in a history, perhaps with a resolution.
    `create table flow.status_sighting (
      tenant_id uuid not null,
      status_id text not null,
      origin text not null check (origin in ('list', 'current', 'history', 'history-resolved')),
      name text not null,
      category text not null check (category in ('new', 'indeterminate', 'done', '')),
      last_seen_at_ms bigint not null,
      primary key (tenant_id, status_id, origin, name, category)
    )`,
    // A version of the stages; project '*' stands for all that have no map of their own.
    `create table flow.stage_map (
      tenant_id uuid not null,
      project text not null,
      version integer not null check (version >= 1),
      effective_from_ms bigint,
      definition jsonb not null,
      primary key (tenant_id, project, version)
    )`,
    // An item as its source shows it. Before the first snapshot project and key are unknown.
    `create table flow.item (
      tenant_id uuid not null,
      item_id text not null,
      project text not null,
      key text not null,
      created_at_ms bigint not null,
      snapshot_at_ms bigint,
      current_status text,
      resolution text,
      is_subtask boolean not null,
      parent_id text,
      has_history boolean not null,
      is_truncated boolean not null,
      primary key (tenant_id, item_id)
    )`,
    // Serves finding the item that a person or a file names by its key.
    "create index item_by_key on flow.item (tenant_id, key)",
    // Serves the sub-tasks of an item, whose hours and stall clock belong to it (E10).
    "create index item_by_parent on flow.item (tenant_id, parent_id) where parent_id is not null",
    // Append-only. The key is what the source calls the fact, the hash what it said.
    `create table flow.item_fact (
      tenant_id uuid not null,
      item_id text not null,
      source_key text not null,
      input_hash bytea not null,
      kind text not null check (kind in ('stage', 'flag', 'link', 'activity')),
      at_ms bigint not null,
      sequence bigint not null,
      place integer not null,
      from_status text,
      to_status text,
      blocker text,
      begins boolean,
      primary key (tenant_id, item_id, source_key)
    )`,
    // Read model: stays as [[status, start], ...], each ending where the next begins, the last one open.
    `create table flow.timeline (
      tenant_id uuid not null,
      item_id text not null,
      status_id text not null,
      last_activity_at_ms bigint not null,
      stays jsonb not null,
      flaws jsonb not null,
      primary key (tenant_id, item_id)
    )`,
    // Serves the report: items in an open stage, and items touched since the charts begin.
    "create index timeline_by_status on flow.timeline (tenant_id, status_id, last_activity_at_ms)",
    "create index timeline_by_activity on flow.timeline (tenant_id, last_activity_at_ms)",
    // Something in the way. It has no author, and no column could hold one.
    `create table flow.roadblock (
      tenant_id uuid not null,
      roadblock_id uuid not null,
      item_id text not null,
      stage text not null,
      kind text not null,
      words text,
      raised_at_ms bigint not null,
      resolved_at_ms bigint,
      primary key (tenant_id, roadblock_id)
    )`,
    ...TABLES.flatMap(isolated),
    "grant select, insert, update on flow.project_source, flow.status_sighting, flow.item, flow.timeline, flow.roadblock to stageledger_recorder",
    "grant select, insert on flow.stage_map, flow.item_fact to stageledger_recorder",
    `grant select on ${TABLES.join(", ")} to stageledger_publisher, stageledger_person, stageledger_report_reader`,
  ],
};
