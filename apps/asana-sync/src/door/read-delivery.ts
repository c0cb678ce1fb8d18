/** Pure: a delivery's bytes, whose sender is proved, into what is kept of it. */
import { hash } from "node:crypto";
import type { BellFields } from "@stageledger/db";
import { z } from "zod";
import { eventSchema } from "../asana/schemas.ts";
import { bellFields } from "./bell-fields.ts";

export interface Delivery {
  /** In the order of the events. None in a heartbeat. */
  readonly bells: readonly BellFields[];
  /** Undefined when all of it was read. Else hash and size of the bytes, and where the first fault lies. */
  readonly unreadable: BellFields | undefined;
}

/** Nothing that could be somebody's words or address goes through, nor what a database refuses, which would refuse the whole insert. */
const id = z.string().regex(/^[\w-]{1,64}$/u);
const kind = z.string().regex(/^[a-z_]{1,64}$/u);

const storableEventSchema = eventSchema.extend({
  action: kind,
  resource: z.object({ gid: id, resource_type: kind, resource_subtype: kind.nullish().catch(undefined) }),
  parent: z.object({ gid: id, resource_type: kind.nullish() }).nullish(),
  created_at: eventSchema.shape.created_at.catch(undefined),
});

const deliverySchema = z.object({ events: z.array(z.unknown()) });

/** One event that cannot be read keeps no other from ringing. */
export function readDelivery(bytes: Buffer): Delivery {
  const delivery = deliverySchema.safeParse(jsonOrUndefined(bytes));
  if (!delivery.success) return { bells: [], unreadable: unreadable(bytes, delivery.error) };
  const bells: BellFields[] = [];
  let fault: BellFields | undefined;
  for (const [place, event] of delivery.data.events.entries()) {
    const parsed = storableEventSchema.safeParse(event);
    if (!parsed.success) fault ??= unreadable(bytes, parsed.error, ["events", place]);
    const fields = parsed.success ? bellFields(parsed.data) : undefined;
    if (fields !== undefined) bells.push(fields);
  }
  return { bells, unreadable: fault };
}

function jsonOrUndefined(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The path names members that we know, and places in lists: nothing that the sender chose. */
function unreadable(bytes: Uint8Array, error: z.ZodError, before: readonly PropertyKey[] = []): BellFields {
  const path = [...before, ...(error.issues[0]?.path ?? [])].join(".");
  return { what: "unreadable", sha256: hash("sha256", bytes), bytes: bytes.length, path };
}
