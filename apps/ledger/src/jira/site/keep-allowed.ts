/**
 * What may be kept of a vendor's JSON: `"value"` for text, numbers, booleans and null, a list of one entry for arrays,
 * an object for objects with named members.
 */
type Allowed = "value" | readonly [Allowed] | AllowedMembers;

export interface AllowedMembers {
  readonly [name: string]: Allowed;
}

/**
 * A copy of an object with the allowed members only, all the way down. What is not of the allowed form is left out, so
 * that an object in the place of a text cannot carry people along.
 */
export function keepMembers(source: object, allowed: AllowedMembers): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(source)) {
    // Own members only: "toString" is a member of every change item, and of every object's prototype.
    const form = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    const keptValue = form === undefined ? undefined : keepForm(value, form);
    if (keptValue !== undefined) kept[name] = keptValue;
  }
  return kept;
}

function keepForm(value: unknown, form: Allowed): unknown {
  if (value === null) return null;
  if (form === "value") return typeof value === "object" ? undefined : value;
  if (isList(form)) {
    if (!Array.isArray(value)) return undefined;
    return value.map((entry: unknown) => keepForm(entry, form[0])).filter((entry) => entry !== undefined);
  }
  return typeof value === "object" && value !== null && !Array.isArray(value) ? keepMembers(value, form) : undefined;
}

function isList(form: readonly [Allowed] | AllowedMembers): form is readonly [Allowed] {
  return Array.isArray(form);
}
