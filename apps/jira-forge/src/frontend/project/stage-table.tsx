import { DynamicTable, Heading, Inline, Lozenge, Stack, Strong, Text } from "@forge/react";
import { count, percent } from "@stageledger/core/contract/figure-text";
import type { ReactElement } from "react";
import type { Report } from "../../state/project/project-state.ts";
import { type StageLine, stageLines } from "../../state/project/stage-lines.ts";
import type { Words } from "../../words/english.ts";
import { type SaidFigure, sayFigure, sayItems, sayRates, sayStageFigure } from "../../words/say-figure.ts";
import { useWords } from "../../words/words.ts";
import type { ProjectPart } from "./project-part.ts";

type Column = "wip" | "age85" | "rates" | "median" | "p85" | "n" | "visits" | "hours" | "touch";
const FLOW: readonly Column[] = ["wip", "age85", "rates", "median", "p85", "n", "visits"];
const HOURS: readonly Column[] = ["hours", "touch"];
const NO_BREAK_SPACE = "\u00a0";

/** Where work is and how long it stays; hours where enough people logged that nobody is seen in them. */
export function StageTable({ state }: ProjectPart) {
  const words = useWords();
  const { project: of } = words;
  const { report } = state;
  const { hours } = report;
  const lines = stageLines(report);
  const columns = hours.days === null ? FLOW : [...FLOW, ...HOURS];
  return (
    <Stack space="space.100">
      <Heading as="h3" size="small">
        {of.stages.title}
      </Heading>
      {lines.length === 0 ? (
        <Stack space="space.050">
          <Text testId="no-stages">{of.stages.none}</Text>
          <Text color="color.text.subtle">{of.stages.nextIfNone}</Text>
        </Stack>
      ) : (
        <DynamicTable
          testId="stages"
          label={of.stages.label}
          head={{
            cells: [
              { key: "stage", content: of.stages.head.stage },
              ...columns.map((column) => ({ key: column, content: headCell(of.stages.head[column]) })),
            ],
          }}
          rows={lines.map((line) => ({
            key: line.name,
            cells: [
              { key: "stage", content: nameCell(line, report, of) },
              ...(line.figures === undefined ? emptyCells() : flowCells(line.figures, line.name)),
              ...(hours.days === null ? [] : hourCells(line, of)),
            ],
          }))}
        />
      )}
      <Text size="small" color="color.text.subtle" testId="table-note">
        {of.stages.about(of.span(report.window))}
      </Text>
      <Text size="small" color="color.text.subtle" testId="hours-note">
        {hoursNote(report, lines, of)}
      </Text>
    </Stack>
  );
}

function headCell(text: string): ReactElement {
  return (
    <Text align="end" size="small" weight="semibold" color="color.text.subtle">
      {text}
    </Text>
  );
}

/** The constraint is marked in words, too: not everybody sees colours. */
function nameCell({ name, isNamed }: StageLine, { verdict }: Report, of: Words["project"]): ReactElement {
  if (!isNamed) return <Text>{name}</Text>;
  return (
    <Inline space="space.075" alignBlock="center">
      <Text>
        <Strong>{`${name} ▲`}</Strong>
      </Text>
      <Lozenge appearance="inprogress">
        {verdict.outcome === "candidate" ? of.stages.candidate : of.stages.constraint}
      </Lozenge>
    </Inline>
  );
}

function flowCells(figures: NonNullable<StageLine["figures"]>, name: string) {
  const n: SaidFigure = { text: count(figures.median.n), note: undefined, isMissing: false };
  const said: readonly (readonly [Column, SaidFigure])[] = [
    ["wip", sayItems(figures.wip)],
    ["age85", sayFigure(figures.age85)],
    ["rates", sayRates(figures)],
    ["median", sayStageFigure(figures.median)],
    ["p85", sayStageFigure(figures.p85)],
    ["n", n],
    ["visits", sayStageFigure(figures.visits)],
  ];
  return said.map(([key, figure]) => ({ key, content: figureCell(figure, `${name} ${key}`) }));
}

/** Of a stage that has hours and no flow. */
function emptyCells() {
  return FLOW.map((key) => ({ key, content: "" }));
}

function hourCells({ name, hours }: StageLine, of: Words["project"]) {
  const cell = (text: string, column: Column, isMissing = false) =>
    figureCell({ text, note: undefined, isMissing }, `${name} ${column}`);
  if (hours === undefined)
    return [{ key: "hours", colSpan: HOURS.length, content: cell(of.stages.withheld, "hours", true) }];
  const { minutes, touchShare: touch } = hours;
  return [
    { key: "hours", content: cell(of.hours.text(minutes), "hours") },
    {
      key: "touch",
      content:
        touch === null
          ? cell(of.stages.noTouch, "touch", true)
          : cell(touch > 1 ? of.stages.fault : percent(touch), "touch"),
    },
  ];
}

/** Never larger or smaller than a number: what is missing is as much an answer. A number stays with its unit. */
function figureCell({ text, note, isMissing }: SaidFigure, testId: string): ReactElement {
  const whole = isMissing ? text : text.replaceAll(" ", NO_BREAK_SPACE);
  return (
    <Text align="end" testId={testId} color={isMissing ? "color.text.subtlest" : "color.text"}>
      {note === undefined ? whole : `${whole} (${note})`}
    </Text>
  );
}

function hoursNote({ hours }: Report, lines: readonly StageLine[], of: Words["project"]): string {
  const delayed = hours.isDelayed ? [of.hours.delayed] : [];
  if (hours.days === null) return [of.hours.none(hours.nextOn), ...delayed].join(" ");
  const isFaulty = lines.some((line) => (line.hours?.touchShare ?? 0) > 1);
  return [of.hours.of(of.span(hours.days), hours.nextOn), ...delayed, ...(isFaulty ? [of.hours.faulty] : [])].join(" ");
}
