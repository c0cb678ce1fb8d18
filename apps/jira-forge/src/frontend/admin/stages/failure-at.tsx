import { FailureNotice } from "../../../components/failure-notice.tsx";
import type { AdminPart } from "../admin-part.ts";

/** Where in the form a refusal of the ledger belongs. */
const CODES = {
  kinds: ["STAGES_UNREADABLE"],
  commitment: ["STAGES_NO_COMMITMENT"],
  statuses: ["STAGES_STATUS_TWICE", "STAGES_UNKNOWN_STATUS"],
} as const;

export const CODES_AT_THEIR_PLACE: ReadonlySet<string> = new Set(Object.values(CODES).flat());

/** What the ledger refused there; nothing where it refused nothing there. */
export function FailureAt({
  place,
  state: { notice },
}: Pick<AdminPart, "state"> & { readonly place: keyof typeof CODES }) {
  if (notice?.at !== "stages" || notice.kind !== "failure") return null;
  const codes: readonly string[] = CODES[place];
  return codes.includes(notice.failure.code) ? <FailureNotice failure={notice.failure} isOfWork /> : null;
}
