/** Blocked time by stage (F24): where items stood blocked, by the stage that held them when the block began. */
import { count, days } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { number, type Table, text } from "../figures/data-table.tsx";
import { Figure } from "../figures/figure.tsx";
import { movingStages } from "../strip/shown-stages.ts";
import { markedStages } from "../verdict/stages-of-verdict.ts";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { stageBars } from "./stage-bars.ts";

const MOST_BARS = 8;

export function blockedTimeChart({ flow, window }: PageReport): Chart {
  const said = words.charts.blockedTime;
  const stages = movingStages(flow).filter(({ kind }) => kind !== "done");
  const blocked = stages
    .map(({ name, blockedTime }) => ({ stage: name, value: blockedTime.value ?? 0 }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value);
  const [most] = blocked;
  const marked = markedStages(flow);
  return {
    id: "blocked-time",
    title: said.title,
    rule: said.rule,
    sentence:
      most === undefined
        ? said.none(words.span(window))
        : said.sentence(words.span(window), most.stage, days(most.value)),
    drawing:
      most === undefined
        ? null
        : () =>
            stageBars(
              blocked
                .slice(0, MOST_BARS)
                .map((bar) => ({ ...bar, text: days(bar.value), isMarked: marked.has(bar.stage) })),
            ),
    notes: blocked.length > MOST_BARS ? [said.elsewhere(blocked.length - MOST_BARS)] : [],
    table: tableOf(stages),
    file: "stages",
  };
}

function tableOf(stages: ReturnType<typeof movingStages>): Table {
  const { head, title, caption } = words.charts.blockedTime;
  return {
    label: words.charts.tableOf(title),
    caption,
    columns: [text(head.stage), number(head.time), number(head.n)],
    rows: stages.map(({ name, blockedTime }) => ({
      id: name,
      cells: [name, <Figure key="time" of={blockedTime} />, count(blockedTime.n)],
    })),
  };
}
