import { isolated, type Migration } from "./migration.ts";

const TABLES = ["control.used_token", "ledger.answered_request", "ledger.timer"];

export const panel: Migration = {
  number: 8,
  name: "panel",
  reason: "People log from a panel whose calls may be repeated, by a network or by somebody else, and time work there.",
  statements: [
    // A token that wrote something writes nothing again. Its id is kept as a hash, until it has expired anyway.
    `create table control.used_token (
      tenant_id uuid not null,
      token_hash bytea not null,
      expires_at_ms bigint not null,
      primary key (tenant_id, token_hash)
    )`,
    "create index used_token_by_expiry on control.used_token (tenant_id, expires_at_ms)",
    // What a request was answered with, for whoever sends it again because the answer was lost.
    `create table ledger.answered_request (
      tenant_id uuid not null,
      contributor_id uuid not null,
      key_hash bytea not null,
      input_hash bytea not null,
      status integer not null,
      answer text not null,
      expires_at_ms bigint not null,
      primary key (tenant_id, contributor_id, key_hash)
    )`,
    "create index answered_request_by_expiry on ledger.answered_request (tenant_id, expires_at_ms)",
    // One a person. It counts what ran before the last pause, and since when it runs.
    `create table ledger.timer (
      tenant_id uuid not null,
      contributor_id uuid not null,
      item_id text not null,
      started_at_ms bigint not null,
      running_since_ms bigint,
      elapsed_ms bigint not null check (elapsed_ms >= 0),
      primary key (tenant_id, contributor_id)
    )`,
    // Serves the panel, which lists what is in the way of an item.
    "create index roadblock_by_item on flow.roadblock (tenant_id, item_id)",
    ...TABLES.flatMap(isolated),
    `create policy own_only on ledger.timer as restrictive for all to stageledger_person
      using (contributor_id = nullif(current_setting('app.contributor', true), '')::uuid)`,
    "grant usage on schema control to stageledger_eraser",
    "grant select, insert, delete on control.used_token to stageledger_recorder",
    "grant select, insert, update, delete on ledger.answered_request, ledger.timer to stageledger_recorder",
    "grant select on ledger.timer to stageledger_person",
    `grant select, delete on ${TABLES.join(", ")} to stageledger_eraser`,
  ],
};
