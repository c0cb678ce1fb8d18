/** What stages are made of in Asana: the columns of a project, from left to right. Pure but for {@link readColumns}. */
import type { Status } from "@stageledger/core";
import { categoryOfName, StageledgerError } from "@stageledger/core";
import type { AsanaGateway } from "../asana/gateway.ts";
import { COMPLETED, emptyFieldStatus, statusIdOf } from "../asana/ledger-ids.ts";
import type { AsanaFieldSetting } from "../asana/schemas.ts";

/** A section, or an option of the field that a project has its stages in. */
export interface Column {
  readonly statusId: string;
  readonly name: string;
}

export interface ProjectColumns {
  /** The source's project. */
  readonly gid: string;
  /** What Asana calls it. */
  readonly name: string;
  /** The custom field whose options the columns are; undefined where they are sections. */
  readonly field: { readonly gid: string; readonly name: string } | undefined;
  readonly columns: readonly Column[];
}

/** What is asked for as a stage field: the one recorded before, one that a person named, or none. */
export type WantedField =
  | { readonly kind: "sections" }
  | { readonly kind: "recorded"; readonly gid: string }
  | { readonly kind: "named"; readonly word: string };

/**
 * A field that a person names holds for those projects that have it; the others have their stages in sections.
 *
 * @throws StageledgerError ASANA_…
 */
export async function readColumns(
  gateway: AsanaGateway,
  project: { readonly gid: string; readonly name: string },
  wanted: WantedField,
): Promise<ProjectColumns> {
  const field = wanted.kind === "sections" ? undefined : await findField(gateway, project.gid, wanted);
  if (field === undefined) {
    const sections = await gateway.listSections(project.gid);
    const columns = sections.map(({ gid, name }) => ({ statusId: statusIdOf(gid), name }));
    return { ...project, field: undefined, columns };
  }
  const { gid, name, enum_options: options } = field;
  const columns = [
    { statusId: emptyFieldStatus(gid), name: NO_VALUE },
    ...(options ?? []).map((option) => ({ statusId: statusIdOf(option.gid), name: option.name })),
  ];
  return { ...project, field: { gid, name }, columns };
}

/** An item whose stage field is empty is in this column. */
const NO_VALUE = "No value";

export const COMPLETED_NAME = "Completed";

/** "To do (Orders)" where there are several projects: two of them may have a "To do". By status. */
export function fullNames(projects: readonly ProjectColumns[]): ReadonlyMap<string, string> {
  const names = projects.flatMap(({ name: project, columns }) =>
    columns.map(({ statusId, name }): [string, string] => [
      statusId,
      projects.length === 1 ? name : `${name} (${project})`,
    ]),
  );
  return new Map([...names, [COMPLETED, COMPLETED_NAME]]);
}

/** As the ledger knows statuses, so that a stages file can name them by id, by name and by full name. */
export function statusesOf(projects: readonly ProjectColumns[]): ReadonlyMap<string, Status> {
  const full = fullNames(projects);
  const columns = [...projects.flatMap((project) => project.columns), { statusId: COMPLETED, name: COMPLETED_NAME }];
  return new Map(
    columns.map(({ statusId: id, name }) => [
      id,
      {
        id,
        name,
        category: id === COMPLETED ? "done" : (categoryOfName(name) ?? "indeterminate"),
        categoryFrom: "source",
        formerNames: [full.get(id) ?? name].filter((other) => other !== name),
        deleted: false,
        inUse: true,
      },
    ]),
  );
}

type EnumField = AsanaFieldSetting["custom_field"];

async function findField(
  gateway: AsanaGateway,
  project: string,
  wanted: Exclude<WantedField, { kind: "sections" }>,
): Promise<EnumField | undefined> {
  const fields = (await gateway.listFieldSettings(project)).map(({ custom_field: field }) => field);
  const withOptions = fields.filter(({ enum_options: options }) => (options?.length ?? 0) > 0);
  if (wanted.kind === "recorded") {
    const known = withOptions.find(({ gid }) => gid === wanted.gid);
    if (known !== undefined) return known;
    throw new StageledgerError("CONNECTION_PROJECT_UNKNOWN", "A project has lost the field that its stages are in.", {
      next: "Put the field back into the project in Asana, or leave the project out with --leave-out.",
    });
  }
  const word = wanted.word.toLowerCase();
  return withOptions.find(({ gid, name }) => gid === wanted.word || name.toLowerCase() === word);
}
