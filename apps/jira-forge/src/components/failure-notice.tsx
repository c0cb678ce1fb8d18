import { Button, SectionMessage, Stack, Text } from "@forge/react";
import type { Failure } from "../ledger/failure.ts";
import { useWords } from "../words/words.ts";

interface FailureNoticeProps {
  readonly failure: Failure;
  /** Undefined where trying again is pressing the same as before. */
  readonly onTryAgain?: () => void;
  /** Whether something was to be done, and not only to be shown. */
  readonly isOfWork?: boolean;
}

/** Nothing went wrong: it is only not there, or not for this person. */
const NOT_YET: ReadonlySet<string> = new Set([
  "INSTALLATION_UNKNOWN",
  "ITEM_UNKNOWN",
  "PROJECT_UNKNOWN",
  "LEDGER_EMPTY",
  "RIGHTS_MISSING",
]);

/** What went wrong, what to do next, and the code that others can look up. */
export function FailureNotice({ failure, onTryAgain, isOfWork = false }: FailureNoticeProps) {
  const words = useWords();
  const { code, detail, next } = failure;
  const known = words.failures.byCode[code];
  const { title, text } = known ?? {
    title: detail ?? words.failures.unknown.title,
    text: next ?? words.failures.unknown.text,
  };
  const appearance = NOT_YET.has(code) ? "information" : onTryAgain === undefined ? "warning" : "error";
  return (
    <SectionMessage appearance={appearance} title={title} testId="failure">
      <Stack space="space.100" alignInline="start">
        <Text testId="failure-text">{text}</Text>
        {isOfWork && !failure.isCertain ? <Text testId="unsure">{words.failures.unsure}</Text> : null}
        <Text size="small" color="color.text.subtlest" testId="failure-code">
          {words.codeOf(code)}
        </Text>
        {onTryAgain === undefined ? null : (
          <Button testId="try-again" onClick={onTryAgain}>
            {words.tryAgain}
          </Button>
        )}
      </Stack>
    </SectionMessage>
  );
}
