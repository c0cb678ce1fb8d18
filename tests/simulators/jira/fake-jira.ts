import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { type Answer, notFound, ok, unauthorised } from "./answer.ts";
import { bulkFetchChangelogs } from "./changelog-endpoint.ts";
import { type Fault, send } from "./fault.ts";
import { PageTokens } from "./page-tokens.ts";
import { countJql, searchJql } from "./search-endpoint.ts";
import type { SiteData } from "./site-data.ts";

export interface FakeJiraOptions {
  /** Credentials that the site accepts: an e-mail with an API token, or a bearer token alone. */
  readonly email?: string | undefined;
  readonly token: string;
  /** Path that the site lives under: "/ex/jira/1234"; none unless said. */
  readonly contextPath?: string;
  /** Issues on a search page at most, whatever is asked; 100 unless said, as Jira does when fields are named. */
  readonly searchPageSize?: number;
  /** Histories on a changelog page at most; 10,000 unless said. */
  readonly changelogPageSize?: number;
  /** A public site: who is not signed in gets 200 and what anybody may see, here nothing. */
  readonly isPublic?: boolean;
}

interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A Jira Cloud site on a free port of this machine. */
export interface FakeJira {
  readonly url: string;
  /** In the order of arrival; each repeated try is one. */
  readonly requests: readonly RecordedRequest[];
  /** Most requests that were under way at once. */
  readonly mostAtOnce: number;
  /** The next `times` requests to a path that ends so meet this fault. Faults of one path queue up. */
  disturb(pathEnd: string, fault: Fault, times?: number): void;
  close(): Promise<void>;
}

export async function startFakeJira(data: SiteData, options: FakeJiraOptions): Promise<FakeJira> {
  const tokens = new PageTokens();
  const requests: RecordedRequest[] = [];
  const faults: { pathEnd: string; fault: Fault; times: number }[] = [];
  let underWay = 0;
  let mostAtOnce = 0;

  const server = createServer(async (request, response) => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    response.on("close", () => {
      underWay -= 1;
    });
    const recorded = await record(request);
    requests.push(recorded);
    const met = faults.find(({ pathEnd, times }) => times > 0 && recorded.path.endsWith(pathEnd));
    if (met !== undefined) met.times -= 1;
    const isSignedIn = request.headers.authorization === expectedAuthorization(options);
    const answer = isSignedIn ? respond(recorded) : refuse(options);
    await send(response, answer, met?.fault);
  });

  function respond({ method, path, body }: RecordedRequest): Answer {
    switch (`${method} ${path.replace(options.contextPath ?? "", "")}`) {
      case "GET /rest/api/3/status":
        return ok(data.statuses);
      case "GET /rest/api/3/field":
        return ok(data.fields);
      case "POST /rest/api/3/search/jql":
        return searchJql(data, tokens, options.searchPageSize ?? 100, body);
      case "POST /rest/api/3/search/approximate-count":
        return countJql(data, body);
      case "POST /rest/api/3/changelog/bulkfetch":
        return bulkFetchChangelogs(data, tokens, options.changelogPageSize ?? 10_000, body);
      default:
        return notFound();
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake Jira has no port.");

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    disturb: (pathEnd, fault, times = 1) => {
      faults.push({ pathEnd, fault, times });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
  const body: unknown = request.method === "POST" ? await json(request) : undefined;
  return { method: request.method ?? "", path: request.url ?? "", body };
}

function expectedAuthorization({ email, token }: FakeJiraOptions): string {
  return email === undefined ? `Bearer ${token}` : `Basic ${Buffer.from(`${email}:${token}`).toString("base64")}`;
}

/** Jira answers a public site's anonymous calls as usual, and says only in a header that it did not believe the token. */
function refuse({ isPublic }: FakeJiraOptions): Answer {
  return isPublic === true ? { ...unauthorised(), status: 200, json: [] } : unauthorised();
}
