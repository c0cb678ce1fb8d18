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
 * @param credentials as they are now, each time anew: the app in Jira brings others each hour. Undefined while it has brought none
 * @param purpose which part of the app's hourly quota it may use; that of a sweep unless said
 */
export type OpenGateway = (
  tenantId: string,
  connectionId: string,
  credentials: () => Promise<JiraCredentials | undefined>,
  purpose?: CallPurpose,
) => JiraGateway;

export function gatewayOpener({ limiters, pacing, signal }: GatewaySurroundings): OpenGateway {
  return (_tenantId, connectionId, credentials, purpose = "sweep") =>
    openGateway({
      token: tokenSource(credentials, pacing.now),
      limiter: limiters.of(connectionId, purpose),
      pacing,
      signal,
    });
}
