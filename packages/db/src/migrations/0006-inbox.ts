import { isolated, type Migration } from "./migration.ts";

export const inbox: Migration = {
  number: 6,
  name: "inbox",
  reason: "What a vendor rings is durable before it is acknowledged, and waits here for the worker.",
  statements: [
    `create table inbox.bell (
      tenant_id uuid not null,
      bell_id uuid not null,
      connection text not null,
      fields jsonb not null,
      input_hash bytea not null,
      received_at_ms bigint not null,
      state text not null check (state in ('new', 'parked')),
      attempts integer not null,
      due_at_ms bigint not null,
      primary key (tenant_id, bell_id)
    )`,
    // Serves the worker, which takes what is due, oldest first.
    "create index bell_by_due on inbox.bell (tenant_id, state, due_at_ms)",
    ...isolated("inbox.bell"),
    "grant insert on inbox.bell to stageledger_door",
    "grant select, update, delete on inbox.bell to stageledger_recorder",
  ],
};
