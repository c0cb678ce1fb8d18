/** What a bell is about: a task that has to be read, or the sections of a project. Pure. */
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
  if (what === "section" || what === "project") return { kind: "sections" };
  return { kind: "nothing" };
}

/** When the task went, if one of the bells says so. @returns epoch milliseconds */
export function deletionTold(bells: readonly Pick<Bell, "fields" | "receivedAt">[]): number | undefined {
  const told = bells.filter(({ fields }) => fields.what === "task" && fields.action === "deleted");
  const instants = told.map(({ fields, receivedAt }) => (typeof fields.at === "number" ? fields.at : receivedAt));
  return instants.length === 0 ? undefined : Math.max(...instants);
}
