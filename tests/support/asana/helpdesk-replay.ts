/** The helpdesk's Jira log as if its teams had worked in Asana: a project each, sections for statuses, stories for moves. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { StageMap } from "@stageledger/core";
import { z } from "zod";
import type { AsanaStory, AsanaTask } from "../../../apps/asana-sync/src/asana/schemas.ts";

const instant = z.string().transform((text) => Date.parse(text.replace(/\+0000$/, "Z")));
const issueSchema = z.object({
  key: z.string(),
  fields: z.object({
    created: instant,
    project: z.object({ key: z.string() }),
    status: z.object({ id: z.string(), name: z.string() }),
  }),
  changelog: z.object({
    histories: z.array(
      z.object({
        id: z.string(),
        created: instant,
        items: z.array(
          z.object({
            field: z.literal("status"),
            from: z.string(),
            fromString: z.string(),
            to: z.string(),
            toString: z.string(),
          }),
        ),
      }),
    ),
  }),
});

interface Move {
  readonly number: string;
  readonly at: number;
  readonly from: Status;
  readonly to: Status;
}

interface Status {
  readonly id: string;
  readonly name: string;
}

export interface HelpdeskCase {
  readonly key: string;
  readonly project: string;
  readonly createdAt: number;
  readonly first: Status;
  readonly last: Status;
  /** In order. */
  readonly moves: readonly Move[];
}

export function readCases(issuesPath: string): readonly HelpdeskCase[] {
  const lines = gunzipSync(readFileSync(issuesPath)).toString("utf8").trim().split("\n");
  return lines.map((line): HelpdeskCase => {
    const { key, fields, changelog } = issueSchema.parse(JSON.parse(line));
    const moves = changelog.histories.flatMap(({ id, created: at, items }) =>
      items.map(({ from, fromString, to, toString: toName }): Move => {
        return { number: id, at, from: { id: from, name: fromString }, to: { id: to, name: toName } };
      }),
    );
    return {
      key,
      project: fields.project.key,
      createdAt: fields.created,
      first: moves[0]?.from ?? fields.status,
      last: fields.status,
      moves,
    };
  });
}

/** A status of Jira is a section of its own in each project. */
function sectionOf(project: string, { id, name }: Status): { readonly gid: string; readonly name: string } {
  return { gid: `${project}.${id}`, name };
}

/** The task goes by the issue's key, so that its figures can be laid beside the issue's. */
export function taskOf({ key, project, createdAt, last }: HelpdeskCase): AsanaTask {
  const memberships = [{ project: { gid: project }, section: sectionOf(project, last) }];
  return { gid: key, created_at: createdAt, completed: false, memberships };
}

export function storiesOf({ project, createdAt, moves }: HelpdeskCase): readonly AsanaStory[] {
  return [
    { gid: "0", created_at: createdAt, resource_subtype: "added_to_project", project: { gid: project } },
    ...moves.map(({ number, at, from, to }): AsanaStory => {
      return {
        gid: number,
        created_at: at,
        resource_subtype: "section_changed",
        old_section: sectionOf(project, from),
        new_section: sectionOf(project, to),
      };
    }),
  ];
}

/** The board's stages over the sections of all projects. */
export function stagesOver(board: StageMap, statusIdsOf: (jiraStatus: string) => readonly string[]): StageMap {
  return new StageMap({
    version: 1,
    origin: "given",
    commitment: board.nameOf(board.commitment),
    stages: board.stages.map((stage) => ({ ...stage, statuses: stage.statuses.flatMap(statusIdsOf) })),
  });
}
