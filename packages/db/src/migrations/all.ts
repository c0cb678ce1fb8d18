import { rolesAndSchemas } from "./0001-roles-and-schemas.ts";
import { tenants } from "./0002-tenants.ts";
import { flow } from "./0003-flow.ts";
import { ledger } from "./0004-ledger.ts";
import { releases } from "./0005-releases.ts";
import { inbox } from "./0006-inbox.ts";
import { connections } from "./0007-connections.ts";
import { panel } from "./0008-panel.ts";
import { jira } from "./0009-jira.ts";
import { mine } from "./0010-mine.ts";
import { members } from "./0011-members.ts";
import { report } from "./0012-report.ts";
import type { Migration } from "./migration.ts";

/** In order of their numbers. */
export const MIGRATIONS: readonly Migration[] = [
  rolesAndSchemas,
  tenants,
  flow,
  ledger,
  releases,
  inbox,
  connections,
  panel,
  jira,
  mine,
  members,
  report,
];
