/** Opens the gateways of connections: each with a limiter of its own, and a token that renews itself. */
import { StageledgerError } from "@stageledger/core";
import { openGateway } from "../asana/asana-gateway.ts";
import { credentialsJson, parseCredentials } from "../asana/credentials.ts";
import type { Limiters } from "../asana/limiter.ts";
import { processLimiters } from "../asana/process-limiter.ts";
import { redisLimiters } from "../asana/redis-limiter.ts";
import { tokenSource } from "../asana/token-source.ts";
import type { SyncContext } from "../context.ts";
import type { Log } from "../log.ts";
import type { Pacing } from "../pacing.ts";

export interface GatewayParts {
  /** Of Asana's API, without a slash at its end; Asana's own unless said, which only tests do. */
  readonly baseUrl: string | undefined;
  /** Shared by all processes that ask for the same connections; undefined where there is one process. */
  readonly redisUrl: string | undefined;
  readonly pacing: Pacing;
  readonly newId: () => string;
  readonly log: Log;
  /** Ends every call. */
  readonly signal: AbortSignal;
}

export interface Gateways {
  readonly open: SyncContext["openGateway"];
  close(): Promise<void>;
}

/** Keep one for the whole process: a limiter only holds what shares it. */
export async function openGateways({ baseUrl, redisUrl, newId, ...parts }: GatewayParts): Promise<Gateways> {
  const { pacing, signal, log } = parts;
  const limiters: Limiters =
    redisUrl === undefined ? processLimiters(pacing) : await redisLimiters(redisUrl, pacing, newId);
  const at = baseUrl === undefined ? {} : { baseUrl };
  const oauth = { ...(baseUrl === undefined ? {} : { baseUrl: new URL(baseUrl).origin }), pacing, signal };
  return {
    open: (connectionId, credentials, save) =>
      openGateway({
        ...at,
        token: tokenSource(parseCredentials(credentials), save, oauth, () =>
          log("renewed token not kept", { connectionId }),
        ),
        limiter: limiters.of(connectionId),
        pacing,
        signal,
        onChange: ({ name, affected }) => log("asana announces a change", { name, affected }),
      }),
    close: () => limiters.close(),
  };
}

/**
 * Credentials of a personal access token.
 *
 * @throws StageledgerError ASANA_CREDENTIALS_MISSING for what no token can be; it is not quoted
 */
export function tokenCredentials(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/u.test(token)) return credentialsJson({ kind: "token", token });
  throw new StageledgerError("ASANA_CREDENTIALS_MISSING", "ASANA_TOKEN holds something that is no token.", {
    next: "Copy it once more: in Asana, under My settings > Apps > View developer console > Personal access tokens.",
  });
}
