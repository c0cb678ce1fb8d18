/** Stands before a simulated Asana and says more than was asked: each answer is full of people. */
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Canaries } from "../canaries.ts";
import { anErrorFullOfPeople, fullOfPeople } from "./full-of-people.ts";

export interface TalkativeAsana {
  readonly url: string;
  /** All that it said. */
  readonly said: string[];
  /** Answers everything so from here on, instead of handing it on; undefined hands it on. */
  trouble: { readonly status: number; readonly json?: unknown; readonly text?: string } | undefined;
}

export async function aTalkativeAsana(apiUrl: string, canaries: Canaries): Promise<TalkativeAsana> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const answer = asana.trouble ?? (await handOn(request.method ?? "", request.url ?? "", request.headers, body));
    const said = "text" in answer && answer.text !== undefined ? answer.text : JSON.stringify(answer.json);
    asana.said.push(said);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(said);
  });
  const handOn = async (
    method: string,
    path: string,
    headers: NodeJS.Dict<string | string[]>,
    body: string,
  ): Promise<{ readonly status: number; readonly json: unknown }> => {
    const answer = await fetch(apiUrl + path, {
      method,
      headers: { authorization: String(headers.authorization), "content-type": "application/json" },
      ...(body === "" ? {} : { body }),
    });
    const json: unknown = await answer.json();
    const full = fullOfPeople(json, canaries);
    return { status: answer.status, json: answer.ok ? full : { ...Object(full), ...anErrorFullOfPeople(canaries) } };
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  const asana: TalkativeAsana = { url: `http://127.0.0.1:${address.port}`, said: [], trouble: undefined };
  return asana;
}
