import { Box, LoadingButton, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { Leftover } from "../../mirror/mirror-state.ts";
import { sayDay } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import { FailedCopyNotice } from "../mirror/failed-copy-notice.tsx";
import type { PanelPart } from "./panel-part.ts";

/** What Jira did not take, and what is left there. */
export function CopyNotices(panel: PanelPart) {
  const { state, actions } = panel;
  const { failed, leftovers } = state.mirror;
  if (failed.length === 0 && leftovers.length === 0) return null;
  return (
    <Box role="status" testId="copy-notices">
      <Stack space="space.100">
        {failed.map((one) => (
          <FailedCopyNotice
            key={one.entry.id}
            failed={one}
            today={state.today}
            isWorking={state.busy === `copy ${one.entry.id}`}
            onTryAgain={() => void actions.tryCopyAgain(one.entry.id)}
            onLeave={() => actions.leaveCopy(one.entry.id)}
          />
        ))}
        {leftovers.map((leftover) => (
          <LeftoverLine key={leftover.worklogId} {...panel} leftover={leftover} />
        ))}
      </Stack>
    </Box>
  );
}

function LeftoverLine({ state, actions, leftover }: PanelPart & { readonly leftover: Leftover }) {
  const words = useWords();
  const { worklogId, minutes, date } = leftover;
  const [time, day] = [durationText(minutes), sayDay(date, state.today, words)];
  return (
    <Stack space="space.050" alignInline="start" testId={`leftover-${worklogId}`}>
      <Text>{words.mirror.leftover(time, day)}</Text>
      <LoadingButton
        testId={`remove-leftover-${worklogId}`}
        spacing="compact"
        isLoading={state.busy === `leftover ${worklogId}`}
        onClick={() => void actions.removeLeftover(leftover)}
      >
        {words.mirror.removeLeftover(time, day)}
      </LoadingButton>
    </Stack>
  );
}
