import { z } from "zod";

const typed = z.object({ target: z.object({ value: z.string() }) });

/** What stands in a field after a change; the bridge hands on a copy of the event, in no type that could be trusted. */
export function typedText(event: unknown): string {
  return typed.safeParse(event).data?.target.value ?? "";
}
