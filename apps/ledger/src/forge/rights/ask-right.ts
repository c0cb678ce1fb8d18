import type { Permission } from "./known-rights.ts";

/** Whether the caller has a right to a thing. */
export type AskRight = (
  permission: Permission,
  subject: { readonly issueId: string } | { readonly projectId: string } | "site",
) => Promise<boolean>;
