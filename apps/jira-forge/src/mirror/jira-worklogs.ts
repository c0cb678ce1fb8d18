/** One's own worklogs in Jira, written and read from the browser as the person themselves. */
import { requestJira } from "@forge/bridge";
import { z } from "zod";
import { type Failure, type Outcome, OWN_CODES } from "../ledger/failure.ts";
import { LATE, withPatience } from "../ledger/with-patience.ts";
import { type CopiedEntry, type Copy, ownCopies, worklogOf, worklogPage } from "./copies.ts";

/** Nobody is mailed, and what is thought to remain stays as it is: a copy is no news. */
const QUIETLY = "notifyUsers=false&adjustEstimate=leave";
const PAGE_WORKLOGS = 1000;
const MOST_PAGES = 100;
const MOST_REASON_CHARACTERS = 300;

const CLIENT_ERROR = 400;
const NOT_FOUND = 404;
const TOO_MANY = 429;
const SERVER_ERROR = 500;

type Done = Outcome<undefined>;
const DONE: Done = { isDone: true, answer: undefined };

/** Jira's own words, in the person's language: only they tell a closed issue from a missing permission. */
const refusal = z.object({
  errorMessages: z.array(z.string()).catch([]),
  errors: z.record(z.string(), z.string()).catch({}),
});

/** Never throws. */
export class JiraWorklogs {
  readonly #accountId: string;
  readonly #zone: string | undefined;

  /** @param accountId of the person, to tell their worklogs from others'; it goes nowhere */
  constructor(accountId: string, zone: string | undefined) {
    this.#accountId = accountId;
    this.#zone = zone;
  }

  /** Every copy of mine on an issue, the oldest first. */
  async list(issue: string): Promise<Outcome<readonly Copy[]>> {
    const copies: Copy[] = [];
    let startAt = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const path = `${pathOf(issue)}?expand=properties&startAt=${startAt}&maxResults=${PAGE_WORKLOGS}`;
      const told = await ask(path, "GET");
      if (!told.isDone) return told;
      const read = worklogPage.safeParse(await told.answer.json().catch(() => undefined)).data;
      if (read === undefined) return failed({ code: OWN_CODES.copyUnreached, isCertain: true });
      copies.push(...ownCopies(read, this.#accountId));
      startAt += read.worklogs.length;
      if (startAt >= read.total || read.worklogs.length === 0) break;
    }
    return { isDone: true, answer: copies };
  }

  async create(issue: string, entry: CopiedEntry): Promise<Done> {
    return done(await ask(`${pathOf(issue)}?${QUIETLY}`, "POST", () => worklogOf(entry, this.#zone)));
  }

  async change(issue: string, worklogId: string, entry: CopiedEntry): Promise<Done> {
    return done(await ask(`${pathOf(issue, worklogId)}?${QUIETLY}`, "PUT", () => worklogOf(entry, this.#zone)));
  }

  /** One that is gone already is as good. */
  async remove(issue: string, worklogId: string): Promise<Done> {
    const told = await ask(`${pathOf(issue, worklogId)}?${QUIETLY}`, "DELETE", undefined, [NOT_FOUND]);
    return done(told);
  }
}

function pathOf(issue: string, worklogId?: string): string {
  const path = `/rest/api/3/issue/${encodeURIComponent(issue)}/worklog`;
  return worklogId === undefined ? path : `${path}/${encodeURIComponent(worklogId)}`;
}

function done(told: Outcome<Response>): Done {
  return told.isDone ? DONE : told;
}

async function ask(
  path: string,
  method: "GET" | "POST" | "PUT" | "DELETE",
  bodyOf?: () => object,
  fine: readonly number[] = [],
): Promise<Outcome<Response>> {
  const response = await withPatience(async () =>
    requestJira(path, {
      method,
      headers: {
        accept: "application/json",
        ...(bodyOf === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(bodyOf === undefined ? {} : { body: JSON.stringify(bodyOf()) }),
    }),
  );
  if (response === undefined || response === LATE) return failed({ code: OWN_CODES.copyUnreached, isCertain: false });
  const { status } = response;
  if (status < CLIENT_ERROR || fine.includes(status)) return { isDone: true, answer: response };
  if (status >= SERVER_ERROR || status === TOO_MANY) {
    return failed({ code: OWN_CODES.copyUnreached, isCertain: status === TOO_MANY });
  }
  return failed({ code: OWN_CODES.copyRefused, isCertain: true, detail: await reasonOf(response) });
}

async function reasonOf(response: Response): Promise<string | undefined> {
  const told = refusal.safeParse(await response.json().catch(() => undefined)).data;
  const reasons = told === undefined ? [] : [...told.errorMessages, ...Object.values(told.errors)];
  return reasons.join(" ").slice(0, MOST_REASON_CHARACTERS) || undefined;
}

function failed(failure: Failure): { readonly isDone: false; readonly failure: Failure } {
  return { isDone: false, failure };
}
