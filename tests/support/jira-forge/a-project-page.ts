/** The app's project page, opened by somebody, and a project in which something flows. */
import { type Database, inTransaction, recordFacts, release } from "@stageledger/db";
import { anItemPart, aPerson, type ForgeDoor } from "../forge/a-forge-door.ts";
import { DAY_COUNT, paymentsItems } from "../payments-items.ts";
import type { ForgeHost } from "./forge-host.ts";
import { openPage, type PageOptions } from "./open-page.ts";

/** Jira's id of the project. */
const PROJECT = "10001";
const DAY = 86_400_000;
const HOUR = 3_600_000;
const STAGES = ["Build", "Review", "Test", "Done"];

interface ProjectPageOptions extends PageOptions {
  /** Jira's id of the project; 10001 unless said. */
  readonly project?: string;
}

/** Opened and drawn; what it asks may still be open. Opening it again is a reload. */
export function openProject(
  door: ForgeDoor,
  { project = PROJECT, ...options }: ProjectPageOptions = {},
): Promise<ForgeHost> {
  const extension = { type: "jira:projectPage", project: { id: project, key: "PAY", type: "software" } };
  return openPage(door, { file: "project.tsx", extension }, options);
}

/** The Jira project is the ledger's PAY from now on. */
export function nameProject({ tenant: { tenantId } }: ForgeDoor, database: Database): Promise<unknown> {
  const source = { tenant_id: tenantId, source_project: `jira:${PROJECT}`, project: "PAY" };
  return inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    trx.insertInto("flow.project_source").values(source).execute(),
  );
}

/** Half a year of Payments up to the door's day: Review takes longest, and grows slower. @returns ids of its items */
export async function recordPayments(door: ForgeDoor, database: Database): Promise<readonly string[]> {
  const firstDay = Math.floor(door.clock.now / DAY) * DAY - (DAY_COUNT - 1) * DAY;
  const parts = paymentsItems().map(({ key, created, entered, back }, i) => {
    const at = (day: number): string =>
      new Date(firstDay + day * DAY + (7 + (i % 9)) * HOUR).toISOString().slice(0, 16);
    const visits = entered.map((day, stage) => ({ day, stage: STAGES[stage] ?? "" }));
    const [build, review, test, done] = visits;
    const again =
      back === null
        ? []
        : [
            { day: back.from, stage: "Review" },
            { day: back.to, stage: "Test" },
          ];
    const way = [build, review, test, ...again, done].flatMap((visit) => visit ?? []);
    const happened = way.filter(({ day }) => day < DAY_COUNT - 1);
    const moves = happened.map(({ day, stage }, k) => {
      const from = happened[k - 1]?.stage ?? "Backlog";
      return [at(day), from, stage] as const;
    });
    return { ...anItemPart(`jira:${20_000 + i}`, key, moves), createdAt: firstDay + created * DAY };
  });
  await recordFacts(database, door.tenant.tenantId, { statuses: [], entries: [], items: parts });
  return parts.map(({ id }) => id);
}

interface Logged {
  readonly people: number;
  readonly stage: string;
  /** By each of them. */
  readonly minutes: number;
  readonly date: string;
}

/** People log on an item at the panel's door, then the weeks that have closed by now are released. */
export async function logAndRelease(
  door: ForgeDoor,
  database: Database,
  item: string,
  logged: readonly Logged[],
): Promise<void> {
  const { now } = door.clock;
  for (const { people, stage, minutes, date } of logged) {
    door.clock.now = Date.parse(`${date}T15:00Z`);
    for (let person = 1; person <= people; person += 1) {
      const body = { minutes, stage, date, activity: "build" };
      const answer = await aPerson(door, `person-${person}`).call(`/forge/v1/items/${item}/entries`, { body });
      if (!answer.ok) throw new Error(`Nothing was logged: ${await answer.text()}`);
    }
  }
  door.clock.now = now;
  await release(database, door.tenant.tenantId, door.tenant.masterKey, now);
}
