import type { StageEditing } from "../../../state/admin/admin-state.ts";
import type { AdminPart } from "../admin-part.ts";

/** What each part of the stages' form gets. */
export type StageFormPart = AdminPart & { readonly editing: StageEditing };
