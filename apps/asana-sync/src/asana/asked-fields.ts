/** What Asana is asked to send: the fields of our schemas, so that the rest need not travel only to be dropped. */
import { z } from "zod";

/** They come unasked with every resource. */
const UNASKED: ReadonlySet<string> = new Set(["gid", "resource_type"]);

/** The value of opt_fields for a schema: `completed,memberships.section.name,parent`. */
export function askedFields(schema: z.core.$ZodType): string {
  return pathsOf(schema).join(",");
}

function pathsOf(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return pathsOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return pathsOf(schema.element);
  if (!(schema instanceof z.ZodObject)) return [];
  const members: readonly (readonly [string, z.core.$ZodType])[] = Object.entries(schema.shape);
  return members
    .filter(([name]) => !UNASKED.has(name))
    .flatMap(([name, member]) => {
      const inner = pathsOf(member);
      return inner.length === 0 ? [name] : inner.map((path) => `${name}.${path}`);
    });
}
