/**
 * All projects of a tenant with their verdicts. A project's row changes when something happened in it or a week is over, so that mostly
 * all rows are known: the first look after that makes the others, one after the other.
 */
import { hash } from "node:crypto";
import { compareNatural, dayText, flowOfProject, mapSummary } from "@stageledger/core";
import { type PagePortfolio, pagePortfolio } from "@stageledger/core/contract/page-projects";
import { type Database, inProject, listProjectStates, type ProjectFacts, type ProjectFrame } from "@stageledger/db";
import { measuredItems, settingsOf } from "../report/build-report.ts";
import { REPORT_SEED } from "../report/report-defaults.ts";
import { answerOf, type BytesAnswer } from "./bytes-answer.ts";
import { type Meaning, meaningOf, type Question } from "./question.ts";
import { RecentAnswers } from "./recent-answers.ts";
import { sourceKinds } from "./source-kinds.ts";

type Row = Omit<PagePortfolio["rows"][number], "project" | "isRestricted" | "sources">;

/** Some thousand rows. */
const MOST_BYTES = 16_000_000;
const ROW_BYTES = 2000;
const WEEK_MILLISECONDS = 7 * 24 * 3_600_000;

export class Portfolios {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #rows: RecentAnswers<{ readonly row: Row; readonly bytes: number }>;

  constructor({ database, now }: { readonly database: Database; readonly now: () => number }) {
    this.#database = database;
    this.#now = now;
    this.#rows = new RecentAnswers({ mostBytes: MOST_BYTES, keepMilliseconds: WEEK_MILLISECONDS, now });
  }

  /** @throws StageledgerError REQUEST_INVALID, LEDGER_EMPTY, TENANT_UNKNOWN */
  async get(tenantId: string, question: Pick<Question, "asOf" | "weeks">): Promise<BytesAnswer> {
    const now = this.#now();
    const { projects, ...common } = await listProjectStates(this.#database, tenantId);
    const { window, map } = meaningOf(question, { ...common, latestAt: 0 }, now);
    const rows: PagePortfolio["rows"][number][] = [];
    for (const { frame, sources } of projects.toSorted((a, b) => compareNatural(a.frame.project, b.frame.project))) {
      const { project, isRestricted } = frame;
      const row = await this.#row(tenantId, frame, question, now);
      rows.push({ project, isRestricted, sources: sourceKinds(sources), ...row });
    }
    const document: PagePortfolio = {
      schema: 1,
      zone: window.zone.id,
      window: { firstDay: dayText(window.firstDay), lastDay: dayText(window.lastDay), weeks: window.weeks },
      mapVersion: map.version,
      rows,
    };
    return answerOf(pagePortfolio.parse(document));
  }

  async #row(tenantId: string, frame: ProjectFrame, question: Question, now: number): Promise<Row> {
    const known = this.#rows.find(rowKey(frame, meaningOf(question, frame, now)));
    if (known !== undefined) return (await known).row;
    const found = await inProject(this.#database, tenantId, frame.project, async (newest, readFacts) => {
      const meaning = meaningOf(question, newest, now);
      const facts = readFacts(meaning.map, meaning.window);
      const row = facts.then((read) => ({ row: rowOf(read), bytes: ROW_BYTES }));
      this.#rows.keep(rowKey(newest, meaning), row);
      await facts;
      return { row };
    });
    if (found === undefined) throw new Error("A project is in the ledger for good.");
    return (await found.row).row;
  }
}

/**
 * All that a row depends on. Of the as-of instant only the window counts, as long as everything that is known had happened by then; for
 * one in the past, or where a clock was ahead, the instant itself.
 */
function rowKey(frame: ProjectFrame, { map, window }: Meaning): string {
  const { tenant, project, revision, latestAt, statuses } = frame;
  const said = [
    [tenant.tenantId, tenant.zone.id],
    [project, revision],
    mapSummary(map, statuses),
    [window.firstDay, window.lastDay],
    latestAt > window.asOf ? window.asOf : null,
  ];
  return hash("sha256", JSON.stringify(said), "base64url");
}

function rowOf(facts: ProjectFacts): Row {
  const { frame, map, statuses, window } = facts;
  const settings = settingsOf(window, REPORT_SEED);
  const { flow } = flowOfProject(frame.project, measuredItems(facts, settings), map, statuses, settings);
  const { outcome, because, stage, sentence, resamples, thin, finishes } = flow.verdict;
  const { counts, cycleTime } = flow;
  return {
    ...{ outcome, because, stage, sentence, resamples, thin, finishes },
    wip: counts.wip,
    cycleTimeP85: cycleTime.p85,
  };
}
