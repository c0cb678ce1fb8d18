/** The verdict in a terminal: no boxes, colour only for the constraint, readable at 80 columns and without colour. */
import {
  ALL_PROJECTS,
  type FlowReport,
  type MonteCarlo,
  type PartHours,
  type ProjectFlow,
  type ProjectHours,
  type StageRow,
} from "@stageledger/core";
import {
  count,
  days,
  decimal,
  figureText,
  NEVER_VISITED,
  percent,
  publishedHours,
  shortDay,
  spanText,
  tenths,
} from "@stageledger/core/contract/figure-text";
import Table from "cli-table3";
import { findingText } from "../finding-words.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 80;
const INDENT = "  ";
const LONGEST_NAME = 24;
const SHORTEST_NAME = 8;
/** Stands in a table for "Not enough people to show", which would not fit into a line of 80 columns. */
export const WITHHELD = "··";

/** Marks the constraint; the plain one returns its text. */
export type Accent = (text: string) => string;

/** @param hours the project's released hours; without them the table has no columns for them */
export function verdictCard(flow: ProjectFlow, report: FlowReport, accent: Accent, hours?: ProjectHours): string {
  return [
    ...headline(flow, report),
    "",
    ...verdictLines(flow, accent),
    "",
    ...stageTable(flow, accent, hours),
    "",
    ...closingLines(flow, report),
  ].join("\n");
}

function headline(flow: ProjectFlow, report: FlowReport): string[] {
  const name = flow.project === ALL_PROJECTS ? "All projects" : flow.project || "No project";
  const { firstDay, lastDay, weeks } = report.window;
  const parts = [
    name,
    `${spanText(firstDay, lastDay)} (${weeks} weeks)`,
    `calendar time, ${report.zone}`,
    `map v${report.map.version}`,
    flow.verdict.boardNote,
  ];
  return wrap(parts.join(" · "), WIDTH, "");
}

function verdictLines(flow: ProjectFlow, accent: Accent): string[] {
  const { verdict } = flow;
  const { same, of } = verdict.resamples;
  const named = verdict.stage === null ? "" : `named in ${same} of ${of} resampled windows`;
  const lines = [
    ...sentenceLines(verdict.sentence, named, verdict.stage === null ? (text) => text : accent),
    ...verdict.evidence.flatMap((line) => wrap(line, WIDTH, INDENT)),
    ...wrap(cycleSentence(flow), WIDTH, INDENT),
  ];
  if (verdict.stages.some(({ share }) => share > 0) && verdict.stage === null)
    lines.push(...wrap(`Largest shares of open time: ${shares(flow)}.`, WIDTH, INDENT));
  if (verdict.tryFirst !== null) lines.push(...wrap(`Try first: ${verdict.tryFirst}`, WIDTH, INDENT));
  if (flow.businessTime !== null) {
    const { p85, hoursPerDay } = flow.businessTime;
    const hours = p85.value === null ? figureText(p85) : `${tenths(p85.value / 3_600_000)} h`;
    lines.push(
      ...wrap(
        `Business time (${tenths(hoursPerDay)} h a day): 85 % of items take up to ${hours} (n ${p85.n})`,
        WIDTH,
        INDENT,
      ),
    );
  }
  return lines;
}

/** Side by side when there is room: a stage's name can be long. */
function sentenceLines(sentence: string, named: string, accent: Accent): string[] {
  const gap = WIDTH - INDENT.length - sentence.length - named.length;
  if (named !== "" && gap >= 2) return [`${INDENT}${accent(sentence)}${" ".repeat(gap)}${named}`];
  const lines = wrap(sentence, WIDTH, INDENT).map((line) => INDENT + accent(line.slice(INDENT.length)));
  return named === "" ? lines : [...lines, INDENT + named];
}

function cycleSentence({ cycleTime: { p85 }, cycleTimeRange: range }: ProjectFlow): string {
  if (p85.value === null) return `Cycle time: ${p85.note ?? NEVER_VISITED}`;
  const thin = p85.note === undefined ? "" : `, ${p85.note}`;
  const alternative =
    range === null
      ? ""
      : ` · ${decimal(range.low)}–${decimal(range.high)} d if ${count(range.items)} re-opened items are counted the other way`;
  return `In these weeks 85 % of items finished within ${decimal(p85.value)} d (n ${p85.n}${thin})${alternative}`;
}

function shares({ verdict }: ProjectFlow): string {
  return [...verdict.stages]
    .sort((a, b) => b.share - a.share)
    .filter(({ share }) => share > 0)
    .slice(0, 3)
    .map((stage) => `${stage.stage} ${percent(stage.share)}`)
    .join(", ");
}

/** Names take what the figures leave of the line. */
function stageTable(flow: ProjectFlow, accent: Accent, hours: ProjectHours | undefined): string[] {
  let longestName = LONGEST_NAME;
  const isTooWide = (): boolean =>
    stageLines(flow, (text) => text, longestName, hours).some((line) => line.length > WIDTH);
  while (longestName > SHORTEST_NAME && isTooWide()) longestName -= 1;
  return stageLines(flow, accent, longestName, hours);
}

function stageLines(flow: ProjectFlow, accent: Accent, longestName: number, hours: ProjectHours | undefined): string[] {
  const table = new Table({
    head: [
      ...["stage", "WIP", "age85", hours === undefined ? "in/out per week" : "in/out", "median", "85 %", "visits"],
      ...(hours === undefined ? [] : ["hours", "touch"]),
    ],
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: INDENT,
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "  ",
    },
    colAligns: ["left", "right", "right", "right", "right", "right", "right", "right", "right"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  const rows = flow.stages.filter((row) => isShown(row, flow));
  if (rows.length === 0) return [`${INDENT}Nothing was between the commitment and done in these weeks.`];
  const shortened = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);
  for (const row of rows) {
    const isConstraint = row.name === flow.verdict.stage;
    const name = shortened(row.name);
    table.push([
      isConstraint ? accent(`${name} ▲`) : name,
      figureText(row.wip),
      figureText(row.age85),
      `${rate(row.arrivalsPerWeek.value)} / ${rate(row.departuresPerWeek.value)}`,
      stageTime(row.median),
      stageTime(row.p85),
      row.visits.value === null ? NEVER_VISITED : tenths(row.visits.value),
      ...(hours === undefined ? [] : hourCells(hours.stages.find((stage) => stage.name === row.name))),
    ]);
  }
  // Hours can be of a stage that has no row, such as one that the present stages no longer have.
  for (const part of hours?.stages ?? []) {
    if (!rows.some(({ name }) => name === part.name))
      table.push([shortened(part.name), "", "", "", "", "", "", ...hourCells(part)]);
  }
  if (hours?.otherStages) table.push([hours.otherStages.name, "", "", "", "", "", "", ...hourCells(hours.otherStages)]);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}

/** One sign for whatever keeps a number back; the line below the table says what it means. */
function hourCells(part: PartHours | undefined): string[] {
  if (part === undefined) return [WITHHELD, WITHHELD];
  const { minutes, touchShare } = part;
  const touch = touchShare === null ? NEVER_VISITED : touchShare > 1 ? "fault" : percent(touchShare);
  return [publishedHours(minutes), touch];
}

/** The flow between commitment and done; other stages only when something is in them. */
function isShown(row: StageRow, flow: ProjectFlow): boolean {
  if (row.kind === "unmapped") return true;
  const isInFlow = flow.charts.pace.some((pace) => pace.stage === row.name);
  return (
    isInFlow &&
    (row.wip.value !== 0 || row.arrivalsPerWeek.value !== 0 || row.departuresPerWeek.value !== 0 || row.visits.n > 0)
  );
}

function rate(value: number | null): string {
  return value === null ? NEVER_VISITED : value.toFixed(1);
}

function stageTime(figure: StageRow["median"]): string {
  if (figure.value !== null) return days(figure.value);
  return figure.n === 0 ? NEVER_VISITED : `n ${figure.n}`;
}

function closingLines(flow: ProjectFlow, report: FlowReport): string[] {
  const { verdict } = flow;
  const found = [...flow.findings, ...(flow.project === ALL_PROJECTS ? report.findings : [])];
  const quality = found.length === 0 ? "nothing to report" : found.map(findingText).join(", ");
  const parked = verdict.parked.count === 0 ? [] : [`Parked: ${listed(verdict.parked)}`];
  const held = verdict.stage === null ? [] : [`In ${verdict.stage} now: ${listed(verdict.items)}`];
  return [
    ...held,
    ...parked,
    ...losses(flow),
    `Forecast: ${forecast(flow.monteCarlo, report)}`,
    `Data quality: ${quality}`,
    ...(verdict.accuracyNote === null ? [] : [verdict.accuracyNote]),
  ].flatMap((line) => wrap(line, WIDTH, INDENT));
}

/** What left without being finished, by the stage it left (E12), and what resets took off the clocks (E3). */
function losses({ stages, counts }: ProjectFlow): string[] {
  const left = stages.flatMap(({ name, withdrawn }) =>
    withdrawn.value === null || withdrawn.value === 0 ? [] : [`${count(withdrawn.value)} from ${name}`],
  );
  return [
    ...(left.length === 0 ? [] : [`Withdrawn in these weeks: ${left.join(", ")}`]),
    ...(counts.discardedDays === 0
      ? []
      : [`Resets took ${tenths(counts.discardedDays)} d off the clocks of items that went back to the backlog`]),
  ];
}

function listed({ count: total, keys }: { readonly count: number; readonly keys: readonly string[] }): string {
  if (total === 0) return "nothing";
  const shown = keys.slice(0, 5).join(", ");
  return `${count(total)} ${total === 1 ? "item" : "items"} (${shown}${total > 5 ? ", …" : ""})`;
}

function forecast(monteCarlo: MonteCarlo, report: FlowReport): string {
  const { when, howMany, refusal, remaining, horizonDays, windowDays, seed, trials, warning } = monteCarlo;
  if (refusal !== null) return `none, ${refusal}.`;
  const parts: string[] = [];
  if (howMany?.p85.value !== null && howMany?.p85.value !== undefined)
    parts.push(`at least ${count(howMany.p85.value)} items in ${horizonDays} d in 85 of 100 trials`);
  if (remaining > 0 && when?.p85.value !== null && when?.p85.value !== undefined)
    parts.push(`the ${count(remaining)} in progress within ${count(when.p85.value)} d`);
  const basis = `from the ${windowDays} days before ${shortDay(report.chartWindow.lastDay)}, ${count(trials)} trials, seed ${seed}`;
  return `${parts.join(", ")} (${basis})${warning === null ? "" : `; ${warning}`}.`;
}
