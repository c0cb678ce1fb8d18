import { Box, Heading, Icon, Inline, Pressable, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { Fragment } from "react";
import { QuietLink } from "../../components/quiet-link.tsx";
import { draftOf } from "../../state/entry-draft.ts";
import type { Words } from "../../words/english.ts";
import { sayActivity } from "../../words/say-activity.ts";
import { sayDay } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import { EditEntry } from "./edit-entry.tsx";
import type { PanelPart } from "./panel-part.ts";

const SHOWN_AT_FIRST = 5;

/** My own, the latest day first. There is no sum: an issue's time is not one person's, and not shown here. */
export function EntryList(panel: PanelPart) {
  const { state, actions } = panel;
  const words = useWords();
  const entries = latestFirst(state.item.entries);
  const shown = state.showsAllEntries ? entries : entries.slice(0, SHOWN_AT_FIRST);
  return (
    <Stack space="space.050">
      <Heading as="h3" size="xxsmall">
        {words.entries.title}
      </Heading>
      {entries.length === 0 ? (
        <Text size="small" color="color.text.subtlest" testId="no-entries">
          {words.entries.none}
        </Text>
      ) : (
        <Fragment key={orderOf(shown)}>
          {shown.map((entry) =>
            state.open?.kind === "edit" && state.open.entry.id === entry.id ? (
              <EditEntry key={entry.id} {...panel} entry={entry} draft={state.open.draft} />
            ) : (
              <EntryRow key={entry.id} {...panel} entry={entry} />
            ),
          )}
        </Fragment>
      )}
      {shown.length < entries.length ? (
        <Stack alignInline="start">
          <QuietLink testId="all-entries" onPress={actions.showAllEntries}>
            {words.entries.more(entries.length)}
          </QuietLink>
        </Stack>
      ) : null}
    </Stack>
  );
}

function EntryRow({ state, actions, entry }: PanelPart & { readonly entry: EntryAnswer }) {
  const words = useWords();
  const line = <EntryLine entry={entry} today={state.today} isMissing={state.mirror.missing.includes(entry.id)} />;
  const { minutes, date, canChange } = entry;
  return (
    <Box testId={`entry-${entry.id}`}>
      {canChange ? (
        <Pressable
          testId={`change-${entry.id}`}
          paddingBlock="space.050"
          backgroundColor="color.background.neutral.subtle"
          onClick={() => actions.unfold({ kind: "edit", entry, draft: draftOf(entry, state.today) })}
        >
          <Inline spread="space-between" alignBlock="center" space="space.100">
            {line}
            <Icon
              glyph="edit"
              size="small"
              label={words.entries.edit(durationText(minutes), sayDay(date, state.today, words))}
            />
          </Inline>
        </Pressable>
      ) : (
        <Box paddingBlock="space.050">{line}</Box>
      )}
    </Box>
  );
}

interface EntryLineProps {
  readonly entry: EntryAnswer;
  readonly today: string;
  /** In Jira, where it is marked as copied. */
  readonly isMissing: boolean;
}

function EntryLine({ entry, today, isMissing }: EntryLineProps) {
  const words = useWords();
  return (
    <Inline space="space.100" rowSpace="space.0" alignBlock="baseline" shouldWrap>
      <Text weight="medium">{durationText(entry.minutes)}</Text>
      <Text size="small" color="color.text.subtle">
        {aside(entry, isMissing, today, words)}
      </Text>
    </Inline>
  );
}

function aside(
  { date, stage, activity, isMirrored, canChange }: EntryAnswer,
  isMissing: boolean,
  today: string,
  words: Words,
): string {
  return [
    sayDay(date, today, words),
    ...(stage === null ? [] : [stage]),
    ...(activity === "other" ? [] : [sayActivity(activity, words)]),
    ...(isMirrored ? [isMissing ? words.mirror.missing : words.entries.mirrored] : []),
    ...(canChange ? [] : [words.entries.elsewhere]),
  ].join(" · ");
}

/** UI Kit puts a row that moves down one place too far: in another order they are other rows. */
function orderOf(entries: readonly EntryAnswer[]): string {
  return entries.map(({ id }) => id).join(" ");
}

/** When an entry was logged nobody is told: those of one day stand in an order that stays. */
function latestFirst(entries: readonly EntryAnswer[]): readonly EntryAnswer[] {
  return [...entries].sort((a, b) => b.date.localeCompare(a.date) || a.id.localeCompare(b.id));
}
