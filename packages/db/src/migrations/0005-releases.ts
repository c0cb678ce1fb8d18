import { isolated, type Migration } from "./migration.ts";

export const releases: Migration = {
  number: 5,
  name: "releases",
  reason: "Published atoms are the only hours that a report may read; they are written once and stay.",
  statements: [
    `create table published.release (
      tenant_id uuid not null,
      number integer not null,
      state text not null check (state in ('pending', 'published')),
      started_at_ms bigint not null,
      published_at_ms bigint,
      primary key (tenant_id, number)
    )`,
    // span: the Monday of a week (A), a period (B, C, E) or a quarter (L). part is empty where the cut has none.
    `create table published.atom (
      tenant_id uuid not null,
      cut text not null check (cut in ('A', 'B', 'C', 'E', 'L')),
      project text not null,
      part_kind text not null check (part_kind in ('', 'own', 'others')),
      part text not null,
      span text not null,
      version integer not null,
      rounded_minutes bigint not null check (rounded_minutes > 0 and rounded_minutes % 30 = 0),
      contributors text check (contributors in ('5–9', '10–19', '20+')),
      elapsed_minutes bigint,
      release_number integer not null,
      primary key (tenant_id, cut, span, project, part_kind, part, version),
      foreign key (tenant_id, release_number) references published.release
    )`,
    // Weeks, periods and quarters that were released. It shows the calendar and nothing of what could be published.
    `create table published.released_span (
      tenant_id uuid not null,
      span text not null,
      release_number integer not null,
      primary key (tenant_id, span),
      foreign key (tenant_id, release_number) references published.release
    )`,
    ...isolated("published.released_span"),
    ...isolated("published.release"),
    ...isolated("published.atom"),
    "grant select, insert, update on published.release to stageledger_publisher",
    "grant select, insert on published.atom, published.released_span to stageledger_publisher",
    "grant select on published.release, published.atom, published.released_span to stageledger_report_reader, stageledger_eraser",
    "grant delete on published.atom to stageledger_eraser",
  ],
};
