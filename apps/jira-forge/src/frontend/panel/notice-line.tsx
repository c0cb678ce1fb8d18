import { Box, Inline, LoadingButton, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import { FailureNotice } from "../../components/failure-notice.tsx";
import type { Notice } from "../../state/panel-state.ts";
import type { Words } from "../../words/english.ts";
import { sayDay } from "../../words/say-day.ts";
import { sayRoadblockKind } from "../../words/say-roadblock-kind.ts";
import { useWords } from "../../words/words.ts";
import type { PanelPart } from "./panel-part.ts";

/** What came of the last press. Always there, so that a screen reader says what appears in it. */
export function NoticeLine({ state, actions }: PanelPart) {
  const words = useWords();
  const { notice, busy, item, today } = state;
  return (
    <Box role="status" testId="notice">
      {notice === undefined ? null : notice.kind === "failure" ? (
        <FailureNotice failure={notice.failure} isOfWork />
      ) : (
        <Inline space="space.100" alignBlock="center" spread="space-between" shouldWrap>
          <Text>{saying(notice, item.itemId, today, words)}</Text>
          {"revision" in notice ? (
            <LoadingButton
              testId="undo"
              appearance="subtle"
              spacing="compact"
              isLoading={busy === "undo"}
              onClick={() => void actions.undo(notice.entry, notice.revision)}
            >
              {words.notices.undo[notice.kind]}
            </LoadingButton>
          ) : null}
        </Inline>
      )}
    </Box>
  );
}

function saying(
  notice: Exclude<Notice, { readonly kind: "failure" }>,
  itemId: string,
  today: string,
  words: Words,
): string {
  const { notices } = words;
  switch (notice.kind) {
    case "logged":
    case "changed":
    case "removed": {
      const { minutes, date, itemKey } = notice.entry;
      const [time, day] = [durationText(minutes), sayDay(date, today, words)];
      const isElsewhere = notice.entry.itemId !== itemId;
      return isElsewhere ? notices.loggedOn(time, day, itemKey) : notices[notice.kind](time, day);
    }
    case "undone":
      return notices.undone;
    case "timer-let-go":
      return notices.timerLetGo(durationText(notice.timer.proposedMinutes), notice.timer.itemKey);
    case "raised":
      return notices.raised(sayRoadblockKind(notice.roadblock.kind, words), notice.roadblock.stage);
    case "resolved":
      return notices.resolved(sayRoadblockKind(notice.roadblock.kind, words));
  }
}
