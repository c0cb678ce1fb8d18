import type { z } from "zod";
import { jsonOrUndefined } from "./json-or-undefined.ts";

export type ParsedAnswer<T> =
  | { readonly kind: "answer"; readonly answer: T }
  | { readonly kind: "no-json" }
  /** Where it does not fit, such as "issues.3.id", and why. Nothing of the answer itself is in it. */
  | { readonly kind: "misfit"; readonly path: string; readonly why: string };

export function parseAnswer<T>(text: string, schema: z.ZodType<T>): ParsedAnswer<T> {
  const json = jsonOrUndefined(text);
  if (json === undefined) return { kind: "no-json" };
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: "answer", answer: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue === undefined || issue.path.length === 0 ? "the answer" : issue.path.map(String).join(".");
  return { kind: "misfit", path, why: issue?.message ?? "unreadable" };
}
