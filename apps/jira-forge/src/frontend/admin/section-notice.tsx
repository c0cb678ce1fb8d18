import { Box, Text } from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import type { ProjectNames, SiteNotice, SitePlace } from "../../state/admin/admin-state.ts";
import type { Words } from "../../words/english.ts";
import { sayProjectSource } from "../../words/say-project-source.ts";
import { useWords } from "../../words/words.ts";
import type { AdminPart } from "./admin-part.ts";

/** What came of the last press in a section. Always there, so that a screen reader says what appears in it. */
export function SectionNotice({ at, state }: Pick<AdminPart, "state"> & { readonly at: SitePlace }) {
  const words = useWords();
  const { notice } = state;
  return (
    <Box role="status" testId={`notice-${at}`}>
      {notice === undefined || notice.at !== at ? null : notice.kind === "failure" ? (
        <FailureNotice failure={notice.failure} isOfWork />
      ) : (
        <Text>{saying(notice, state.names, words)}</Text>
      )}
    </Box>
  );
}

type Told = Exclude<SiteNotice, { readonly kind: "failure" }>;

function saying(notice: Told, names: ProjectNames, words: Words): string {
  const { admin } = words;
  switch (notice.kind) {
    case "looked":
      return admin.looked;
    case "joined":
    case "renamed":
      return admin.projects[notice.kind](sayProjectSource(notice.source, names, words), notice.to);
    case "zone":
      return admin.zone.changed(notice.zone);
    case "worklogs":
      return notice.isOn ? admin.worklogs.on : admin.worklogs.off;
  }
}
