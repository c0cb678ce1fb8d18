/** Ageing work in progress (F9): a dot an open item, its age against the pace of finished items (F19). */
import { decimal } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { number, type Table, text } from "../figures/data-table.tsx";
import { ItemKey } from "../figures/item-keys.tsx";
import { chosenStages } from "../strip/shown-stages.ts";
import { markedStages } from "../verdict/stages-of-verdict.ts";
import { words } from "../words/words.ts";
import {
  AGEING_MARGIN,
  type AgeingItem,
  itemMarks,
  paceMarks,
  placeItems,
  stageNames,
  stateOf,
} from "./ageing-marks.ts";
import type { Chart } from "./chart.ts";
import { dayCap } from "./day-cap.ts";

/** Columns that still have room for their names. */
const MOST_STAGES = 8;

export function ageingChart(report: PageReport): Chart {
  const { ageing, ageingOmitted, pace } = report.flow.charts;
  const said = words.charts.ageing;
  const shared = {
    id: "ageing",
    title: said.title,
    rule: said.rule,
    sentence: sentenceOf(report),
    table: tableOf(report),
    file: "items-in-progress",
  } as const;
  if (ageing.length === 0) return { ...shared, drawing: null, notes: [] };
  const candidates = stagesInFlow(report);
  const marked = markedStages(report.flow);
  const stages = chosenStages(candidates, MOST_STAGES, marked);
  const drawn = ageing.filter((item) => stages.includes(item.stage));
  const paces = stages.map((stage) => pace.find((entry) => entry.stage === stage));
  const cap = dayCap(
    drawn.map((item) => item.ageDays),
    paces.reduce<number | null>((most, entry) => Math.max(most ?? 0, entry?.p95 ?? 0) || null, null),
  );
  const above = drawn.filter((item) => item.ageDays > cap).length;
  const blocked = ageing.filter((item) => item.blocked).length;
  const stalled = ageing.filter((item) => item.stalled && !item.blocked).length;
  return {
    ...shared,
    drawing: (width) => ({
      ...AGEING_MARGIN,
      x: { type: "linear", domain: [-0.5, stages.length - 0.5], axis: null },
      y: { domain: [0, cap], label: words.charts.axis.days, ticks: 5 },
      marks: [
        ...paceMarks(paces),
        ...itemMarks(placeItems(drawn, stages, cap, width)),
        ...stageNames(stages, drawn, marked, width),
      ],
    }),
    notes: [
      paces.some((entry) => entry?.p85 != null) && said.shaded,
      (blocked > 0 || stalled > 0) && said.marks(blocked, stalled),
      above > 0 && words.charts.edge(above, cap),
      drawn.length < ageing.length && said.elsewhere(ageing.length - drawn.length, candidates.length - stages.length),
      ageingOmitted > 0 && said.omitted(ageing.length, ageingOmitted),
    ].filter((note) => note !== false),
  };
}

function sentenceOf({ flow: { charts } }: PageReport): string {
  const { ageing, ageingOmitted, pace } = charts;
  const said = words.charts.ageing;
  const [first, ...others] = ageing;
  if (first === undefined) return said.none;
  const oldest = others.reduce((most, item) => (item.ageDays > most.ageDays ? item : most), first);
  const isLate = ({ stage, ageDays }: AgeingItem): boolean => {
    const p85 = pace.find((entry) => entry.stage === stage)?.p85;
    return p85 != null && ageDays > p85;
  };
  return said.sentence(ageing.length + ageingOmitted, oldest, ageing.filter(isLate).length);
}

function tableOf({ flow: { charts }, linkKindByKey }: PageReport): Table {
  const { head, title, caption, unknown } = words.charts.ageing;
  return {
    label: words.charts.tableOf(title),
    caption,
    columns: [text(head.item), text(head.stage), number(head.age), number(head.left), text(head.state)],
    rows: charts.ageing.map((item, index) => ({
      id: item.key ?? `${index}`,
      cells: [
        item.key === null ? words.charts.keyKept : <ItemKey key={item.key} of={item.key} links={linkKindByKey} />,
        item.stage,
        decimal(item.ageDays),
        item.daysLeft === null ? (
          <span key="left" className="none">
            {item.refusal ?? unknown}
          </span>
        ) : (
          decimal(item.daysLeft)
        ),
        stateOf(item),
      ],
    })),
  };
}

/** Stages from the commitment to before done, and any other that holds an open item; the weight is what they hold. */
function stagesInFlow({
  flow: { charts },
  map,
}: PageReport): readonly { readonly name: string; readonly weight: number }[] {
  const commitment = map.stages.findIndex((stage) => stage.name === map.commitment);
  const held = new Map<string, number>();
  for (const [index, { name, kind }] of map.stages.entries()) {
    if (index >= commitment && kind !== "done" && kind !== "withdrawn") held.set(name, 0);
  }
  for (const { stage } of charts.ageing) held.set(stage, (held.get(stage) ?? 0) + 1);
  const flowOrder = new Map(map.stages.map(({ name }, index) => [name, index]));
  const placeOf = (name: string): number => flowOrder.get(name) ?? map.stages.length;
  return [...held].map(([name, weight]) => ({ name, weight })).sort((a, b) => placeOf(a.name) - placeOf(b.name));
}
