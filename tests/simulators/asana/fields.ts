/** `opt_fields`: which fields of a resource leave. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

/** What is shown of a resource inside another one, or in a list, without being asked for. */
const COMPACT: Readonly<Record<string, readonly string[]>> = {
  workspace: ["name"],
  user: ["name"],
  project: ["name"],
  section: ["name"],
  task: ["name", "resource_subtype", "created_by"],
  story: ["created_at", "created_by", "resource_subtype", "text"],
  custom_field: ["name", "resource_subtype", "type", "enum_options", "enum_value"],
  custom_field_setting: ["custom_field", "is_important", "parent", "project"],
  enum_option: ["name", "enabled", "color"],
  time_tracking_entry: ["duration_minutes", "entered_on", "attributable_to", "created_by", "categories"],
  time_tracking_category: ["name", "color"],
  webhook: ["active", "resource", "target"],
};

/** Shown to nobody who does not ask for them. */
const ON_DEMAND = ["actual_time_minutes", "num_subtasks"];

interface Asked {
  readonly [name: string]: Asked;
}

/** `opt_fields` as a list, from `a,b.c`; undefined when it was not given. */
export function readOptFields(query: URLSearchParams): readonly string[] | undefined {
  return query
    .get("opt_fields")
    ?.split(",")
    .map((path) => path.trim());
}

export interface Showing {
  readonly asked: readonly string[] | undefined;
  /** Whether the asked fields come on top of the compact ones, or alone with gid and type: nobody knows for each endpoint. */
  readonly addsToCompact: boolean;
}

/** One resource by its own address: all of it when nothing was asked for. */
export function showWhole(resource: { readonly [name: string]: Json | undefined }, showing: Showing): Json {
  if (showing.asked !== undefined) return pick(resource, grow(showing.asked), showing.addsToCompact);
  const names = Object.keys(resource).filter((name) => !ON_DEMAND.includes(name));
  return pick(resource, grow(names), true);
}

/** A resource in a list. */
export function showCompact(resource: Json, { asked, addsToCompact }: Showing): Json {
  return pick(resource, grow(asked ?? []), addsToCompact);
}

function grow(paths: readonly string[]): Asked {
  const heads = Map.groupBy(paths, (path) => path.split(".")[0] ?? "");
  return Object.fromEntries(
    [...heads].map(([head, ofHead]) => [
      head,
      grow(ofHead.filter((path) => path !== head).map((path) => path.slice(head.length + 1))),
    ]),
  );
}

function pick(value: Json, asked: Asked, addsToCompact: boolean): Json {
  if (isList(value)) return value.map((each) => pick(each, asked, addsToCompact));
  if (value === null || typeof value !== "object") return value;
  const names = shownNames(value, asked, addsToCompact);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => names.includes(name))
      .map(([name, inner]) => [name, pick(inner ?? null, asked[name] ?? {}, addsToCompact)]),
  );
}

function shownNames(
  value: { readonly [name: string]: Json | undefined },
  asked: Asked,
  addsToCompact: boolean,
): string[] {
  const named = Object.keys(asked);
  const type = value.resource_type;
  if (typeof type !== "string") return named.length === 0 ? Object.keys(value) : named;
  const compact = named.length === 0 || addsToCompact ? (COMPACT[type] ?? []) : [];
  return ["gid", "resource_type", ...named, ...compact];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
