/**
 * The weekly release: closes the weeks that have settled, and publishes what may be shown of them, once and for good. It
 * is all or nothing, and of several instances one does it.
 */
import {
  ACTIVITIES,
  type Atom,
  dayText,
  type PartOrder,
  PostingMaps,
  type ProtectedCell,
  type PublishedWeek,
  parseEntryDate,
  periodAtoms,
  periodOf,
  planRelease,
  quarterAtoms,
  quarterOf,
  type ReleasePlan,
  StageledgerError,
  weekAtoms,
  weeksOf,
} from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction, lockTenant } from "../engine/tenant-transaction.ts";
import { loadStageMaps } from "../record/posting-rules.ts";
import type { Schema } from "../schema.ts";
import type { MasterKey } from "../secrets/master-key.ts";
import { openTenantSecrets } from "../secrets/tenant-secrets.ts";
import { getTenant, type Tenant } from "../tenants.ts";
import { type PublishedAtom, toAtomRow } from "./atom-rows.ts";
import { ElapsedOfParts } from "./elapsed.ts";
import { readCells } from "./read-cells.ts";

export interface ReleaseOutcome extends ReleasePlan {
  readonly atoms: readonly PublishedAtom[];
}

const NOTHING: ReleaseOutcome = { weeksToClose: [], periods: [], quarters: [], atoms: [] };

/**
 * Runs the release that is due at `now`; nothing is written when none is.
 *
 * A row that says "pending" is kept before the work begins: a run that is interrupted is seen as delayed, and the next one
 * finishes it.
 *
 * @throws StageledgerError TENANT_UNKNOWN, MASTER_KEY_WRONG
 */
export async function release(
  database: Database,
  tenantId: string,
  masterKey: MasterKey,
  now: number,
): Promise<ReleaseOutcome> {
  const isAnnounced = await inTransaction(database, { role: "publisher", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    if (isEmpty(await planNow(trx, await getTenant(trx, tenantId), now))) return false;
    // Who has not the key cannot finish, and should not announce what would then be shown as delayed.
    await openTenantSecrets(trx, tenantId, masterKey);
    await sql`
      insert into published.release (tenant_id, number, state, started_at_ms)
      select ${tenantId}::uuid, coalesce(max(number), 0) + 1, 'pending', ${now}::bigint from published.release
      where tenant_id = ${tenantId}::uuid
      having count(*) filter (where state = 'pending') = 0`.execute(trx);
    return true;
  });
  if (!isAnnounced) return NOTHING;
  return inTransaction(database, { role: "publisher", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const outcome = await decide(trx, await getTenant(trx, tenantId), masterKey, now);
    // Another instance was faster.
    if (isEmpty(outcome)) return NOTHING;
    await publish(trx, tenantId, outcome, now);
    return outcome;
  });
}

/**
 * What a release at `now` would publish; nothing is written. Only for made-up people: of real ones it would show numbers
 * that nobody has decided to publish.
 *
 * @throws StageledgerError RELEASE_PREVIEW_REFUSED, TENANT_UNKNOWN, MASTER_KEY_WRONG
 */
export function previewRelease(
  database: Database,
  tenantId: string,
  masterKey: MasterKey,
  now: number,
): Promise<ReleaseOutcome> {
  return inTransaction(database, { role: "publisher", tenantId, isSnapshot: true }, async (trx) => {
    const tenant = await getTenant(trx, tenantId);
    if (!tenant.isDemo) {
      throw new StageledgerError("RELEASE_PREVIEW_REFUSED", "Only a demo's release can be previewed.", {
        next: "Wait for the release: it comes by itself once the week has settled.",
      });
    }
    return decide(trx, tenant, masterKey, now);
  });
}

function isEmpty({ weeksToClose, periods, quarters }: ReleasePlan): boolean {
  return weeksToClose.length + periods.length + quarters.length === 0;
}

/** What is due at `now`. Inside a transaction of role publisher. */
export async function planNow(
  trx: Transaction<Schema>,
  { tenantId, zone, settlingDays }: Tenant,
  now: number,
): Promise<ReleasePlan> {
  const cells = await sql<{ week: string }>`
    select distinct week from ledger.cell where tenant_id = ${tenantId}::uuid and minutes <> 0`.execute(trx);
  const closes = await trx.selectFrom("ledger.week_close").select("week").where("tenant_id", "=", tenantId).execute();
  const spans = await trx
    .selectFrom("published.released_span")
    .select("span")
    .where("tenant_id", "=", tenantId)
    .execute();
  return planRelease({
    zone,
    settlingDays,
    now,
    weeksWithCells: cells.rows.map(({ week }) => parseEntryDate(week)),
    closedWeeks: new Set(closes.map(({ week }) => parseEntryDate(week))),
    releasedSpans: new Set(spans.map(({ span }) => span)),
  });
}

async function decide(
  trx: Transaction<Schema>,
  tenant: Tenant,
  masterKey: MasterKey,
  now: number,
): Promise<ReleaseOutcome> {
  const { tenantId, zone } = tenant;
  const plan = await planNow(trx, tenant, now);
  const setting = await trx
    .selectFrom("ledger.disclosure_setting")
    .select(["k", "waives_all_native"])
    .where("tenant_id", "=", tenantId)
    .executeTakeFirstOrThrow();
  const secrets = await openTenantSecrets(trx, tenantId, masterKey);
  const settings = secrets.safetySettings(setting.k, setting.waives_all_native);
  const spans = [...plan.periods, ...plan.quarters];
  const weeks = [...new Set([...plan.weeksToClose, ...spans.flatMap((span) => [...weeksOf(span)])])];
  const cells = await readCells(trx, tenantId, weeks);

  const toClose = new Set(plan.weeksToClose);
  const ofWeeks = weekAtoms(
    cells.filter(({ week }) => toClose.has(week)),
    settings,
  );
  const { universe, isBarred } = await universeOf(trx, tenantId, ofWeeks);
  const ofPeriod = cells.filter((cell) => plan.periods.includes(periodOf(cell.week)) && !isBarred(cell));
  const maps = new PostingMaps(await loadStageMaps(trx, tenantId), zone);
  const ofPeriods = periodAtoms(ofPeriod, universe, partOrder(ofPeriod, maps), settings);
  const ofQuarters = quarterAtoms(
    cells.filter(({ week }) => plan.quarters.includes(quarterOf(week))),
    settings,
  );
  const elapsed = new ElapsedOfParts({ trx, tenantId, maps, zone, universe, atoms: ofPeriods });
  const atoms: PublishedAtom[] = [];
  for (const atom of [...ofWeeks, ...ofPeriods, ...ofQuarters]) {
    atoms.push({ ...atom, elapsedMinutes: await elapsed.minutesOf(atom) });
  }
  return { ...plan, atoms };
}

/**
 * The project-weeks that cut A published. One in which somebody was erased afterwards is barred from the cuts that divide
 * and pool: held against its total they would show what that person had logged.
 */
async function universeOf(
  trx: Transaction<Schema>,
  tenantId: string,
  fresh: readonly Atom[],
): Promise<{ readonly universe: readonly PublishedWeek[]; readonly isBarred: (week: PublishedWeek) => boolean }> {
  const earlier = await trx
    .selectFrom("published.atom")
    .select(["project", "span"])
    .where("tenant_id", "=", tenantId)
    .where("cut", "=", "A")
    .execute();
  const erased = await trx
    .selectFrom("ledger.erased_balance")
    .select(["project", "week"])
    .where("tenant_id", "=", tenantId)
    .where("was_published", "=", true)
    .execute();
  const barred = new Set(erased.map(({ project, week }) => JSON.stringify([project, parseEntryDate(week)])));
  const isBarred = ({ project, week }: PublishedWeek): boolean => barred.has(JSON.stringify([project, week]));
  const weeks = [
    ...earlier.map(({ project, span }): PublishedWeek => ({ project, week: parseEntryDate(span) })),
    ...fresh.flatMap(({ identity }) =>
      identity.cut === "A" ? [{ project: identity.project, week: identity.week }] : [],
    ),
  ];
  return { universe: weeks.filter((week) => !isBarred(week)), isBarred };
}

/** Stages in the order of the maps that booked the cells. */
function partOrder(cells: readonly ProtectedCell[], maps: PostingMaps): PartOrder {
  const stages = new Set<string>();
  for (const { project, week } of cells) {
    for (const { name } of maps.mapFor(project, week)?.stages ?? []) stages.add(name);
  }
  return { stages: [...stages], activities: ACTIVITIES };
}

async function publish(
  trx: Transaction<Schema>,
  tenantId: string,
  outcome: ReleaseOutcome,
  now: number,
): Promise<void> {
  const { number } = await trx
    .selectFrom("published.release")
    .select("number")
    .where("tenant_id", "=", tenantId)
    .where("state", "=", "pending")
    .executeTakeFirstOrThrow();
  const weeks = outcome.weeksToClose.map(dayText);
  const spans = [...weeks, ...outcome.periods, ...outcome.quarters];
  await sql`
    insert into ledger.week_close (tenant_id, week, closed_at_ms)
    select ${tenantId}::uuid, json_array_elements_text(${JSON.stringify(weeks)}::json)::date,
      ${now}::bigint`.execute(trx);
  await sql`
    insert into published.atom (tenant_id, cut, project, part_kind, part, span, version, rounded_minutes, contributors,
      elapsed_minutes, release_number)
    select ${tenantId}::uuid, cut, project, part_kind, part, span, version, rounded_minutes, contributors,
      elapsed_minutes, release_number
    from json_to_recordset(${JSON.stringify(outcome.atoms.map((atom) => toAtomRow(atom, number)))}::json) as one (
      cut text, project text, part_kind text, part text, span text, version integer, rounded_minutes bigint,
      contributors text, elapsed_minutes bigint, release_number integer)`.execute(trx);
  await sql`
    insert into published.released_span (tenant_id, span, release_number)
    select ${tenantId}::uuid, json_array_elements_text(${JSON.stringify(spans)}::json), ${number}::integer`.execute(
    trx,
  );
  await trx
    .updateTable("published.release")
    .set({ state: "published", published_at_ms: now })
    .where("tenant_id", "=", tenantId)
    .where("number", "=", number)
    .execute();
}
