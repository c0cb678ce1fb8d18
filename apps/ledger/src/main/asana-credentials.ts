/** Where the credentials for Asana come from: a variable, or a person's consent. Never from an option: those are seen by others. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { StageledgerError } from "@stageledger/core";
import { realPacing } from "@stageledger/sync";
import type { CliContext } from "./cli-context.ts";
import { serverSettings } from "./server-settings.ts";
import { syncLog } from "./with-sync.ts";

/** The app is loaded when it is needed: most commands ask no vendor, and it takes as long as all the rest. */
export type AsanaSync = typeof import("@stageledger/asana-sync");

const CONSENT_WITHIN_MILLISECONDS = 10 * 60_000;

/**
 * Undefined when none is given: those of the connection are used then, where there may be one.
 *
 * @throws StageledgerError ASANA_CREDENTIALS_MISSING, and for --oauth PORT_TAKEN, ASANA_…
 */
export async function givenCredentials(
  asanaSync: AsanaSync,
  context: CliContext,
  { oauth, redirectPort, data }: { readonly oauth?: boolean; readonly redirectPort: number; readonly data: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { env } = context;
  if (oauth === true) return consent(asanaSync, context, redirectPort, signal);
  if ((env.ASANA_TOKEN ?? "").trim() !== "") return asanaSync.tokenCredentials(env.ASANA_TOKEN ?? "");
  const hasLedger = (env.DATABASE_URL ?? "") !== "" || existsSync(join(resolve(data), "postgres"));
  if (hasLedger) return undefined;
  throw noToken(asanaSync);
}

export function noToken({ WHERE_TOKENS_ARE }: AsanaSync): StageledgerError {
  return new StageledgerError("ASANA_CREDENTIALS_MISSING", "There is no token for Asana.", { next: WHERE_TOKENS_ARE });
}

/** @throws StageledgerError ASANA_UNAUTHORISED, ASANA_UNREACHABLE, … */
export async function firstLook(
  { gatewayOpener, processLimiters }: AsanaSync,
  context: CliContext,
  credentials: string,
  signal: AbortSignal,
): Promise<void> {
  const pacing = { ...realPacing, now: context.now };
  const { asanaUrl: baseUrl } = serverSettings(context.env);
  const open = gatewayOpener({ baseUrl, limiters: processLimiters(pacing), pacing, signal, log: syncLog(context) });
  try {
    await open("first look", credentials, async () => undefined).listWorkspaces();
  } catch (error) {
    if (!(error instanceof StageledgerError) || error.code !== "ASANA_UNAUTHORISED") throw error;
    throw refused(error);
  }
}

function refused(cause: StageledgerError): StageledgerError {
  return new StageledgerError("ASANA_UNAUTHORISED", "Asana does not accept this token. Nothing was changed.", {
    next: "Was it copied whole, and not taken back since? Make a new one if in doubt.",
    cause,
  });
}

async function consent(
  { receiveConsent }: AsanaSync,
  context: CliContext,
  port: number,
  signal: AbortSignal,
): Promise<string> {
  const { env, random, now, stdin, stderr } = context;
  const clientId = (env.ASANA_CLIENT_ID ?? "").trim();
  if (clientId === "") {
    throw new StageledgerError("ASANA_CREDENTIALS_MISSING", "--oauth needs an app of yours in Asana.", {
      next: `Make one in Asana's developer console with the redirect address http://localhost:${port}/asana, and set ASANA_CLIENT_ID and ASANA_CLIENT_SECRET.`,
    });
  }
  const { asanaUrl } = serverSettings(env);
  const clientSecret = (env.ASANA_CLIENT_SECRET ?? "").trim();
  const lines = createInterface({ input: stdin });
  // While a line is read from a terminal, it gives Ctrl-C to the reader.
  lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await receiveConsent({
      app: { clientId, ...(clientSecret === "" ? {} : { clientSecret }) },
      port,
      random,
      oauth: {
        ...(asanaUrl === undefined ? {} : { baseUrl: new URL(asanaUrl).origin }),
        pacing: { ...realPacing, now },
        signal,
      },
      show: (url, redirectUri) =>
        void stderr.write(`Open this address, and agree there:

${url}

Your browser is sent on to ${redirectUri}. When it runs on another
machine it finds nothing there: copy the address from it, paste it here and press
Enter.
`),
      pasted: () => new Promise((take) => lines.once("line", take)),
      withinMilliseconds: CONSENT_WITHIN_MILLISECONDS,
    });
  } finally {
    lines.close();
  }
}
