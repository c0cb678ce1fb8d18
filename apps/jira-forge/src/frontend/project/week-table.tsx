import { Box, DynamicTable, Heading, Stack, Text } from "@forge/react";
import { count } from "@stageledger/core/contract/figure-text";
import type { ReactElement } from "react";
import type { Report } from "../../state/project/project-state.ts";
import { useWords } from "../../words/words.ts";

/** Numbers of one week are not to be far from each other. */
const WIDTH = { maxWidth: "400px" };

/** The numbers of the chart of weeks: whoever does not see it reads them here. */
export function WeekTable({ weeks }: Pick<Report, "weeks">) {
  const { weeks: of } = useWords().project.charts;
  return (
    <Stack space="space.100">
      <Heading as="h4" size="xxsmall">
        {of.table}
      </Heading>
      <Box xcss={WIDTH}>
        <DynamicTable
          testId="weeks"
          label={of.table}
          head={{
            cells: [
              { key: "week", content: of.week },
              { key: "began", content: cell(of.began) },
              { key: "finished", content: cell(of.finished) },
            ],
          }}
          rows={weeks.map(({ week, arrivals, departures }) => ({
            key: week,
            cells: [
              { key: "week", content: of.weekOf(week) },
              { key: "began", content: cell(count(arrivals)) },
              { key: "finished", content: cell(count(departures)) },
            ],
          }))}
        />
      </Box>
    </Stack>
  );
}

function cell(text: string): ReactElement {
  return <Text align="end">{text}</Text>;
}
