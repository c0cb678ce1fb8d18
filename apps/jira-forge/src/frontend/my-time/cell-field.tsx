import { Box, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import { minutesOf, readField } from "../../state/my-time/week-changes.ts";
import type { Cell } from "../../state/my-time/week-grid.ts";
import { useWords } from "../../words/words.ts";
import { DurationField } from "./duration-field.tsx";
import type { MyTimePart } from "./my-time-part.ts";

/** A day of an issue: a field, or a sum whose entries are listed below. */
export function CellField({ cell, ...part }: MyTimePart & { readonly cell: Cell }) {
  const { grid } = useWords().myTime;
  const { drafts } = part.state;
  if (cell.field !== undefined)
    return <DurationField {...part} field={cell.field} reading={readField(cell.field, drafts.get(cell.field.id))} />;
  if (cell.listed.length === 0) return <Box />;
  const [{ entry } = {}] = cell.listed;
  return (
    <Box testId={`sum-${entry?.itemKey}-${cell.date}`} paddingBlock="space.050">
      <Stack>
        <Text>{durationText(minutesOf(cell, drafts))}</Text>
        <Text size="small" color="color.text.subtlest">
          {grid.listed}
        </Text>
      </Stack>
    </Box>
  );
}
