import { Box, Text } from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import type { Notice, Section } from "../../state/admin/admin-state.ts";
import type { Words } from "../../words/english.ts";
import { useWords } from "../../words/words.ts";
import type { AdminPart } from "./admin-part.ts";

/** What came of the last press in a section. Always there, so that a screen reader says what appears in it. */
export function SectionNotice({ at, state }: Pick<AdminPart, "state"> & { readonly at: Exclude<Section, "stages"> }) {
  const words = useWords();
  const { notice } = state;
  return (
    <Box role="status" testId={`notice-${at}`}>
      {notice === undefined || notice.at !== at ? null : notice.kind === "failure" ? (
        <FailureNotice failure={notice.failure} isOfWork />
      ) : (
        <Text>{saying(notice, words)}</Text>
      )}
    </Box>
  );
}

type Told = Exclude<Notice, { readonly kind: "failure" } | { readonly at: "stages" }>;

function saying(notice: Told, { admin }: Words): string {
  switch (notice.kind) {
    case "looked":
      return admin.looked;
    case "joined":
    case "renamed":
      return admin.projects[notice.kind](notice.from, notice.to);
    case "zone":
      return admin.zone.changed(notice.zone);
    case "worklogs":
      return notice.isOn ? admin.worklogs.on : admin.worklogs.off;
  }
}
