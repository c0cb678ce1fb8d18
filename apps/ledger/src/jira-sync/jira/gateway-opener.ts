/** Opens the gateway of a connection. */
import type { Pacing } from "@stageledger/sync";
import type { JiraCredentials } from "./credentials.ts";
import type { JiraGateway } from "./gateway.ts";
import { openGateway } from "./jira-gateway.ts";
import type { CallPurpose, JiraLimiters } from "./limiter.ts";
import { tokenSource } from "./token-source.ts";

export interface GatewaySurroundings {
  /** One for all workers of the app. */
  readonly limiters: JiraLimiters;
  readonly pacing: Pacing;
  /** Ends every call and wait. */
  readonly signal: AbortSignal;
}

/**
 * @param purpose which part of the app's hourly quota it may use
 * @param credentials as they are now, each time anew: the app in Jira brings others each hour, also while a long reading goes on.
 * Undefined while it has brought none
 */
export type OpenGateway = (
  connectionId: string,
  purpose: CallPurpose,
  credentials: () => Promise<JiraCredentials | undefined>,
) => JiraGateway;

export function gatewayOpener({ limiters, pacing, signal }: GatewaySurroundings): OpenGateway {
  return (connectionId, purpose, credentials) =>
    openGateway({
      token: tokenSource(credentials, pacing.now),
      limiter: limiters.of(connectionId, purpose),
      pacing,
      signal,
    });
}
