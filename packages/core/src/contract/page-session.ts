/** Who somebody is to the page who has signed in: a role in a tenant, and no name. */
import { z } from "zod";

export const pageSession = z.strictObject({
  schema: z.literal(1),
  tenant: z.string(),
  isDemo: z.boolean(),
  role: z.enum(["member", "steward", "admin"]),
  /** Then they have to sign in again; an instant. */
  endsAt: z.string(),
  /** Goes with every call that changes something, in the header x-stageledger-write. */
  writeToken: z.string(),
});

export type PageSession = z.input<typeof pageSession>;
