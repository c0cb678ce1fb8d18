/** A tenant that is connected to a simulated Jira, and the jobs that read it, done by hand on the site's clock. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  addConnection,
  type BellFields,
  chooseProject,
  type Database,
  inTransaction,
  listParkedBells,
  openTenantSecrets,
  recordStageMap,
  replaceCredentials,
  ringBells,
  setNativeWorklogs,
  setWantedProjects,
} from "@stageledger/db";
import { sql } from "kysely";
import { z } from "zod";
import { JIRA } from "../../../apps/ledger/src/jira/ledger-ids.ts";
import { DEFAULT_JIRA_TIMING, type JiraSyncContext } from "../../../apps/ledger/src/jira-sync/context.ts";
import { jiraCredentialsJson } from "../../../apps/ledger/src/jira-sync/jira/credentials.ts";
import type { JiraGateway } from "../../../apps/ledger/src/jira-sync/jira/gateway.ts";
import { gatewayOpener } from "../../../apps/ledger/src/jira-sync/jira/gateway-opener.ts";
import { processLimiters } from "../../../apps/ledger/src/jira-sync/jira/process-limiter.ts";
import { type Reconciled, reconcileJira } from "../../../apps/ledger/src/jira-sync/reconcile/reconcile.ts";
import { answerJiraBells } from "../../../apps/ledger/src/jira-sync/work/answer-bells.ts";
import { JiraDesks } from "../../../apps/ledger/src/jira-sync/work/connection-desk.ts";
import type { NewTenant } from "../../../packages/db/src/tenants.ts";
import { aStage, aStageMap } from "../a-stage-map.ts";
import { aTenant, type TestTenant } from "../database/a-tenant.ts";
import { ledgerContents } from "../database/ledger-contents.ts";
import { aFakeJiraSite, type JiraInTest } from "./a-fake-jira-site.ts";

export interface JiraSync extends JiraInTest {
  readonly context: JiraSyncContext;
  readonly desks: JiraDesks;
  readonly tenant: TestTenant;
  readonly job: { readonly tenantId: string; readonly connectionId: string };
  readonly log: string[];
  /** How far our clock is ahead of the site's. */
  readonly skew: { milliseconds: number };
  /** By the site's id. @param project what it is called in the ledger */
  choose(sourceProject: string, project: string): Promise<void>;
  takeWorklogs(isOn: boolean): Promise<void>;
  /** A new one of the site's, as the app brings it; until in many years, and for the site itself, unless said. */
  bringToken(about?: { readonly expiresAt: number; readonly apiBaseUrl?: string }): Promise<void>;
  ring(...bells: readonly BellFields[]): Promise<void>;
  /** Rings for these issues, and answers. */
  look(...issues: readonly string[]): Promise<void>;
  answer(signal?: AbortSignal): Promise<number | undefined>;
  reconcile(options?: {
    readonly isFull?: boolean;
    readonly acceptsDeleted?: boolean;
    readonly signal?: AbortSignal;
  }): Promise<Reconciled | undefined>;
  /** Reconciles and answers what that rang. */
  compare(isFull?: boolean): Promise<Reconciled | undefined>;
  /** `Payments Build other 2026-09-07 known in-time 120`, without contributors. */
  cells(): Promise<readonly string[]>;
  /** `To Do,In Progress` by issue: names of the statuses of its stays, in order; "gone" at the end of one that is. */
  stays(issue: string): Promise<string>;
  /** When the stays of an issue began, in hours since the site's first instant, to the second; at the end when it went. */
  hours(issue: string): Promise<readonly number[]>;
  /** `Payments`: the ledger's project of an issue. */
  projectOf(issue: string): Promise<string | undefined>;
  bells(): Promise<readonly z.infer<typeof bellRow>[]>;
  parked(): Promise<readonly string[]>;
  problem(): Promise<string | null>;
  /** How many rows there are of items, seen items, facts, entries, contributors and bells. */
  rows(): Promise<Readonly<Record<string, number>>>;
  /** How many calls went to paths that have this in them. */
  calls(part: string): number;
}

const bellRow = z.object({
  fields: z.record(z.string(), z.union([z.string(), z.number()])),
  state: z.string(),
  attempts: z.number(),
  error_code: z.string().nullable(),
});
const timelineRow = z.object({ item_id: z.string(), stays: z.array(z.tuple([z.string(), z.number()])) });

const YEARS = 10 * 365 * 86_400_000;

type Wanted = Parameters<typeof aFakeJiraSite>[0] & {
  readonly tenant?: Partial<NewTenant>;
  readonly takesWorklogs?: boolean;
  readonly takesAll?: boolean;
  /** False: nobody has said what the stages are. */
  readonly hasStages?: boolean;
  readonly openGateway?: (open: JiraSyncContext["openGateway"]) => JiraSyncContext["openGateway"];
};

/** With the project PAY, which is Payments in the ledger, by the stages To Do, Build (status In Progress) and Done. */
export async function aJiraSync(
  database: Database,
  {
    tenant: about,
    takesWorklogs = false,
    takesAll = false,
    hasStages = true,
    openGateway: wrapped,
    ...wanted
  }: Wanted = {},
): Promise<JiraSync> {
  const site = await aFakeJiraSite(wanted);
  const { clock, world, jira, project, statuses } = site;
  jira.tokens.lifeMilliseconds = YEARS;
  const beginning = clock.now();
  const tenant = await aTenant(database, about);
  const { tenantId, masterKey } = tenant;
  const connectionId = randomUUID();
  const log: string[] = [];
  const inRecorder = <T>(work: Parameters<typeof inTransaction<T>>[2]): Promise<T> =>
    inTransaction(database, { role: "recorder", tenantId }, work);
  const choose: JiraSync["choose"] = (sourceProject, name) =>
    inRecorder((trx) =>
      chooseProject(trx, tenantId, JIRA, { connectionId, sourceProject, project: name, stageField: undefined }),
    );
  const credentialsUntil = (expiresAt: number, apiBaseUrl = jira.apiBaseUrl): string =>
    jiraCredentialsJson({ apiBaseUrl, token: jira.tokens.giveSystemToken(), expiresAt });
  await inRecorder(async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const credentials = credentialsUntil(clock.now() + YEARS);
    const connection = { connectionId, kind: "jira", workspace: randomUUID() } as const;
    await addConnection(trx, tenantId, connection, credentials, secrets, randomBytes, clock.now());
    await setWantedProjects(trx, tenantId, connectionId, { takesAll, nameByKey: {} });
    await setNativeWorklogs(trx, tenantId, takesWorklogs);
  });
  if (!takesAll) await choose(project, "Payments");
  const stages = [
    aStage("To do", "waiting", { statuses: [JIRA + statuses.toDo] }),
    aStage("Build", "active", { statuses: [JIRA + statuses.build] }),
    aStage("Done", "done", { statuses: [JIRA + statuses.done] }),
  ];
  if (hasStages) await recordStageMap(database, tenantId, aStageMap({ stages }));
  const skew = { milliseconds: 0 };
  const pacing = {
    now: () => clock.now() + skew.milliseconds,
    random: () => 0,
    sleep: async (milliseconds: number) => clock.advance(milliseconds),
  };
  const limiters = processLimiters(pacing, {
    pointsAnHour: { bell: 1_000_000_000, sweep: 1_000_000_000 },
    callsASecond: 1_000_000,
  });
  const open = gatewayOpener({ limiters, pacing, signal: new AbortController().signal });
  const context: JiraSyncContext = {
    ...{ database, masterKey, pacing, newId: randomUUID },
    log: (event, details) => void log.push(JSON.stringify([event, details])),
    openGateway: wrapped?.(open) ?? open,
    timing: DEFAULT_JIRA_TIMING,
  };
  const desks = new JiraDesks(context);
  const job = { tenantId, connectionId };
  const ring: JiraSync["ring"] = (...bells) =>
    inRecorder((trx) =>
      ringBells(
        trx,
        tenantId,
        bells.map((fields) => ({ bellId: randomUUID(), connectionId, fields })),
        clock.now(),
      ),
    );
  const answer: JiraSync["answer"] = async (signal = new AbortController().signal) =>
    answerJiraBells(context, desks, job, signal);
  const reconcile: JiraSync["reconcile"] = ({
    isFull = true,
    acceptsDeleted = false,
    signal = new AbortController().signal,
  } = {}) => reconcileJira(context, desks, job, signal, { isFull, acceptsDeleted, onProgress: () => undefined });
  const timelineOf = (issue: string) =>
    inRecorder(async (trx) => {
      const { rows } = await sql`
        select item_id, stays from flow.timeline where tenant_id = ${tenantId}::uuid and item_id = ${JIRA + issue}`.execute(
        trx,
      );
      return timelineRow.optional().parse(rows[0]);
    });
  const nameOf = (status: string) => world.statuses.get(status.replace(JIRA, ""))?.name ?? status;
  return {
    ...site,
    ...{ context, desks, tenant, job, log, skew, choose, ring, answer, reconcile },
    bringToken: ({ expiresAt, apiBaseUrl } = { expiresAt: clock.now() + YEARS }) =>
      inRecorder(async (trx) => {
        const secrets = await openTenantSecrets(trx, tenantId, masterKey);
        await replaceCredentials(
          trx,
          tenantId,
          connectionId,
          credentialsUntil(expiresAt, apiBaseUrl),
          secrets,
          randomBytes,
        );
      }),
    takeWorklogs: (isOn) => inRecorder((trx) => setNativeWorklogs(trx, tenantId, isOn)),
    look: async (...issues) => {
      await ring(...issues.map((gid) => ({ what: "issue", gid, action: "updated" })));
      await answer();
    },
    compare: async (isFull = true) => {
      const done = await reconcile({ isFull });
      await answer();
      return done;
    },
    cells: async () => (await ledgerContents(database, tenantId)).cells,
    stays: async (issue) => ((await timelineOf(issue))?.stays ?? []).map(([status]) => nameOf(status)).join(","),
    hours: async (issue) =>
      ((await timelineOf(issue))?.stays ?? []).map(([, start]) => Math.round((start - beginning) / 1000) / 3600),
    projectOf: (issue) =>
      inRecorder(async (trx) => {
        const { rows } = await sql<{ project: string }>`
          select project from flow.item where tenant_id = ${tenantId}::uuid and item_id = ${JIRA + issue}`.execute(trx);
        return rows[0]?.project;
      }),
    bells: () =>
      inRecorder(async (trx) => {
        const { rows } = await sql`
          select fields, state, attempts, error_code from inbox.bell where tenant_id = ${tenantId}::uuid
          order by fields::text`.execute(trx);
        return z.array(bellRow).parse(rows);
      }),
    parked: async () =>
      (await inRecorder((trx) => listParkedBells(trx, tenantId))).map(
        ({ fields, errorCode }) => `${fields.gid} ${errorCode}`,
      ),
    problem: () =>
      inRecorder(async (trx) => {
        const { rows } = await sql<{ problem_code: string | null }>`
          select problem_code from control.connection where connection_id = ${connectionId}::uuid`.execute(trx);
        return rows[0]?.problem_code ?? null;
      }),
    rows: () =>
      inRecorder(async (trx) => {
        const counts: Record<string, number> = {};
        for (const table of [
          "flow.item",
          "flow.item_fact",
          "control.seen_item",
          "ledger.entry",
          "ledger.contributor",
          "inbox.bell",
        ]) {
          const { rows } = await sql<{ count: number }>`
            select count(*)::integer as count from ${sql.raw(table)} where tenant_id = ${tenantId}::uuid`.execute(trx);
          counts[table] = rows[0]?.count ?? 0;
        }
        return counts;
      }),
    calls: (part) => jira.requests.filter(({ path }) => path.includes(part)).length,
  };
}

/** Passes on to a gateway, except for what is said otherwise. */
export function gatewayLike(
  open: JiraSyncContext["openGateway"],
  otherwise: (gateway: JiraGateway) => Partial<JiraGateway>,
): JiraSyncContext["openGateway"] {
  return (...connection) => {
    const gateway = open(...connection);
    const own: JiraGateway = {
      listProjects: () => gateway.listProjects(),
      findProject: (id) => gateway.findProject(id),
      listStatuses: () => gateway.listStatuses(),
      listFlagFields: () => gateway.listFlagFields(),
      searchIssues: (...search) => gateway.searchIssues(...search),
      findIssue: (...issue) => gateway.findIssue(...issue),
      readHistories: (...issues) => gateway.readHistories(...issues),
      readProjectMoves: (issues) => gateway.readProjectMoves(issues),
      listUpdatedWorklogs: (since) => gateway.listUpdatedWorklogs(since),
      listDeletedWorklogs: (since) => gateway.listDeletedWorklogs(since),
      readWorklogs: (ids) => gateway.readWorklogs(ids),
      listWorklogsOf: (issue) => gateway.listWorklogsOf(issue),
    };
    return { ...own, ...otherwise(gateway) };
  };
}
