/** What `analyse --sample` asks: the made-up quarter of three teams that lies beside the program. */
import { fileURLToPath } from "node:url";
import type { AnalyseRequest, AnswerFormat } from "./analyse-jira.ts";
import { zoneNamed } from "./settings/zone.ts";

const SAMPLE = fileURLToPath(new URL("../../sample/", import.meta.url));
/** The sample is a whole quarter: it ends with a Sunday, after the last thing that happens in it. */
const SAMPLE_AS_OF = Date.UTC(2026, 9, 26) - 1;

export function sampleRequest(format: AnswerFormat, output: string | undefined): AnalyseRequest {
  return {
    source: { kind: "files", files: [`${SAMPLE}three-teams.jsonl.gz`] },
    csv: undefined,
    statuses: `${SAMPLE}statuses.json`,
    stages: `${SAMPLE}stages.yaml`,
    mapVersion: undefined,
    zone: zoneNamed("UTC"),
    projects: [],
    asOf: SAMPLE_AS_OF,
    weeks: 8,
    calendar: undefined,
    withdrawnResolutions: [],
    backToBacklog: "keep",
    seed: 1,
    format,
    output,
    items: undefined,
    statusesOut: undefined,
    cfd: undefined,
    stagesOut: undefined,
    keepGoing: false,
  };
}
