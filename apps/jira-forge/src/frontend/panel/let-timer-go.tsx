import { Button, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import { useWords } from "../../words/words.ts";
import type { PanelPart } from "./panel-part.ts";

/** Asked once more: this cannot be undone. */
export function LetTimerGo({ state, actions, timer }: PanelPart & { readonly timer: TimerAnswer }) {
  const words = useWords();
  const time = durationText(timer.proposedMinutes);
  return (
    <Stack space="space.100">
      <Text testId="let-go-question">{words.timer.letGoQuestion(time, timer.itemKey)}</Text>
      <Inline space="space.100" rowSpace="space.100" shouldWrap>
        <LoadingButton
          testId="let-go"
          appearance="danger"
          spacing="compact"
          isLoading={state.busy === "let-go"}
          onClick={() => void actions.letTimerGo(timer)}
        >
          {words.timer.letGoSurely(time)}
        </LoadingButton>
        <Button testId="keep-timer" appearance="subtle" spacing="compact" onClick={() => actions.unfold(undefined)}>
          {words.timer.keep}
        </Button>
      </Inline>
    </Stack>
  );
}
