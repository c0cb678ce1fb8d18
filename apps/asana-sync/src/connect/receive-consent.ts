/**
 * A person's consent, by OAuth: they open an address, agree, and Asana sends their browser back with a code. It arrives at a
 * listener on this machine, or, where the browser runs elsewhere, as the address that the person copies from it.
 */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { StageledgerError } from "@stageledger/core";
import { credentialsJson } from "../asana/credentials.ts";
import { beginAuthorization, exchangeCode, type OAuthApp, type OAuthOptions } from "../asana/oauth.ts";

interface ConsentWanted {
  readonly app: OAuthApp;
  /** Of this machine. It must be registered with the app: `http://localhost:<port>/asana`. */
  readonly port: number;
  /** That many random bytes. */
  readonly random: (count: number) => Uint8Array;
  readonly oauth: OAuthOptions;
  /** Tells the person which address to open. */
  readonly show: (url: string, redirectUri: string) => void;
  /** Resolves with an address that the person pasted; never, when there is nobody to paste one. */
  readonly pasted: (signal: AbortSignal) => Promise<string>;
  readonly withinMilliseconds: number;
}

const PATH = "/asana";
const AGAIN = "Run the command again: each address is good once.";

/**
 * Credentials, as they are sealed. What comes with another state is not ours: at the listener it is turned away, and the right one
 * is waited for.
 *
 * @throws StageledgerError PORT_TAKEN, ASANA_UNAUTHORISED (refused, too late, not ours), ASANA_…
 */
export async function receiveConsent(wanted: ConsentWanted): Promise<string> {
  const { app, port, random, oauth, show, pasted, withinMilliseconds } = wanted;
  const redirectUri = `http://localhost:${port}${PATH}`;
  const { url, state, verifier } = beginAuthorization(app, redirectUri, random, {
    ...(oauth.baseUrl === undefined ? {} : { baseUrl: oauth.baseUrl }),
  });
  const over = new AbortController();
  const listener = await listen(port, state);
  try {
    show(url, redirectUri);
    const code = await Promise.race([
      listener.code,
      pasted(over.signal).then((text) => codeIn(text, state)),
      oauth.pacing.sleep(withinMilliseconds, over.signal).then(() => refuse("Nobody agreed in time.")),
      aborted(oauth.signal, over.signal),
    ]);
    return credentialsJson(await exchangeCode(app, { code, verifier, redirectUri }, oauth));
  } finally {
    over.abort();
    listener.close();
  }
}

/** @throws StageledgerError ASANA_UNAUTHORISED */
function codeIn(address: string, state: string): string {
  const query = URL.parse(address.trim())?.searchParams;
  if (query?.get("state") !== state)
    refuse("This is not the address that Asana led to, or it belongs to an earlier try.");
  const code = query?.get("code") ?? "";
  return code === "" ? refuse("The consent was not given.") : code;
}

async function listen(
  port: number,
  state: string,
): Promise<{ readonly code: Promise<string>; readonly close: () => void }> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  code.catch(() => undefined);
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://localhost");
    if (request.method !== "GET" || address.pathname !== PATH) return say(response, 404, "Nothing is here.");
    if (address.searchParams.get("state") !== state)
      return say(response, 400, "This does not belong to what was begun.");
    try {
      resolve(codeIn(address.href, state));
      say(response, 200, "Stageledger has the consent. You can close this page and go back to the terminal.");
    } catch (error) {
      reject(error);
      say(response, 200, "The consent was not given. Nothing was connected; you can close this page.");
    }
  });
  // Not the network: only a browser on this machine has to get here.
  server.listen(port, "localhost");
  try {
    await once(server, "listening");
  } catch (cause) {
    throw portTaken(port, cause);
  }
  return {
    code,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function portTaken(port: number, cause: unknown): StageledgerError {
  return new StageledgerError("PORT_TAKEN", `Port ${port} of this machine is taken.`, {
    next: "Choose another one with --redirect-port, and register it with the app in Asana.",
    cause,
  });
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "referrer-policy": "no-referrer" });
  response.end(`${text}\n`);
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: over });
  });
}

function refuse(message: string): never {
  throw new StageledgerError("ASANA_UNAUTHORISED", message, { next: AGAIN });
}
