import { isolated, type Migration } from "./migration.ts";

const TABLES = ["flow.project_revision", "flow.project_setting"];

export const report: Migration = {
  number: 12,
  name: "report",
  reason:
    "The page shows one project at a time: what that costs grows neither with the other projects nor with history.",
  statements: [
    // The item's: whoever reads one project need not look at the items of the others.
    "alter table flow.timeline add column project text not null default ''",
    // Its owner is guarded like everybody, and has no tenant here.
    ...["flow.timeline", "flow.item"].map((table) => `alter table ${table} no force row level security`),
    `update flow.timeline timeline set project = item.project from flow.item item
      where item.tenant_id = timeline.tenant_id and item.item_id = timeline.item_id`,
    // Serves the report of a project: of each status the items touched since the charts begin, of an open one all of them.
    `create index timeline_by_project on flow.timeline (tenant_id, project, status_id, last_activity_at_ms)
      include (item_id)`,
    // Grows with all that a report of the project could show, in the same transaction: who knows a report of this revision need
    // not make it again. latest_at_ms: the newest instant at which something happened in it.
    `create table flow.project_revision (
      tenant_id uuid not null,
      project text not null,
      revision bigint not null check (revision >= 1),
      latest_at_ms bigint not null,
      primary key (tenant_id, project)
    )`,
    `insert into flow.project_revision (tenant_id, project, revision, latest_at_ms)
      select tenant_id, item.project, 1, coalesce(max(timeline.last_activity_at_ms), min(item.created_at_ms))
      from flow.item item left join flow.timeline timeline using (tenant_id, item_id)
      where item.project <> '' group by tenant_id, item.project`,
    ...["flow.timeline", "flow.item"].map((table) => `alter table ${table} force row level security`),
    // Restricted: keys of its items are shown inside Jira only, to whom Jira shows them.
    `create table flow.project_setting (
      tenant_id uuid not null,
      project text not null,
      is_restricted boolean not null,
      primary key (tenant_id, project)
    )`,
    ...TABLES.flatMap(isolated),
    `grant select, insert, update on ${TABLES.join(", ")} to stageledger_recorder`,
    `grant select on ${TABLES.join(", ")} to stageledger_report_reader`,
  ],
};
