import { Box, Heading, Inline, Link, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { linkOf } from "../../state/my-time/entry-link.ts";
import { readField } from "../../state/my-time/week-changes.ts";
import { daysOf, type Listed, type Row } from "../../state/my-time/week-grid.ts";
import type { Words } from "../../words/english.ts";
import { sayActivity } from "../../words/say-activity.ts";
import { sayDay } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import { DurationField } from "./duration-field.tsx";
import type { MyTimePart } from "./my-time-part.ts";
import { sayItem } from "./say-cell.ts";

/** Entries that have no cell for themselves, under their day: to be changed here, or where they come from. */
export function ListedEntries({ rows, ...part }: MyTimePart & { readonly rows: readonly Row[] }) {
  const words = useWords();
  const { listed: say } = words.myTime;
  const days = daysOf(part.state.week).map((date, i) => ({
    date,
    lines: rows.flatMap((row) => (row.cells[i]?.listed ?? []).map((one) => ({ row, one }))),
  }));
  if (days.every(({ lines }) => lines.length === 0)) return null;
  return (
    <Box testId="listed">
      <Stack space="space.100">
        <Heading as="h3" size="xsmall">
          {say.title}
        </Heading>
        <Text size="small" color="color.text.subtle">
          {say.about}
        </Text>
        {days
          .filter(({ lines }) => lines.length > 0)
          .map(({ date, lines }) => (
            <Stack key={date} space="space.050">
              <Text size="small" weight="semibold">
                {sayDay(date, part.state.today, words)}
              </Text>
              {lines.map(({ row, one }) => (
                <ListedLine key={one.entry?.id ?? one.field?.id} {...part} row={row} listed={one} />
              ))}
            </Stack>
          ))}
      </Stack>
    </Box>
  );
}

interface ListedLineProps extends MyTimePart {
  readonly row: Row;
  readonly listed: Listed;
}

function ListedLine({ row, listed, ...part }: ListedLineProps) {
  const words = useWords();
  const { entry, field } = listed;
  return (
    <Box testId={entry === undefined ? `begun-${field?.itemKey}` : `listed-${entry.id}`}>
      <Inline space="space.150" rowSpace="space.050" alignBlock="center" shouldWrap>
        <Box xcss={{ width: "110px" }}>
          {field === undefined ? (
            <Text>{durationText(entry?.minutes ?? 0)}</Text>
          ) : (
            <DurationField {...part} field={field} reading={readField(field, part.state.drafts.get(field.id))} />
          )}
        </Box>
        <Text>{sayItem(row, words)}</Text>
        <Text size="small" color="color.text.subtle">
          {aside(entry, words)}
        </Text>
        {entry === undefined || entry.canChange ? null : <Elsewhere entry={entry} />}
      </Inline>
    </Box>
  );
}

function Elsewhere({ entry }: { readonly entry: EntryAnswer }) {
  const { listed: say } = useWords().myTime;
  const link = entry.origin === "file" ? undefined : linkOf(entry);
  return (
    <Text size="small" color="color.text.subtle">
      {link === undefined || (entry.origin === "ledger" && link.tool === "jira") ? (
        entry.origin === "file" ? (
          say.inFile
        ) : (
          say.elsewhere
        )
      ) : (
        <Link href={link.href} openNewTab>
          {link.tool === "asana" ? say.inAsana : say.inJira}
        </Link>
      )}
    </Text>
  );
}

function aside(entry: EntryAnswer | undefined, words: Words): string {
  const { listed: say } = words.myTime;
  if (entry === undefined) return say.newEntry;
  const origins = { ledger: undefined, jira: say.jiraLog, asana: say.asana, file: say.file };
  const origin = origins[entry.origin];
  return [
    ...(entry.stage === null ? [] : [entry.stage]),
    sayActivity(entry.activity, words),
    ...(entry.isMirrored ? [words.entries.mirrored] : []),
    ...(origin === undefined ? [] : [origin]),
  ].join(" · ");
}
