import { expect, onTestFinished } from "vitest";
import { SimulatedClock } from "../../simulators/asana/simulated-clock.ts";
import { type FakeJiraSite, type FakeJiraSiteOptions, startFakeJiraSite } from "../../simulators/jira/site.ts";
import { World } from "../../simulators/jira/world.ts";
import type { WorldDials } from "../../simulators/jira/world-state.ts";
import { findJiraReferee } from "./jira-referee.ts";

export interface JiraInTest {
  readonly clock: SimulatedClock;
  readonly world: World;
  /** With the key PAY. */
  readonly project: string;
  readonly statuses: { readonly toDo: string; readonly build: string; readonly done: string };
  readonly jira: FakeJiraSite;
  /** What the site says to a caller who asks by hand; the app, unless another token is given. */
  ask(path: string, asking?: Asking): Promise<JiraReply>;
}

interface Asking {
  /** GET without a body, POST with one, unless said. */
  readonly method?: "PUT" | "DELETE";
  readonly body?: object;
  readonly token?: string;
}

interface JiraReply {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Headers;
}

interface Wanted extends Omit<FakeJiraSiteOptions, "world"> {
  readonly worldDials?: Partial<WorldDials>;
  /** False: what is asked and answered is not held against Jira's document. */
  readonly isRefereed?: boolean;
  /** ISO 8601; Monday 7 September 2026, 08:00 UTC, unless said. */
  readonly startsAt?: string;
}

/**
 * A fake Jira with one project, closed after the test. Where Jira's document is at hand, the test fails when a request
 * or a reply does not follow it.
 */
export async function aFakeJiraSite({
  worldDials = {},
  isRefereed = true,
  startsAt = "2026-09-07T08:00:00Z",
  ...options
}: Wanted = {}): Promise<JiraInTest> {
  const clock = new SimulatedClock(startsAt);
  const world = new World({ now: clock.now, dials: worldDials });
  const toDo = world.createStatus("To Do", "new");
  const build = world.createStatus("In Progress", "indeterminate");
  const done = world.createStatus("Done", "done");
  const project = world.createProject("PAY", { name: "Payments" });
  const referee = isRefereed ? findJiraReferee() : undefined;
  const jira = await startFakeJiraSite({ world, ...options, ...(referee === undefined ? {} : { referee }) });
  onTestFinished(async () => {
    await jira.close();
    expect(referee?.objections ?? []).toEqual([]);
  });
  const ask = async (path: string, { method, body, token }: Asking = {}): Promise<JiraReply> => {
    const answer = await fetch(`${jira.apiBaseUrl}/rest/api/3/${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { authorization: `Bearer ${token ?? jira.tokens.giveSystemToken()}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === "" ? undefined : JSON.parse(text), headers: answer.headers };
  };
  return { clock, world, project, statuses: { toDo, build, done }, jira, ask };
}
