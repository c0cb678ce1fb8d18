import { Box, Button, Form, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import type { EntryDraft } from "../../state/entry-draft.ts";
import { sayDay } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import { CopyEntry } from "./copy-entry.tsx";
import { Details } from "./details.tsx";
import type { PanelPart } from "./panel-part.ts";
import { TimeField } from "./time-field.tsx";
import { understood } from "./understood.ts";

interface EditEntryProps extends PanelPart {
  readonly entry: EntryAnswer;
  readonly draft: EntryDraft;
}

export function EditEntry({ state, actions, place, entry, draft }: EditEntryProps) {
  const words = useWords();
  const time = durationText(entry.minutes);
  return (
    <Box testId="edit" padding="space.100" backgroundColor="color.background.neutral">
      <Form onSubmit={() => void actions.edit()}>
        <Stack space="space.100">
          <TimeField
            id="edit-time"
            label={words.entries.edit(time, sayDay(entry.date, state.today, words))}
            draft={draft}
            submit={words.time.save}
            isWorking={state.busy === "edit"}
            takesFocus
            understood={(minutes) => understood(minutes, draft, state, words)}
            onType={(text) => actions.draft("edit", { text })}
            onTake={(minutes) => void actions.edit(minutes)}
          />
          <Details form="edit" draft={draft} state={state} actions={actions} hasRoom={place.hasRoom} hasStage />
          {entry.isClosed ? (
            <Text size="small" testId="closed-week">
              {words.entries.closed}
            </Text>
          ) : null}
          <CopyEntry state={state} actions={actions} place={place} entry={entry} />
          <Inline space="space.100" rowSpace="space.050" shouldWrap>
            <LoadingButton
              testId="remove"
              spacing="compact"
              isLoading={state.busy === "remove"}
              onClick={() => void actions.remove(entry)}
            >
              {words.entries.remove(time)}
            </LoadingButton>
            <Button testId="leave" appearance="subtle" spacing="compact" onClick={() => actions.unfold(undefined)}>
              {words.entries.keep}
            </Button>
          </Inline>
        </Stack>
      </Form>
    </Box>
  );
}
