import { Box, Button, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { pendingOf } from "../../state/my-time/week-changes.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";

/** Asked before another week takes the place of something typed. */
export function LeaveQuestion({ state, actions }: MyTimePart) {
  const { leave } = useWords().myTime;
  const { busy } = state;
  const count = pendingOf(state).length;
  return (
    <Box testId="leave-question" padding="space.150" backgroundColor="color.background.neutral">
      <Stack space="space.100">
        <Text>{count === 0 ? leave.unsure : leave.question(count)}</Text>
        <Inline space="space.100" rowSpace="space.100" shouldWrap>
          <LoadingButton
            testId="save-and-go"
            appearance="primary"
            spacing="compact"
            autoFocus
            isLoading={busy === "save-and-go"}
            onClick={() => void actions.saveAndGo()}
          >
            {leave.save}
          </LoadingButton>
          <LoadingButton
            testId="discard-and-go"
            spacing="compact"
            isLoading={busy === "discard-and-go"}
            onClick={() => void actions.discardAndGo()}
          >
            {count === 0 ? leave.discardUnsure : leave.discard(count)}
          </LoadingButton>
          <Button testId="stay" appearance="subtle" spacing="compact" onClick={actions.stay}>
            {leave.stay}
          </Button>
        </Inline>
      </Stack>
    </Box>
  );
}
