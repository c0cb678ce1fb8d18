import { onTestFinished } from "vitest";
import { readSite, type SiteReadOptions, type SiteSummary } from "../../apps/ledger/src/jira/site/read-site.ts";
import { type FakeJira, type FakeJiraOptions, startFakeJira } from "../simulators/jira/fake-jira.ts";
import type { SiteData } from "../simulators/jira/site-data.ts";
import { RecordingSink } from "./recording-sink.ts";
import { type VirtualPacing, virtualPacing } from "./virtual-pacing.ts";

export const EMAIL = "reader@example.com";
export const TOKEN = "ATATT3xFfGF0-not-a-real-token";

/** A fake site that accepts {@link EMAIL} and {@link TOKEN}, and a way to read it that waits no real time. */
export interface SiteReading {
  readonly jira: FakeJira;
  readonly sink: RecordingSink;
  readonly pacing: VirtualPacing;
  /** Authorization header that the site accepts. */
  readonly authorization: string;
  /** Reads `project = PAY` with the right credentials, unless said otherwise. */
  read(overrides?: Partial<SiteReadOptions>): Promise<SiteSummary>;
}

/** To be called within a test: the site closes when the test ends. */
export async function aSiteReading(
  data: SiteData,
  { random = 0, ...options }: Partial<FakeJiraOptions> & { readonly random?: number } = {},
): Promise<SiteReading> {
  const jira = await startFakeJira(data, { email: EMAIL, token: TOKEN, ...options });
  onTestFinished(() => jira.close());
  const sink = new RecordingSink();
  const pacing = virtualPacing("2026-11-02T09:00:00Z", random);
  const credentials = { email: EMAIL, token: TOKEN };
  return {
    jira,
    sink,
    pacing,
    authorization: `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString("base64")}`,
    read: (overrides = {}) =>
      readSite({ site: jira.url, jql: "project = PAY", credentials, pacing, ...overrides }, sink),
  };
}
