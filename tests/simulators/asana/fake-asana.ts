/**
 * A stateful Asana on a free port of this machine. The world is set by its deeds, everything else goes over HTTP:
 *
 *     const clock = new SimulatedClock("2026-09-07T08:00:00Z");
 *     const world = new World({ now: clock.now, seed: 1 });
 *     const workspace = world.createWorkspace();
 *     const project = world.createProject(workspace, "Orders", ["To do", "Build", "Done"]);
 *     const asana = await startFakeAsana(world);
 *     // asana.apiUrl and "personal-token" go to the product, which creates its webhook there
 *     const task = world.createTask({ project });
 *     world.moveToSection(task, world.sectionsOf(project)[1].gid);
 *     await asana.deliverDue();                      // rings now what is due by the clock
 *     clock.advance(8 * 3_600_000);                  // then the next heartbeat is due, or: advanceTo(asana.nextDueAt())
 *     trueStays(world), trueEntries(world)           // what was true, from truth.ts
 *
 * Time is the world's clock: heartbeats, back-off, the 24 hours until a webhook is deleted, offsets, cursors, access tokens
 * and the limit per minute all stand still with it. Only a target's 10 seconds are real.
 *
 * Dials that can be turned while it runs: `asana.dials` (plan, fields, offsets), `asana.webhooks.dials`,
 * `asana.limits.dials` and `asana.limits.storm(n, seconds)`, `asana.chaos.dials`, `asana.eventLog.forgetCursors()`,
 * `asana.tokens`, and `world.dials` for what Asana does not say. `asana.faults.table` counts what was done to the callers.
 *
 * It imports neither the test runner nor the document; a referee is handed in (referee.ts).
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Answer, Refusal } from "./answer.ts";
import { Chaos, type ChaosDials } from "./chaos.ts";
import { bellRoutes } from "./endpoints/bells.ts";
import { placeRoutes } from "./endpoints/places.ts";
import { taskRoutes } from "./endpoints/tasks.ts";
import { timeEntryRoutes } from "./endpoints/time-entries.ts";
import { EventLog } from "./event-log.ts";
import { Faults } from "./faults.ts";
import { type LimitDials, Limits } from "./limits.ts";
import { Offsets } from "./offsets.ts";
import { Resources } from "./resources.ts";
import { type Route, SITE_DIALS, Site, type SiteDials } from "./site.ts";
import { type OAuthApp, Tokens } from "./tokens.ts";
import { type WebhookDials, Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

const BASE_PATH = "/api/1.0";

/** Judges what is asked and what is answered. */
export interface Referee {
  judge(request: SeenRequest, answer: Answer): void;
}

export interface SeenRequest {
  readonly method: string;
  /** Without the base path and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface FakeAsanaOptions {
  /** "personal-token" unless said. */
  readonly personalTokens?: readonly string[];
  readonly oauthApp?: OAuthApp;
  readonly dials?: Partial<SiteDials>;
  readonly webhookDials?: Partial<WebhookDials>;
  readonly limitDials?: Partial<LimitDials>;
  readonly chaosDials?: Partial<ChaosDials>;
  /** Of the chaos. */
  readonly seed?: number;
  readonly referee?: Referee;
  /** A free one unless said. */
  readonly port?: number;
}

export interface FakeAsana {
  /** `http://127.0.0.1:41234`; OAuth lives here. */
  readonly url: string;
  /** With `/api/1.0`. */
  readonly apiUrl: string;
  /** Every call to the API in the order of arrival, refused ones too. */
  readonly requests: readonly SeenRequest[];
  readonly dials: SiteDials;
  readonly chaos: Chaos;
  readonly limits: Limits;
  readonly webhooks: Webhooks;
  readonly eventLog: EventLog;
  readonly tokens: Tokens;
  readonly faults: Faults;
  /** Sends what is due by the clock; see Webhooks. */
  deliverDue(): Promise<number>;
  nextDueAt(): number | undefined;
  /** Delivers by a real timer, for a demo whose clock is the real one; until closed. */
  deliverEvery(milliseconds: number): void;
  close(): Promise<void>;
}

export async function startFakeAsana(world: World, options: FakeAsanaOptions = {}): Promise<FakeAsana> {
  const { now } = world;
  const faults = new Faults();
  const chaos = new Chaos(options.seed ?? 1, options.chaosDials ?? {});
  const dials: SiteDials = { ...SITE_DIALS, ...options.dials };
  const limits = new Limits(now, options.limitDials ?? {});
  const resources = new Resources(world);
  const eventLog = new EventLog(now);
  const webhooks = new Webhooks(now, resources, chaos, faults, options.webhookDials ?? {});
  const offsets = new Offsets(now, () => dials.offsetLifetimeMilliseconds);
  const site = new Site({ world, resources, eventLog, webhooks, faults, dials }, chaos, offsets);
  const tokens = new Tokens(
    now,
    options.oauthApp ?? { clientId: "", clientSecret: "", redirectUris: [] },
    options.personalTokens ?? ["personal-token"],
    () => world.users.get(world.anyone) ?? { gid: "", name: "", email: "" },
  );
  const routes = [...placeRoutes(site), ...taskRoutes(site), ...timeEntryRoutes(site), ...bellRoutes(site)];
  const requests: SeenRequest[] = [];
  world.listen((event) => {
    eventLog.hear(event);
    webhooks.hear(event);
  });

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const body = await text(request).catch(() => "");
    if (url.pathname.startsWith("/-/")) return write(response, answerOAuth(tokens, request, url, body), undefined);
    const seen: SeenRequest = {
      method: request.method ?? "",
      path: url.pathname.replace(BASE_PATH, ""),
      query: url.searchParams,
      body: parsed(body),
    };
    requests.push(seen);
    const answer = await answerCall(seen, bearer(request));
    if (answer === undefined) return void response.destroy();
    options.referee?.judge(seen, answer);
    write(response, answer, dials.asanaChange);
  });

  /** Undefined: the connection breaks. */
  async function answerCall(seen: SeenRequest, token: string): Promise<Answer | undefined> {
    const breaks = chaos.strikes("brokenConnections");
    const fails = chaos.strikes("serverErrors");
    const isObeyed = !(breaks || fails) || chaos.draw("obeyed") < 0.5;
    const answer = isObeyed ? await obey(seen, token) : undefined;
    if (breaks) {
      faults.count("connection dropped");
      return undefined;
    }
    if (!fails) return answer;
    faults.count("call answered 5xx");
    return new Refusal(chaos.draw("kind of error") < 0.5 ? 500 : 503, "Server Error").answer;
  }

  async function obey(seen: SeenRequest, token: string): Promise<Answer> {
    let leave: (() => void) | undefined;
    try {
      if (!tokens.isGood(token)) throw new Refusal(401, "Not Authorized");
      leave = limits.enter(token, seen.method !== "GET");
      await dials.beforeAnswer?.(seen);
      return await answerRoute(routes, seen);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.answer.status === 429) faults.count("call rate limited");
      return error.answer;
    } finally {
      leave?.();
    }
  }

  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake Asana has no port.");
  const url = `http://127.0.0.1:${address.port}`;
  const timers: NodeJS.Timeout[] = [];

  return {
    url,
    apiUrl: url + BASE_PATH,
    requests,
    dials,
    chaos,
    limits,
    webhooks,
    eventLog,
    tokens,
    faults,
    deliverDue: () => webhooks.deliverDue(),
    nextDueAt: () => webhooks.nextDueAt(),
    deliverEvery: (milliseconds) => {
      let isDelivering = false;
      const tick = async () => {
        if (isDelivering) return;
        isDelivering = true;
        await webhooks.deliverDue();
        isDelivering = false;
      };
      timers.push(setInterval(() => void tick(), milliseconds));
    },
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answerRoute(routes: readonly Route[], seen: SeenRequest): Promise<Answer> {
  const parts = seen.path.split("/");
  const isOn = (path: string) => {
    const pattern = path.split("/");
    return pattern.length === parts.length && pattern.every((part, place) => part === parts[place] || part === "*");
  };
  const route = routes.find(({ method, path }) => method === seen.method && isOn(path));
  if (route === undefined) throw new Refusal(404, `No matching route for request: ${seen.method} ${seen.path}`);
  const pattern = route.path.split("/");
  const gids = parts.filter((_, place) => pattern[place] === "*");
  return route.answer({ ...seen, gids });
}

function answerOAuth(tokens: Tokens, request: IncomingMessage, { pathname, searchParams }: URL, body: string): Answer {
  switch (`${request.method} ${pathname}`) {
    case "GET /-/oauth_authorize":
      return tokens.authorize(searchParams);
    case "POST /-/oauth_token":
      return tokens.give(new URLSearchParams(body));
    case "POST /-/oauth_revoke":
      return tokens.takeBack(new URLSearchParams(body));
    default:
      return { status: 404 };
  }
}

function bearer(request: IncomingMessage): string {
  return /^Bearer (?<token>.+)$/i.exec(request.headers.authorization ?? "")?.groups?.token ?? "";
}

function parsed(body: string): unknown {
  if (body === "") return undefined;
  try {
    const json: unknown = JSON.parse(body);
    return json;
  } catch {
    return body;
  }
}

function write(
  response: ServerResponse,
  { status, json, headers = {} }: Answer,
  asanaChange: string | undefined,
): void {
  response.writeHead(status, {
    ...(json === undefined ? {} : { "content-type": "application/json; charset=UTF-8" }),
    ...(asanaChange === undefined ? {} : { "asana-change": asanaChange }),
    ...headers,
  });
  response.end(json === undefined ? undefined : JSON.stringify(json));
}
