import { Box, DynamicTable, Link, Stack, Strong, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import { linkOf } from "../../state/my-time/entry-link.ts";
import { minutesOf, readField } from "../../state/my-time/week-changes.ts";
import { daysOf, type Row } from "../../state/my-time/week-grid.ts";
import { sayDayOfMonth, sayWeekday } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import { CellField } from "./cell-field.tsx";
import type { MyTimePart } from "./my-time-part.ts";
import { sayItem } from "./say-cell.ts";

/** Narrower than that it is moved sideways. */
const LEAST_WIDTH = "920px";
const ITEM_PERCENT = 22;
const DAY_PERCENT = 9.5;
const SUM_PERCENT = 11.5;

interface WeekGridProps extends MyTimePart {
  /** All of the week. */
  readonly rows: readonly Row[];
  readonly shown: readonly Row[];
}

/** Rows are issues, columns days. Sums are of all of them, as they would be once saved. */
export function WeekGrid({ rows, shown, ...part }: WeekGridProps) {
  const words = useWords();
  const { grid, week: say } = words.myTime;
  const { week, today, drafts, titles } = part.state;
  const days = daysOf(week);
  const minutesAt = (row: Row, day: number): number => {
    const cell = row.cells[day];
    return cell === undefined ? 0 : minutesOf(cell, drafts);
  };
  const isChanged = ({ cells }: Row): boolean =>
    cells.some(({ field }) => field !== undefined && readField(field, drafts.get(field.id)).kind !== "same");
  const sumOf = (row: Row): number => days.reduce((sum, _, day) => sum + minutesAt(row, day), 0);
  const sumAt = (day: number): number => rows.reduce((sum, row) => sum + minutesAt(row, day), 0);
  const head = [
    { key: "item", content: <Box>{grid.item}</Box>, width: ITEM_PERCENT },
    ...days.map((date) => ({
      key: date,
      width: DAY_PERCENT,
      content: (
        <Box testId={`head-${date}`}>
          <Stack>
            <Text size="small" weight="semibold">
              {sayWeekday(date, words)}
            </Text>
            <Text size="small" color="color.text.subtlest">
              {date === today ? grid.today : sayDayOfMonth(date, words)}
            </Text>
          </Stack>
        </Box>
      ),
    })),
    { key: "total", content: <Box>{grid.total}</Box>, width: SUM_PERCENT },
  ];
  const itemRows = shown.map((row) => ({
    key: row.itemId,
    cells: [
      {
        key: "item",
        content: (
          <Box>
            <ItemCell row={row} title={titles.get(row.itemId)} />
          </Box>
        ),
      },
      ...row.cells.map((cell) => ({
        key: cell.date,
        content: (
          <Box>
            <CellField {...part} cell={cell} keepsLine={isChanged(row)} />
          </Box>
        ),
      })),
      {
        key: "total",
        content: (
          <Box>
            <Sum minutes={sumOf(row)} testId={`row-sum-${row.itemKey}`} />
          </Box>
        ),
      },
    ],
  }));
  const total = rows.reduce((sum, row) => sum + sumOf(row), 0);
  const sums = {
    key: "sums",
    cells: [
      {
        key: "item",
        content: (
          <Box>
            <Strong>{grid.allDays}</Strong>
          </Box>
        ),
      },
      ...days.map((date, day) => ({
        key: date,
        content: (
          <Box>
            <Sum minutes={sumAt(day)} testId={`day-sum-${date}`} />
          </Box>
        ),
      })),
      {
        key: "total",
        content: (
          <Box>
            <Sum minutes={total} testId="week-sum" isStrong />
          </Box>
        ),
      },
    ],
  };
  return (
    <Box testId="week-grid" xcss={{ width: "100%", overflowX: "auto" }}>
      <Box xcss={{ minWidth: LEAST_WIDTH }}>
        <DynamicTable
          label={`${grid.label} · ${say.sum(durationText(total))}`}
          head={{ cells: head }}
          rows={[...itemRows, sums]}
          isFixedSize
        />
      </Box>
    </Box>
  );
}

/** The key, and what Jira calls the issue, read from there each time. */
function ItemCell({ row, title }: { readonly row: Row; readonly title: string | undefined }) {
  const name = sayItem(row, useWords());
  const link = linkOf(row);
  return (
    <Box testId={`row-${row.itemKey}`}>
      <Stack>
        <Text weight="medium">{link === undefined ? name : <Link href={link.href}>{name}</Link>}</Text>
        {title === undefined ? null : (
          <Text size="small" color="color.text.subtle" maxLines={2}>
            {title}
          </Text>
        )}
      </Stack>
    </Box>
  );
}

interface SumProps {
  readonly minutes: number;
  readonly testId: string;
  readonly isStrong?: boolean;
}

function Sum({ minutes, testId, isStrong = false }: SumProps) {
  return (
    <Box testId={testId}>
      <Text weight={isStrong ? "bold" : "regular"}>{minutes === 0 ? "–" : durationText(minutes)}</Text>
    </Box>
  );
}
