import { BarChart, Box, DynamicTable, Heading, Inline, Stack, Text } from "@forge/react";
import { count } from "@stageledger/core/contract/figure-text";
import { type Bars, hourBars, longestBar, timeBars, weekBars, wipBars } from "../../state/project/chart-bars.ts";
import type { Report } from "../../state/project/project-state.ts";
import { type StageLine, stageLines } from "../../state/project/stage-lines.ts";
import type { Words } from "../../words/english.ts";
import { useWords } from "../../words/words.ts";
import type { ProjectPart } from "./project-part.ts";

/** Two beside each other, one where there is no room. */
const CARD = { width: "48%", minWidth: "280px" };
const HEIGHT_PIXELS = 240;

interface ChartCard {
  readonly testId: string;
  readonly title: string;
  readonly bars: Bars;
  /** What it shows, in a sentence: of what is drawn only that has a text for screen readers, with the tables. */
  readonly says: string;
}

/** Small, equal, each with what it says. Their numbers stand in the tables. */
export function Charts({ state }: ProjectPart) {
  const words = useWords();
  const { report } = state;
  const { charts } = words.project;
  const lines = stageLines(report);
  const cards = [
    wipCard(lines, words.project),
    timeCard(lines, words.project),
    ...hourCards(report, lines, words.project),
    weekCard(report, words.project),
  ];
  return (
    <Stack space="space.200">
      <Heading as="h3" size="small">
        {charts.title}
      </Heading>
      <Inline space="space.200" rowSpace="space.300" shouldWrap>
        {cards.map(({ testId, title, bars, says }) => (
          <Box key={testId} testId={testId} xcss={CARD}>
            <Stack space="space.100">
              {longestBar(bars) === undefined ? (
                <Heading as="h4" size="xxsmall">
                  {title}
                </Heading>
              ) : (
                <BarChart
                  title={title}
                  height={HEIGHT_PIXELS}
                  data={[...bars.bars]}
                  xAccessor="name"
                  yAccessor="value"
                  hideMenu
                />
              )}
              <Text size="small" color="color.text.subtle">
                {says}
              </Text>
            </Stack>
          </Box>
        ))}
      </Inline>
      <DynamicTable
        testId="weeks"
        label={charts.weeks.table}
        head={{
          cells: [
            { key: "week", content: charts.weeks.week },
            { key: "began", content: charts.weeks.began },
            { key: "finished", content: charts.weeks.finished },
          ],
        }}
        rows={report.weeks.map(({ week, arrivals, departures }) => ({
          key: week,
          cells: [
            { key: "week", content: charts.weeks.weekOf(week) },
            { key: "began", content: count(arrivals) },
            { key: "finished", content: count(departures) },
          ],
        }))}
      />
    </Stack>
  );
}

function wipCard(lines: readonly StageLine[], { charts }: Words["project"]): ChartCard {
  const bars = wipBars(lines);
  const longest = longestBar(bars);
  const says = longest === undefined ? charts.wip.none : charts.wip.most(longest.name, longest.value);
  return { testId: "chart-wip", title: charts.wip.title, bars, says };
}

function timeCard(lines: readonly StageLine[], { charts }: Words["project"]): ChartCard {
  const bars = timeBars(lines);
  const longest = longestBar(bars);
  const says = longest === undefined ? charts.time.none : charts.time.most(longest.name, longest.value);
  return {
    testId: "chart-time",
    title: charts.time.title,
    bars,
    says: withMissing(says, bars, charts.time.why, charts),
  };
}

/** None before the first hours are published. */
function hourCards({ hours }: Report, lines: readonly StageLine[], of: Words["project"]): readonly ChartCard[] {
  if (hours.days === null) return [];
  const span = of.span(hours.days.firstDay, hours.days.lastDay);
  const bars = hourBars(lines);
  const longest = longestBar(bars);
  const { charts } = of;
  const says = longest === undefined ? charts.hours.none(span) : charts.hours.most(longest.name, longest.value, span);
  const whole = longest === undefined ? says : withMissing(says, bars, of.stages.withheld, charts);
  return [{ testId: "chart-hours", title: charts.hours.title, bars, says: whole }];
}

function weekCard(report: Report, { charts }: Words["project"]): ChartCard {
  const bars = weekBars(report, charts.weeks.weekOf);
  const values = bars.bars.map(({ value }) => value);
  const finished = values.reduce((sum, value) => sum + value, 0);
  const says = charts.weeks.of(finished, values.length, Math.min(...values), Math.max(...values));
  return { testId: "chart-weeks", title: charts.weeks.title, bars, says };
}

function withMissing(
  says: string,
  { without }: Bars,
  why: string,
  { without: tell }: Words["project"]["charts"],
): string {
  return without.length === 0 ? says : `${says} ${tell(without, why)}`;
}
