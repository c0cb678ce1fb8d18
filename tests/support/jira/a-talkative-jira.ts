/** Stands before a simulated Jira and says more than was asked: each answer is full of people. */
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Canaries } from "../canaries.ts";

export interface TalkativeJira {
  /** What the token is for: the site's address, by way of here. */
  readonly apiBaseUrl: string;
  /** All that it said. */
  readonly said: string[];
  /** Answers everything so from here on, instead of handing it on; undefined hands it on. */
  trouble: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | undefined;
}

/** @param apiBaseUrl of the simulated site */
export async function aTalkativeJira(apiBaseUrl: string, canaries: Canaries): Promise<TalkativeJira> {
  const { origin, pathname } = new URL(apiBaseUrl);
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const answer = jira.trouble ?? (await handOn(request.method ?? "", request.url ?? "", request.headers, body));
    jira.said.push(answer.body, JSON.stringify(answer.headers ?? {}));
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(answer.body);
  });
  const handOn = async (
    method: string,
    path: string,
    headers: NodeJS.Dict<string | string[]>,
    body: string,
  ): Promise<NonNullable<TalkativeJira["trouble"]>> => {
    const answer = await fetch(origin + path, {
      method,
      headers: { authorization: String(headers.authorization), "content-type": "application/json" },
      ...(body === "" ? {} : { body }),
    });
    return { status: answer.status, body: JSON.stringify(fullOfPeople(await answer.json(), canaries)) };
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  const jira: TalkativeJira = {
    apiBaseUrl: `http://127.0.0.1:${address.port}${pathname}`,
    said: [],
    trouble: undefined,
  };
  return jira;
}

/** What each kind of thing can say of people besides what our simulated site says of it. */
const MORE: readonly {
  readonly what: string;
  readonly isOne: (members: ReadonlySet<string>) => boolean;
  readonly texts: readonly string[];
  readonly people: readonly string[];
}[] = [
  {
    what: "issue",
    isOne: (members) => members.has("fields") && members.has("key"),
    texts: ["renderedFields", "names", "editmeta"],
    people: ["properties"],
  },
  {
    what: "fields",
    isOne: (members) => members.has("status") && members.has("project"),
    texts: ["summary", "description", "environment", "customfield_10100", "labels"],
    people: [
      "assignee",
      "reporter",
      "creator",
      "customfield_10200",
      "watches",
      "votes",
      "comment",
      "worklog",
      "attachment",
    ],
  },
  {
    what: "history",
    isOne: (members) => members.has("items"),
    texts: ["comment"],
    people: ["author", "historyMetadata"],
  },
  {
    what: "history item",
    isOne: (members) => members.has("fromString"),
    texts: ["tmpFromAccountId", "tmpToAccountId"],
    people: ["actor"],
  },
  {
    what: "worklog",
    isOne: (members) => members.has("timeSpentSeconds"),
    texts: ["comment", "timeSpent"],
    people: ["updateAuthor", "visibility"],
  },
  { what: "status", isOne: (members) => members.has("statusCategory"), texts: ["description"], people: ["creator"] },
  {
    what: "parent",
    isOne: (members) => members.has("key") && members.has("self"),
    texts: ["summary"],
    people: ["lead"],
  },
];

/** The author of a worklog is read, for the pseudonym: the account has to stay; all else of that person is a canary. */
function fullOfPeople(json: unknown, canaries: Canaries): unknown {
  if (Array.isArray(json)) return json.map((one) => fullOfPeople(one, canaries));
  if (typeof json !== "object" || json === null) return json;
  const members = new Set(Object.keys(json));
  const inner = Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fullOfPeople(value, canaries)]));
  if (members.has("accountId")) return aPerson("account", canaries, String(inner.accountId));
  const kind = MORE.find(({ isOne }) => isOne(members));
  if (kind === undefined) return inner;
  const texts = kind.texts.map((name) => [name, canaries.plant(`${kind.what}: ${name}`)] as const);
  const people = kind.people.map((name) => [name, aPerson(`${kind.what} ${name}`, canaries)] as const);
  return { ...inner, ...Object.fromEntries([...texts, ...people]) };
}

function aPerson(role: string, canaries: Canaries, accountId?: string): object {
  const at = (member: string) => canaries.plant(`${role}: ${member}`);
  return {
    self: at("self"),
    accountId: accountId ?? at("accountId"),
    name: at("name"),
    key: at("key"),
    emailAddress: at("emailAddress"),
    displayName: at("displayName"),
    avatarUrls: { "48x48": at("avatar") },
    timeZone: at("timeZone"),
  };
}
