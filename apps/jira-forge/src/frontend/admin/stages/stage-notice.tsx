import { Box, Button, Inline, Stack, Text } from "@forge/react";
import { FailureNotice } from "../../../components/failure-notice.tsx";
import type { StagePlace, StageNotice as Told } from "../../../state/admin/admin-state.ts";
import type { Words } from "../../../words/english.ts";
import { useWords } from "../../../words/words.ts";
import type { AdminPart } from "../admin-part.ts";
import { CODES_AT_THEIR_PLACE } from "./failure-at.tsx";

/** What came of the last press, and how to have it back. Always there, so that a screen reader says what appears in it. */
export function StageNotice({ at, state, actions }: AdminPart & { readonly at: StagePlace }) {
  const words = useWords();
  const { notice, versionBefore } = state;
  return (
    <Box role="status" testId={`notice-${at}`}>
      {notice === undefined || notice.at !== at ? null : notice.kind === "failure" ? (
        CODES_AT_THEIR_PLACE.has(notice.failure.code) ? null : (
          <FailureNotice failure={notice.failure} isOfWork />
        )
      ) : (
        <Stack space="space.050">
          <Inline space="space.100" rowSpace="space.050" alignBlock="center" shouldWrap>
            <Text>{saying(notice, words)}</Text>
            {notice.kind === "dropped" ? (
              <Button testId="restore" spacing="compact" onClick={() => actions.restoreStages(notice.draft)}>
                {words.admin.stages.restore(notice.changes)}
              </Button>
            ) : null}
            {notice.kind === "saved" && versionBefore !== undefined && versionBefore.version > 0 ? (
              <Button testId="put-version-back" spacing="compact" onClick={actions.putVersionBack}>
                {words.admin.stages.putVersionBack(versionBefore.version)}
              </Button>
            ) : null}
          </Inline>
          {notice.kind === "saved" ? <Text color="color.text.subtle">{words.admin.stages.holds}</Text> : null}
        </Stack>
      )}
    </Box>
  );
}

function saying(notice: Exclude<Told, { readonly kind: "failure" }>, { admin: { stages } }: Words): string {
  switch (notice.kind) {
    case "proposed":
      return stages.proposed(notice.statuses);
    case "nothing-proposed":
      return stages.nothingProposed;
    case "taken-back":
      return stages.takenBack;
    case "put-back":
      return stages.putBack(notice.version);
    case "dropped":
      return stages.dropped(notice.changes);
    case "saved":
      return stages.saved(notice.version);
    case "same":
      return stages.same(notice.version);
  }
}
