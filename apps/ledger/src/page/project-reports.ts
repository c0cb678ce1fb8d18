/** Reports of single projects, as bytes: the same question to the same state of the ledger gets the same ones. */
import { hash } from "node:crypto";
import { mapSummary } from "@stageledger/core";
import { pageReport } from "@stageledger/core/contract/page-report";
import { type Database, inProject, type ProjectFrame } from "@stageledger/db";
import { buildPageReport } from "./build-page-report.ts";
import { answerOf, type BytesAnswer } from "./bytes-answer.ts";
import type { Reader } from "./item-keys.ts";
import { type Meaning, meaningOf, type Question } from "./question.ts";
import { RecentAnswers } from "./recent-answers.ts";

const MOST_BYTES = 64_000_000;
const HOUR_MILLISECONDS = 3_600_000;

interface ProjectReportsOptions {
  readonly database: Database;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** To whom all its reports are told: a door of another kind has reports of its own. */
  readonly reader: Reader;
}

export class ProjectReports {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #reader: Reader;
  readonly #answers: RecentAnswers<BytesAnswer>;

  constructor({ database, now, reader }: ProjectReportsOptions) {
    this.#database = database;
    this.#now = now;
    this.#reader = reader;
    this.#answers = new RecentAnswers({ mostBytes: MOST_BYTES, keepMilliseconds: HOUR_MILLISECONDS, now });
  }

  /** Undefined where the tenant has no such project. @throws StageledgerError REQUEST_INVALID, LEDGER_EMPTY */
  async find(tenantId: string, project: string, question: Question): Promise<BytesAnswer | undefined> {
    const found = await inProject(this.#database, tenantId, project, async (frame, readFacts) => {
      const meaning = meaningOf(question, frame, this.#now());
      const key = reportKey(frame, meaning);
      const known = this.#answers.find(key);
      if (known !== undefined) return { answer: known };
      const facts = readFacts(meaning.map, meaning.window);
      const answer = facts.then((read) => answerOf(pageReport.parse(buildPageReport(read, meaning, this.#reader))));
      this.#answers.keep(key, answer);
      // The transaction is for reading: the report is made when it is over.
      await facts;
      return { answer };
    });
    return found?.answer;
  }
}

/** All that a report depends on. */
function reportKey(frame: ProjectFrame, { map, window, time }: Meaning): string {
  const { tenant, project, revision, isRestricted, versions, statuses, releasedSpans, latestRelease, isPending } =
    frame;
  const said = [
    [tenant.tenantId, tenant.zone.id, tenant.settlingDays],
    [project, revision, isRestricted],
    [mapSummary(map, statuses), versions.map(({ version, effectiveFrom }) => [version, effectiveFrom])],
    [releasedSpans, latestRelease, isPending],
    [window.asOf, window.weeks, time],
  ];
  return hash("sha256", JSON.stringify(said), "base64url");
}
