import { isolated, type Migration } from "./migration.ts";

export const tenants: Migration = {
  number: 2,
  name: "tenants",
  reason:
    "Everything belongs to a tenant: its settings, its secrets, the names of its role-holders, and how it is found.",
  statements: [
    // Finds a tenant before one is set; holds a hash and nothing personal, so it needs no policy.
    `create table control.route (
      route_hash bytea primary key,
      kind text not null,
      tenant_id uuid not null
    )`,
    // What has to be done when, for whom. No policy either.
    `create table control.due (
      tenant_id uuid not null,
      job text not null,
      due_at_ms bigint not null,
      primary key (tenant_id, job)
    )`,
    // The only names in the system: typed by the admins and stewards themselves.
    `create table control.role_holder (
      tenant_id uuid not null,
      holder_id uuid not null,
      role text not null check (role in ('admin', 'steward')),
      typed_name text not null,
      primary key (tenant_id, holder_id)
    )`,
    // What anybody in the tenant may know of it.
    `create table flow.tenant (
      tenant_id uuid primary key,
      name text not null,
      zone text not null,
      settling_days integer not null check (settling_days >= 2),
      is_demo boolean not null,
      created_at_ms bigint not null
    )`,
    `create table flow.purpose_text (
      tenant_id uuid not null,
      version integer not null,
      text text not null,
      primary key (tenant_id, version)
    )`,
    `create table ledger.tenant_secret (
      tenant_id uuid primary key,
      wrapped_key bytea not null,
      sealed_p bytea not null
    )`,
    `create table ledger.disclosure_setting (
      tenant_id uuid primary key,
      k integer not null check (k >= 5),
      waives_all_native boolean not null
    )`,
    ...isolated("control.role_holder"),
    ...isolated("flow.tenant"),
    ...isolated("flow.purpose_text"),
    ...isolated("ledger.tenant_secret"),
    ...isolated("ledger.disclosure_setting"),
    "grant select on control.route to stageledger_door",
    "grant select, insert, update, delete on control.route, control.due to stageledger_recorder",
    "grant select, insert, update, delete on control.due to stageledger_publisher",
    "grant select, insert, update, delete on control.role_holder to stageledger_recorder",
    "grant select, insert, update on flow.tenant to stageledger_recorder",
    "grant select, insert on flow.purpose_text to stageledger_recorder",
    "grant select on flow.tenant, flow.purpose_text to stageledger_person, stageledger_publisher, stageledger_report_reader",
    "grant select on flow.tenant to stageledger_eraser",
    "grant select, insert on ledger.tenant_secret to stageledger_recorder",
    "grant select, insert, update on ledger.disclosure_setting to stageledger_recorder",
    "grant select on ledger.tenant_secret, ledger.disclosure_setting to stageledger_publisher",
    "grant select on ledger.tenant_secret to stageledger_eraser",
  ],
};
