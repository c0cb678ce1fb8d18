import { Button, Inline, LoadingButton, SectionMessage, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import { OWN_CODES } from "../../ledger/failure.ts";
import type { FailedCopy } from "../../mirror/mirror-state.ts";
import { sayDay } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";

interface FailedCopyNoticeProps {
  readonly failed: FailedCopy;
  readonly today: string;
  readonly isWorking: boolean;
  readonly onTryAgain: () => void;
  readonly onLeave: () => void;
}

/** The ledger has it: only Jira does not. */
export function FailedCopyNotice({ failed, today, isWorking, onTryAgain, onLeave }: FailedCopyNoticeProps) {
  const words = useWords();
  const { mirror } = words;
  const { entry, wish, failure } = failed;
  const { title, text } = mirror.failed[wish];
  const isRefused = failure.code === OWN_CODES.copyRefused;
  const reason = failure.detail === undefined ? mirror.refused : mirror.jiraSays(failure.detail);
  return (
    <SectionMessage appearance="information" title={title} testId={`failed-copy-${entry.id}`}>
      <Stack space="space.100" alignInline="start">
        <Text>{`${mirror.of(durationText(entry.minutes), sayDay(entry.date, today, words))} ${text}`}</Text>
        <Text testId="copy-reason">{isRefused ? reason : mirror.unreached}</Text>
        <Text size="small" color="color.text.subtlest">
          {words.codeOf(failure.code)}
        </Text>
        <Inline space="space.100" rowSpace="space.050" shouldWrap>
          <LoadingButton testId={`copy-again-${entry.id}`} spacing="compact" isLoading={isWorking} onClick={onTryAgain}>
            {mirror.tryAgain}
          </LoadingButton>
          <Button testId={`leave-copy-${entry.id}`} appearance="subtle" spacing="compact" onClick={onLeave}>
            {mirror.leave}
          </Button>
        </Inline>
      </Stack>
    </SectionMessage>
  );
}
