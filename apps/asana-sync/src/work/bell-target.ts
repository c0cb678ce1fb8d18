/** What a bell is about: a task that has to be read, or the sections and options of the projects. Pure. */
import type { Bell } from "@stageledger/db";

export type BellTarget =
  | { readonly kind: "task"; readonly gid: string }
  | { readonly kind: "sections" }
  /** Of something that nothing here depends on. */
  | { readonly kind: "nothing" };

/** Bells of our own say `task` as their `what`, like those of a webhook. */
export function bellTarget({ fields }: Pick<Bell, "fields">): BellTarget {
  const { what, gid, parent, parentType } = fields;
  if (what === "task" && typeof gid === "string") return { kind: "task", gid };
  if (parentType === "task" && typeof parent === "string") return { kind: "task", gid: parent };
  if (typeof what === "string" && NAMING.has(what)) return { kind: "sections" };
  return { kind: "nothing" };
}

/** What has to do with the names of stages. */
const NAMING: ReadonlySet<string> = new Set([
  ...["section", "project"],
  ...["custom_field", "custom_field_setting", "enum_option"],
]);

/**
 * When the task went or came back, if one of the bells says so: no later than the bell came, whatever it says.
 *
 * @returns epoch milliseconds
 */
export function toldAt(
  bells: readonly Pick<Bell, "fields" | "receivedAt">[],
  action: "deleted" | "undeleted",
): number | undefined {
  const told = bells.filter(({ fields }) => fields.what === "task" && fields.action === action);
  const instants = told.map(({ fields, receivedAt }) =>
    typeof fields.at === "number" ? Math.min(fields.at, receivedAt) : receivedAt,
  );
  return instants.length === 0 ? undefined : Math.max(...instants);
}
