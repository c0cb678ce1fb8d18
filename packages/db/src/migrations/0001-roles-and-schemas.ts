import type { Migration } from "./migration.ts";

const ROLES = [
  "stageledger_door",
  "stageledger_recorder",
  "stageledger_person",
  "stageledger_publisher",
  "stageledger_eraser",
  "stageledger_report_reader",
];

/** Roles belong to the whole server: another database may have made them already, or be about to. */
const createRole = (role: string): string => `do $$
begin
  create role ${role} nologin;
exception when duplicate_object or unique_violation then null;
end $$`;

const allowToBecome = (role: string): string => `do $$
begin
  if not pg_has_role(current_user, '${role}', 'member') then
    execute format('grant ${role} to %I', current_user);
  end if;
exception when unique_violation then null;
end $$`;

export const rolesAndSchemas: Migration = {
  number: 1,
  name: "roles and schemas",
  reason: "Who may do what is said by roles, and what is protected, open or published by schemas, before any table is.",
  statements: [
    ...ROLES.flatMap((role) => [createRole(role), allowToBecome(role)]),
    "create schema inbox",
    "create schema flow",
    "create schema ledger",
    "create schema published",
    "grant usage on schema control to stageledger_door, stageledger_recorder, stageledger_publisher",
    "grant usage on schema inbox to stageledger_door, stageledger_recorder",
    "grant usage on schema flow to stageledger_recorder, stageledger_person, stageledger_publisher, stageledger_eraser, stageledger_report_reader",
    "grant usage on schema ledger to stageledger_recorder, stageledger_person, stageledger_publisher, stageledger_eraser",
    "grant usage on schema published to stageledger_publisher, stageledger_eraser, stageledger_report_reader",
  ],
};
