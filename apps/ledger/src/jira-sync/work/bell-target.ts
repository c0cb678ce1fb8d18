/** What a bell is about: an issue, or worklogs of one. Pure. */
import type { Bell } from "@stageledger/db";

export interface BellTarget {
  /** "nothing": of something that nobody could read. */
  readonly kind: "issue" | "worklogs" | "nothing";
  /** The issue's id; of worklogs whose issue is not told, the worklog's. */
  readonly id: string;
}

/** Bells of our own say `issue` as their `what`, like those of an event. */
export function bellTarget({ fields }: Pick<Bell, "fields">): BellTarget {
  const { what, gid, issue } = fields;
  if (gid === undefined) return { kind: "nothing", id: "" };
  const id = String(gid);
  return what === "worklog" ? { kind: "worklogs", id: String(issue ?? `worklog ${id}`) } : { kind: "issue", id };
}

/**
 * When the issue went, if one of the bells says so: no later than the bell came, whatever it says. @returns epoch milliseconds
 */
export function toldGoneAt(bells: readonly Pick<Bell, "fields" | "receivedAt">[]): number | undefined {
  const told = bells.filter(({ fields }) => fields.what === "issue" && fields.action === "deleted");
  const instants = told.map(({ fields, receivedAt }) =>
    typeof fields.at === "number" ? Math.min(fields.at, receivedAt) : receivedAt,
  );
  return instants.length === 0 ? undefined : Math.max(...instants);
}
