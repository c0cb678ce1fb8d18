/**
 * A stateful Jira Cloud site on a free port of this machine, as our app meets it. The world is set by its deeds, everything else
 * goes over HTTP:
 *
 *     const clock = new SimulatedClock("2026-09-07T08:00:00Z");
 *     const world = new World({ now: clock.now, seed: 1 });
 *     const project = world.createProject("PAY");
 *     const [toDo, done] = [world.createStatus("To Do", "new"), world.createStatus("Done", "done")];
 *     const jira = await startFakeJiraSite({ world });
 *     const token = jira.tokens.giveSystemToken();       // with jira.apiBaseUrl it goes to the product
 *     const issue = world.createIssue({ project, status: toDo });
 *     world.moveStatus(issue, done);
 *     trueItems(world), trueWorklogs(world)              // what was true, from truth.ts
 *
 * Time is the world's clock: the lag of the search, the last minute that worklog/updated leaves out, the life of tokens, and
 * points per hour all stand still with it.
 *
 * Dials that can be turned while it runs: `jira.dials` (lag, pages, outage), `jira.rights`, `jira.limits.dials` and
 * `jira.limits.storm(calls, seconds, reason)`, `jira.chaos.dials`, `jira.tokens`, `jira.disturb(…)`, and `world.dials` for what
 * Jira does not say. `jira.faults.table` counts what was done to the callers.
 *
 * Events are brought by forge-app.ts. This file imports neither the test runner nor the document; a referee is handed in.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { type Answer, badRequest, gatewayAnswer, notFound, Refusal, unauthorised } from "./answer.ts";
import { Chaos, type ChaosDials } from "./chaos.ts";
import { fieldRoutes } from "./endpoints/fields.ts";
import { issueRoutes } from "./endpoints/issues.ts";
import { ownWorklogRoutes } from "./endpoints/own-worklogs.ts";
import { permissionRoutes } from "./endpoints/permissions.ts";
import { projectRoutes } from "./endpoints/projects.ts";
import { worklogRoutes } from "./endpoints/worklogs.ts";
import { type Fault, send } from "./fault.ts";
import { Faults } from "./faults.ts";
import { type LimitDials, Limits } from "./limits.ts";
import { PageTokens } from "./page-tokens.ts";
import { Resources } from "./resources.ts";
import { Rights } from "./rights.ts";
import { type Route, SITE_DIALS, type SiteDials, type SiteParts } from "./route.ts";
import { SearchCursors } from "./search-cursors.ts";
import { SiteTokens } from "./site-tokens.ts";
import type { World } from "./world.ts";

/** Judges what is asked and what is answered. */
export interface Referee {
  judge(request: SeenRequest, answer: Answer): void;
}

export interface SeenRequest {
  readonly method: string;
  /** `/rest/api/3/status`: without the site's own path and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface FakeJiraSiteOptions {
  readonly world: World;
  readonly cloudId?: string;
  readonly dials?: Partial<SiteDials>;
  readonly limitDials?: Partial<LimitDials>;
  readonly chaosDials?: Partial<ChaosDials>;
  /** Of the chaos. */
  readonly seed?: number;
  readonly referee?: Referee;
  /** A free one unless said. */
  readonly port?: number;
}

export interface FakeJiraSite {
  readonly world: World;
  /** `http://127.0.0.1:41234/ex/jira/<cloudId>`: what Forge's token calls `app.apiBaseUrl`. */
  readonly apiBaseUrl: string;
  /** Every call in the order of arrival, refused ones too. */
  readonly requests: readonly SeenRequest[];
  /** Most that were under way at once. */
  readonly mostAtOnce: number;
  readonly dials: SiteDials;
  readonly rights: Rights;
  readonly tokens: SiteTokens;
  readonly limits: Limits;
  readonly chaos: Chaos;
  readonly faults: Faults;
  /** The next `times` calls to a path that ends so meet this fault. Faults of one path queue up. */
  disturb(pathEnd: string, fault: Fault, times?: number): void;
  close(): Promise<void>;
}

export async function startFakeJiraSite({ world, ...options }: FakeJiraSiteOptions): Promise<FakeJiraSite> {
  const { now } = world;
  const sitePath = `/ex/jira/${options.cloudId ?? "5f1d8a30-0000-4000-8000-00000000c10d"}`;
  const faults = new Faults();
  const chaos = new Chaos(options.seed ?? 1, options.chaosDials ?? {});
  const dials: SiteDials = { ...SITE_DIALS, closedIssues: new Set(), ...options.dials };
  const limits = new Limits(now, options.limitDials ?? {});
  const tokens = new SiteTokens(now);
  const rights = new Rights();
  const site: SiteParts = {
    world,
    resources: new Resources(world),
    rights,
    pageTokens: new PageTokens(),
    searchCursors: new SearchCursors(),
    faults,
    dials,
    apiUrl: () => apiBaseUrl,
  };
  const routes = [
    ...fieldRoutes(site),
    ...projectRoutes(site),
    ...worklogRoutes(site),
    ...ownWorklogRoutes(site),
    ...issueRoutes(site),
    ...permissionRoutes(site),
  ];
  const requests: SeenRequest[] = [];
  const disturbances: { readonly pathEnd: string; readonly fault: Fault; times: number }[] = [];
  let underWay = 0;
  let mostAtOnce = 0;

  const server = createServer(async (request, response) => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    response.on("close", () => {
      underWay -= 1;
    });
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const body = parsed(await text(request).catch(() => ""));
    const isOfSite = url.pathname.startsWith(`${sitePath}/`);
    const path = isOfSite ? url.pathname.slice(sitePath.length) : url.pathname;
    const seen: SeenRequest = { method: request.method ?? "", path, query: url.searchParams, body };
    requests.push(seen);
    const met = disturbances.find(({ pathEnd, times }) => times > 0 && path.endsWith(pathEnd));
    if (met !== undefined) met.times -= 1;
    if (met === undefined && chaos.strikes("brokenConnections")) {
      faults.count("connection dropped");
      response.destroy();
      return;
    }
    const isReached = isOfSite && dials.outageStatus === undefined;
    const answer = isReached ? await answerCall(seen, bearer(request.headers.authorization)) : unreached();
    if (met === undefined && isReached) options.referee?.judge(seen, answer);
    await send(response, answer, met?.fault);
  });

  function unreached(): Answer {
    if (dials.outageStatus !== undefined) faults.count("call met an outage");
    return gatewayAnswer(dials.outageStatus ?? 404);
  }

  async function answerCall(seen: SeenRequest, token: string): Promise<Answer> {
    if (chaos.strikes("serverErrors")) {
      faults.count("call answered 5xx");
      return { status: oneOf(chaos), json: { errorMessages: ["Internal server error"], errors: {} } };
    }
    try {
      return await obey(seen, token);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.answer.status === 429) faults.count("call rate limited");
      return error.answer;
    }
  }

  async function obey(seen: SeenRequest, token: string): Promise<Answer> {
    const caller = tokens.callerOf(token);
    if (caller === undefined) {
      faults.count("call refused for its token");
      return unauthorised();
    }
    limits.enter();
    await dials.beforeAnswer?.(seen);
    const found = findRoute(routes, seen);
    if (found === undefined) return notFound();
    const unknown = [...seen.query.keys()].find((name) => !found.route.query.includes(name));
    if (unknown !== undefined) return badRequest(`The fake does not understand the query parameter '${unknown}'.`);
    const answer = found.route.answer({ caller, ids: found.ids, ...seen });
    const left = limits.charge(objectsIn(answer));
    return { ...answer, headers: { ...left, ...answer.headers } };
  }

  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake Jira has no port.");
  const apiBaseUrl = `http://127.0.0.1:${address.port}${sitePath}`;

  return {
    world,
    apiBaseUrl,
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    dials,
    rights,
    tokens,
    limits,
    chaos,
    faults,
    disturb: (pathEnd, fault, times = 1) => {
      disturbances.push({ pathEnd, fault, times });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The first that fits; `*` stands for what is in no path before it. */
function findRoute(
  routes: readonly Route[],
  { method, path }: SeenRequest,
): { readonly route: Route; readonly ids: readonly string[] } | undefined {
  const parts = path.split("/").map(decodeURIComponent);
  const route = routes.find((each) => {
    const pattern = each.path.split("/");
    const isOn = pattern.every((part, place) => part === parts[place] || part === "*");
    return each.method === method && pattern.length === parts.length && isOn;
  });
  if (route === undefined) return undefined;
  const pattern = route.path.split("/");
  return { route, ids: parts.filter((_, place) => pattern[place] === "*") };
}

/** What an answer costs in points: its rows, or one. */
function objectsIn({ json }: Answer): number {
  const members: readonly unknown[] = typeof json === "object" && json !== null ? [json, ...Object.values(json)] : [];
  const rows = members.filter((member) => Array.isArray(member)).map((list) => list.length);
  return Math.max(1, ...rows);
}

function oneOf(chaos: Chaos): 500 | 503 {
  return chaos.draw("kind of error") < 0.5 ? 500 : 503;
}

function bearer(authorization: string | undefined): string {
  return authorization?.replace(/^Bearer /u, "") ?? "";
}

function parsed(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
