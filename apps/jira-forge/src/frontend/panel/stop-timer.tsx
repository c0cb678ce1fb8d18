import { Box, Button, Form, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import type { EntryDraft } from "../../state/entry-draft.ts";
import { useWords } from "../../words/words.ts";
import { Details } from "./details.tsx";
import type { PanelPart } from "./panel-part.ts";
import { TimeField } from "./time-field.tsx";
import { understoodNew } from "./understood.ts";

interface StopTimerProps extends PanelPart {
  readonly timer: TimerAnswer;
  /** It counts on another item, and is to begin here. */
  readonly startsHere: boolean;
  readonly draft: EntryDraft;
}

/** What the timer would log, to be put right before it does. */
export function StopTimer({ state, actions, place, timer, startsHere, draft }: StopTimerProps) {
  const words = useWords();
  const isHere = timer.itemId === state.item.itemId;
  const time = durationText(timer.proposedMinutes);
  return (
    <Box testId="stop" padding="space.100" backgroundColor="color.background.neutral">
      <Form onSubmit={() => void actions.logTimer()}>
        <Stack space="space.100">
          {startsHere ? <Text testId="stop-question">{words.timer.question(timer.itemKey)}</Text> : null}
          <TimeField
            id="stop-time"
            label={timer.isCapped ? words.timer.cappedQuestion(timer.itemKey) : words.timer.stopTitle(timer.itemKey)}
            draft={draft}
            submit={startsHere ? words.timer.logAndStart : words.timer.stopAndLog}
            isWorking={state.busy === "stop"}
            takesFocus
            understood={(minutes) => {
              const text = understoodNew(minutes, draft, isHere ? state : withoutStage(state), words);
              return startsHere ? words.timer.understood(text, timer.itemKey) : text;
            }}
            onType={(text) => actions.draft("stop", { text })}
            onTake={(minutes) => void actions.logTimer(minutes)}
          />
          <Details
            form="stop"
            draft={draft}
            state={state}
            actions={actions}
            hasRoom={place.hasRoom}
            hasStage={isHere}
          />
          <Inline space="space.100" rowSpace="space.100" shouldWrap>
            {startsHere ? (
              <LoadingButton
                testId="start-instead"
                spacing="compact"
                isLoading={state.busy === "start-instead"}
                onClick={() => void actions.startInstead()}
              >
                {words.timer.letGoAndStart(time)}
              </LoadingButton>
            ) : null}
            <Button testId="not-yet" appearance="subtle" spacing="compact" onClick={() => actions.unfold(undefined)}>
              {startsHere ? words.timer.leave(timer.itemKey) : words.timer.back}
            </Button>
          </Inline>
        </Stack>
      </Form>
    </Box>
  );
}

/** In which stage another item is, nobody knows here: its history tells. */
function withoutStage(state: PanelPart["state"]): PanelPart["state"] {
  return { ...state, item: { ...state.item, proposedStage: null } };
}
