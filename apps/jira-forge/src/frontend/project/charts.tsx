import { BarChart, Box, Heading, Inline, Stack, Text } from "@forge/react";
import { stageLines } from "../../state/project/stage-lines.ts";
import { useWords } from "../../words/words.ts";
import { type ChartCard, chartCards } from "./chart-cards.ts";
import type { ProjectPart } from "./project-part.ts";
import { WeekTable } from "./week-table.tsx";

/** Two beside each other, one where there is no room. */
const CARD = { width: "48%", minWidth: "280px" };
const HEIGHT_PIXELS = 240;

/** Small, equal, each with what it says. The numbers stand in the tables. */
export function Charts({ state: { report } }: ProjectPart) {
  const { project: of } = useWords();
  return (
    <Stack space="space.200">
      <Heading as="h3" size="small">
        {of.charts.title}
      </Heading>
      <Inline space="space.200" rowSpace="space.300" spread="space-between" shouldWrap>
        {chartCards(report, stageLines(report), of).map((card) => (
          <Card key={card.testId} {...card} />
        ))}
      </Inline>
      <WeekTable weeks={report.weeks} />
    </Stack>
  );
}

function Card({ testId, title, bars, says }: ChartCard) {
  return (
    <Box testId={testId} xcss={CARD}>
      <Stack space="space.100">
        {bars === undefined ? (
          <Heading as="h4" size="xxsmall">
            {title}
          </Heading>
        ) : (
          <BarChart
            title={title}
            height={HEIGHT_PIXELS}
            data={bars.map(({ name, isNamed, value }) => ({ name: isNamed ? `${name} ▲` : name, value }))}
            xAccessor="name"
            yAccessor="value"
            hideMenu
          />
        )}
        <Text size="small" color="color.text.subtle" testId={`${testId}-says`}>
          {says}
        </Text>
      </Stack>
    </Box>
  );
}
