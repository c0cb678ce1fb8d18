import { Button, Heading, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import type { Words } from "../../words/english.ts";
import { sayTime } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import { LetTimerGo } from "./let-timer-go.tsx";
import type { PanelPart } from "./panel-part.ts";
import { StopTimer } from "./stop-timer.tsx";

const MINUTE_SECONDS = 60;

/** The timer runs in the ledger. Here stands since when, and how long it was when somebody last looked. */
export function TimerLine(panel: PanelPart) {
  const { state, actions, place } = panel;
  const words = useWords();
  const { timer, now } = state.timer;
  if (timer === null)
    return (
      <Stack alignInline="start">
        <LoadingButton
          testId="timer-start"
          spacing="compact"
          isLoading={state.busy === "start"}
          onClick={() => void actions.startTimer()}
        >
          {words.timer.start}
        </LoadingButton>
      </Stack>
    );
  const { open } = state;
  return (
    <Stack space="space.050">
      <Heading as="h3" size="xxsmall">
        {words.timer.title}
      </Heading>
      <Text testId="timer">
        {counted(
          timer,
          now,
          place.zone,
          words,
          timer.itemId === state.item.itemId ? "" : words.timer.on(timer.itemKey),
        )}
      </Text>
      {open?.kind === "stop" ? (
        <StopTimer {...panel} timer={open.timer} startsHere={open.startsHere} draft={open.draft} />
      ) : open?.kind === "let-go" ? (
        <LetTimerGo {...panel} timer={open.timer} />
      ) : (
        <TimerButtons {...panel} timer={timer} />
      )}
    </Stack>
  );
}

function TimerButtons({ state, actions, timer }: PanelPart & { readonly timer: TimerAnswer }) {
  const words = useWords();
  const { busy, item } = state;
  const isHere = timer.itemId === item.itemId;
  const time = durationText(timer.proposedMinutes);
  return (
    <Inline space="space.100" rowSpace="space.100" shouldWrap>
      <LoadingButton
        testId="timer-stop"
        spacing="compact"
        isLoading={busy === "open-stop"}
        onClick={() => void actions.openStop()}
      >
        {words.timer.stop}
      </LoadingButton>
      {timer.isRunning && !timer.isCapped ? (
        <>
          <LoadingButton
            testId="timer-pause"
            spacing="compact"
            isLoading={busy === "pause"}
            onClick={() => void actions.pauseTimer()}
          >
            {words.timer.pause}
          </LoadingButton>
          <LoadingButton
            testId="timer-look"
            appearance="subtle"
            spacing="compact"
            isLoading={busy === "look"}
            onClick={() => void actions.countAgain()}
          >
            {words.timer.look}
          </LoadingButton>
        </>
      ) : null}
      {isHere && timer.isRunning ? null : (
        <LoadingButton
          testId="timer-start"
          spacing="compact"
          isLoading={busy === "start"}
          onClick={() => void actions.startTimer()}
        >
          {isHere ? words.timer.goOn : words.timer.startHere}
        </LoadingButton>
      )}
      <Button
        testId="timer-let-go"
        appearance="subtle"
        spacing="compact"
        onClick={() => actions.unfold({ kind: "let-go", timer })}
      >
        {words.timer.letGo(time)}
      </Button>
    </Inline>
  );
}

function counted(timer: TimerAnswer, now: number, zone: string | undefined, words: Words, on: string): string {
  const time = durationText(Math.floor(timer.elapsedSeconds / MINUTE_SECONDS));
  if (timer.isCapped) return words.timer.capped(on, time);
  if (!timer.isRunning) return words.timer.paused(on, time);
  return words.timer.running(on, sayTime(timer.startedAt, now, zone, words), time, sayTime(now, now, zone, words));
}
