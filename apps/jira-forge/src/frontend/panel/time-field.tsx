import { Button, ErrorMessage, HelperMessage, Inline, Label, LoadingButton, Stack, Textfield } from "@forge/react";
import { typedText } from "../../components/typed-text.ts";
import type { EntryDraft } from "../../state/entry-draft.ts";
import { readTime } from "../../state/time-text.ts";
import { sayRefusal } from "../../words/say-refusal.ts";
import { useWords } from "../../words/words.ts";

interface TimeFieldProps {
  readonly id: string;
  readonly label: string;
  readonly draft: EntryDraft;
  /** What the button says, and Enter does. */
  readonly submit: string;
  readonly isWorking: boolean;
  readonly takesFocus: boolean;
  readonly understood: (minutes: number) => string;
  readonly onType: (text: string) => void;
  /** One of the two readings of a bare number was pressed. */
  readonly onTake: (minutes: number) => void;
}

/** The field, the button, and under them what the text is taken for. Stands in a form, which hears Enter. */
export function TimeField(props: TimeFieldProps) {
  const { id, label, draft, submit, isWorking, takesFocus, onType, onTake } = props;
  const words = useWords();
  const { filling } = draft;
  const reading = readTime(draft.text);
  return (
    <Stack space="space.050">
      <Label labelFor={id}>{label}</Label>
      <Inline space="space.100" alignBlock="center">
        {/* Not disabled while it works: that would take the focus away, and whoever logs twice types on. */}
        <Textfield
          key={filling.number}
          id={id}
          testId={id}
          name={id}
          defaultValue={filling.text}
          placeholder={words.time.placeholder}
          autoFocus={takesFocus || filling.number > 0}
          isInvalid={draft.remark === "missing"}
          onChange={(event) => onType(typedText(event))}
        />
        <LoadingButton type="submit" appearance="primary" testId={`${id}-submit`} isLoading={isWorking}>
          {submit}
        </LoadingButton>
      </Inline>
      <Understood {...props} />
      {reading.kind === "two" ? (
        <Inline space="space.100">
          {reading.minutes.map((minutes) => (
            <Button key={minutes} spacing="compact" testId={`${id}-take-${minutes}`} onClick={() => onTake(minutes)}>
              {`${submit} ${words.time.take(minutes)}`}
            </Button>
          ))}
        </Inline>
      ) : null}
    </Stack>
  );
}

function Understood({ id, draft, understood }: TimeFieldProps) {
  const words = useWords();
  const reading = readTime(draft.text);
  const testId = `${id}-understood`;
  if (draft.remark === "new-day") return <ErrorMessage testId={testId}>{words.time.newDay}</ErrorMessage>;
  if (reading.kind === "minutes") return <HelperMessage testId={testId}>{understood(reading.minutes)}</HelperMessage>;
  if (reading.kind === "two")
    return <HelperMessage testId={testId}>{words.time.twoReadings(reading.amount)}</HelperMessage>;
  if (reading.kind === "nothing")
    return draft.remark === "missing" ? (
      <ErrorMessage testId={testId}>{words.time.missing}</ErrorMessage>
    ) : (
      <HelperMessage testId={testId}>{words.time.help}</HelperMessage>
    );
  // Half-typed text is no mistake yet: it is told in red when somebody presses Enter.
  const text = sayRefusal(reading.kind, words);
  return draft.remark === "missing" ? (
    <ErrorMessage testId={testId}>{text}</ErrorMessage>
  ) : (
    <HelperMessage testId={testId}>{text}</HelperMessage>
  );
}
