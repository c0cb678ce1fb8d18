import type { AdminActions } from "../../state/admin/admin-actions.ts";
import type { ReadyAdmin } from "../../state/admin/admin-state.ts";

/** What each part of the page gets. */
export interface AdminPart {
  readonly state: ReadyAdmin;
  readonly actions: AdminActions;
}
