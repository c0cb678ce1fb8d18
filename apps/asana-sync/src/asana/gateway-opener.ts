/** Opens the gateway of a connection from what lies sealed in the database. */

import type { Log, Pacing } from "@stageledger/sync";
import type { SyncContext } from "../context.ts";
import { openGateway } from "./asana-gateway.ts";
import { parseCredentials } from "./credentials.ts";
import type { Limiters } from "./limiter.ts";
import { tokenSource } from "./token-source.ts";

export interface GatewaySurroundings {
  /** Asana's own unless said: where its API answers, and where tokens are renewed. Without a slash at the end. */
  readonly baseUrl?: string | undefined;
  readonly tokenUrl?: string | undefined;
  /** One for all workers that use the same tokens. */
  readonly limiters: Limiters;
  readonly pacing: Pacing;
  /** Ends every call and wait. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** The gateways throw ASANA_CREDENTIALS_MISSING on opening when what was sealed cannot be read. */
export function gatewayOpener({
  baseUrl,
  tokenUrl,
  limiters,
  pacing,
  signal,
  log,
}: GatewaySurroundings): SyncContext["openGateway"] {
  return (connectionId, credentials, save) => {
    const oauth = { ...(tokenUrl === undefined ? {} : { baseUrl: tokenUrl }), pacing, signal };
    return openGateway({
      ...(baseUrl === undefined ? {} : { baseUrl }),
      token: tokenSource(parseCredentials(credentials), save, oauth, () =>
        log("renewed token not kept", { connectionId }),
      ),
      limiter: limiters.of(connectionId),
      pacing,
      signal,
      onChange: ({ name, affected }) => log("asana announces a change", { connectionId, name, affected }),
    });
  };
}
