import type { JiraCredentials } from "../../../../apps/ledger/src/jira-sync/jira/credentials.ts";
import type { JiraGateway } from "../../../../apps/ledger/src/jira-sync/jira/gateway.ts";
import { openGateway } from "../../../../apps/ledger/src/jira-sync/jira/jira-gateway.ts";
import type { JiraLimiter, Quota } from "../../../../apps/ledger/src/jira-sync/jira/limiter.ts";
import { type TokenSource, tokenSource } from "../../../../apps/ledger/src/jira-sync/jira/token-source.ts";
import { type Script, type ScriptedServer, scriptedServer } from "../../../support/scripted-server.ts";
import { type VirtualPacing, virtualPacing } from "../../../support/virtual-pacing.ts";

export const NOW = Date.UTC(2026, 8, 7, 10);

/** Holds nobody back, and remembers what it was told. */
class TellingLimiter implements JiraLimiter {
  turns = 0;
  readonly charges: number[] = [];
  readonly pauses: (readonly [Quota, number])[] = [];

  async turn(): Promise<void> {
    this.turns += 1;
  }

  async charge(objects: number): Promise<void> {
    this.charges.push(objects);
  }

  async pause(quota: Quota, until: number): Promise<void> {
    this.pauses.push([quota, until]);
  }
}

export interface OpenedGateway extends ScriptedServer {
  readonly gateway: JiraGateway;
  readonly pacing: VirtualPacing;
  readonly limiter: TellingLimiter;
}

interface Settings {
  /** Given the root of the server. */
  readonly token?: (root: URL) => TokenSource;
  readonly signal?: AbortSignal;
  readonly timeoutMilliseconds?: number;
  readonly random?: number;
}

export function credentials(root: URL, token = "token-1", expiresAt = NOW + 3_600_000): JiraCredentials {
  return { root, token, expiresAt };
}

/** A gateway on a server that answers as the script says, below /ex/jira/1f2e. Waiting takes no real time. */
export async function aGateway(script: Script, settings: Settings = {}): Promise<OpenedGateway> {
  const server = await scriptedServer(script);
  const pacing = virtualPacing("2026-09-07T10:00:00Z", settings.random);
  const limiter = new TellingLimiter();
  const root = new URL(`${server.baseUrl}/ex/jira/1f2e/`);
  const gateway = openGateway({
    token: settings.token?.(root) ?? tokenSource(async () => credentials(root), pacing.now),
    limiter,
    pacing,
    signal: settings.signal ?? new AbortController().signal,
    timeoutMilliseconds: settings.timeoutMilliseconds ?? 5000,
  });
  return { ...server, gateway, pacing, limiter };
}
