import { isolated, type Migration } from "./migration.ts";

const TABLES = ["control.member", "control.session", "control.invite"];

export const members: Migration = {
  number: 11,
  name: "members",
  reason:
    "Whoever opens the page signs in elsewhere and is a member here, of whom the ledger knows a role and nothing else.",
  statements: [
    // Known again by an HMAC of who they are elsewhere. route_hash: what leads from there to this tenant.
    `create table control.member (
      tenant_id uuid not null,
      member_id uuid not null,
      blind_index bytea not null,
      route_hash bytea not null,
      role text not null check (role in ('member', 'steward', 'admin')),
      primary key (tenant_id, member_id),
      unique (tenant_id, blind_index)
    )`,
    // Of the token in the browser only its hash. The session keeps its id when the token is replaced.
    `create table control.session (
      tenant_id uuid not null,
      token_hash bytea not null,
      session_id uuid not null,
      member_id uuid not null,
      issued_at_ms bigint not null,
      seen_at_ms bigint not null,
      ends_at_ms bigint not null,
      primary key (tenant_id, token_hash),
      foreign key (tenant_id, member_id) references control.member on delete cascade
    )`,
    // Serve whoever ends a session, or all of a member's.
    "create index session_by_id on control.session (tenant_id, session_id)",
    "create index session_by_member on control.session (tenant_id, member_id)",
    // Good for one joining.
    `create table control.invite (
      tenant_id uuid not null,
      code_hash bytea not null,
      role text not null check (role in ('member', 'steward', 'admin')),
      expires_at_ms bigint not null,
      primary key (tenant_id, code_hash)
    )`,
    ...TABLES.flatMap(isolated),
    `grant select, insert, update, delete on ${TABLES.join(", ")} to stageledger_recorder`,
    `grant select, delete on ${TABLES.join(", ")}, control.route to stageledger_eraser`,
  ],
};
