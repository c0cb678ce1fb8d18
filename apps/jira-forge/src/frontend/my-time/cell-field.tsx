import { Box, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import { minutesOf, readField } from "../../state/my-time/week-changes.ts";
import type { Cell } from "../../state/my-time/week-grid.ts";
import { useWords } from "../../words/words.ts";
import { DurationField } from "./duration-field.tsx";
import type { MyTimePart } from "./my-time-part.ts";

interface CellFieldProps extends MyTimePart {
  readonly cell: Cell;
  /** Whether another cell of the row has a remark. */
  readonly keepsLine: boolean;
}

/** A day of an issue: a field, or a sum whose entries are listed below. */
export function CellField({ cell, keepsLine, ...part }: CellFieldProps) {
  const { grid } = useWords().myTime;
  const { drafts } = part.state;
  const { field } = cell;
  if (field !== undefined) {
    const reading = readField(field, drafts.get(field.id));
    return <DurationField {...part} field={field} reading={reading} keepsLine={keepsLine} />;
  }
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
