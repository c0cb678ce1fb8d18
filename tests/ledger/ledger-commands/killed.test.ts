import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, listTenantIds, MasterKey, openDatabase, release, verify } from "@stageledger/db";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { migratedFolder, migratedServerData } from "../../support/database/migrated-data.ts";
import { copyData, startPostgres } from "../../support/database/postgres-server.ts";
import { killDuring, workMilliseconds } from "../../support/killed-process.ts";
import { projectRoot } from "../../support/project-root.ts";
import { stageledgerInProcess } from "../../support/stageledger-in-process.ts";
import { STAGELEDGER } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";
import { BEGINNING_OF_LOG, ISSUES, LOG, SETTLED_LOG, SETTLED_TOTALS, WORKLOGS } from "./killed-logs.ts";

/** Kills of imports, and as many of releases, on each engine; `KILLS=50` tries harder. */
const KILLS = Number(process.env.KILLS ?? 3);
/** Another one moves the instants. */
const SEED = Number(process.env.KILL_SEED ?? 7);
const A_KILL_MILLISECONDS = 120_000;

const IMPORT = ["import", "jira", "log.jsonl", "--worklogs", "--json"];
const RELEASER = join(projectRoot, "tests/support/database/release-a-ledger.ts");

/**
 * Instants spread over the whole of the work, drawn within as many equal parts of it as there are kills, so that few kills
 * miss no part. A machine that is busier than when it was measured may miss what has to be hit: then as many again.
 */
function* killInstants(workTakesMilliseconds: number, hasHit: () => boolean): Generator<number> {
  let state = SEED;
  for (let i = 0; i < KILLS || (i < 2 * KILLS && !hasHit()); i += 1) {
    // Numerical Recipes' generator: good enough to land anywhere.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield (((i % KILLS) + state / 2 ** 32) / KILLS) * workTakesMilliseconds;
  }
}

interface LedgerPlace {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly database: Parameters<typeof openDatabase>[0];
}

const MASTER_KEY = randomBytes(32).toString("base64");
let serverUrl = "";
let stop: () => Promise<void> = () => Promise.resolve();
let databases = 0;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-killed-"));
  const server = await startPostgres(folder, { like: await migratedServerData() });
  serverUrl = server.url;
  stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
});
afterAll(() => stop());

const variablesOf = (name: string) => ({
  DATABASE_URL: `${serverUrl}/${name}`,
  STAGELEDGER_MASTER_KEY: MASTER_KEY,
});

async function onServer(statement: string): Promise<void> {
  const database = await openDatabase({ kind: "postgres", url: `${serverUrl}/template1` });
  await sql.raw(statement).execute(database.kysely);
  await database.close();
}

/** A database without a tenant, or with all that another one has. */
async function aServerPlace(files: Record<string, string>, like?: LedgerPlace): Promise<LedgerPlace> {
  databases += 1;
  const name = `ledger_${databases}`;
  const template = like === undefined ? "postgres" : like.variables.DATABASE_URL?.split("/").at(-1);
  await onServer(`create database ${name} template ${template}`);
  const variables = variablesOf(name);
  return { folder: aFolder(files), variables, database: { kind: "postgres", url: variables.DATABASE_URL } };
}

async function anEmbeddedPlace(files: Record<string, string>, like?: LedgerPlace): Promise<LedgerPlace> {
  const folder = aFolder(files);
  if (like === undefined) await migratedFolder(join(folder, "data/ledger"));
  else copyData(join(like.folder, "data"), join(folder, "data"));
  return { folder, variables: {}, database: { kind: "embedded", folder: join(folder, "data/ledger") } };
}

async function looking<T>(place: LedgerPlace, look: (database: Database, tenantId: string) => Promise<T>): Promise<T> {
  const database = await openDatabase(place.database);
  try {
    const [tenantId = ""] = await listTenantIds(database);
    return await look(database, tenantId);
  } finally {
    await database.close();
  }
}

/** Sums by entry without the entries' ids, which differ from ledger to ledger. */
const imported = (place: LedgerPlace) =>
  looking(place, async (database, tenantId) => {
    const { cells, balances, timelines, items } = await ledgerContents(database, tenantId);
    const { rows } = await sql<{ count: number }>`select count(*) from ledger.posting`.execute(database.kysely);
    return {
      cells,
      timelines,
      postings: rows[0]?.count,
      balances: balances.map((line) => line.split(" ").at(-1)).sort(),
      items: items.map((line) => line.replace(tenantId, "")),
      differences: await verify(database, tenantId),
    };
  });

/** All that is published, and what is written with it. */
async function published(database: Database, tenantId: string) {
  const lines = async (query: string): Promise<readonly string[]> => {
    const { rows } = await sql<{ line: string }>`${sql.raw(query)}`.execute(database.kysely);
    return rows.map(({ line }) => line.replace(tenantId, "")).sort();
  };
  return {
    atoms: await lines("select atom::text as line from published.atom atom"),
    spans: await lines("select span as line from published.released_span"),
    closedWeeks: await lines("select week::text as line from ledger.week_close"),
    releases: await lines("select number || ' ' || state as line from published.release"),
    differences: await verify(database, tenantId),
  };
}

describe.each([
  { engine: "postgres", aPlace: aServerPlace },
  { engine: "embedded", aPlace: anEmbeddedPlace },
])("killed on $engine", ({ engine, aPlace }) => {
  const run = (words: readonly string[], place: LedgerPlace) => stageledgerInProcess(words, place);

  test(
    "an import at any instant: what is there recounts, and run again it is whole, nothing twice",
    async () => {
      const importing = (place: LedgerPlace) => ({
        words: [STAGELEDGER, ...IMPORT],
        ...place,
        begins: "A ledger was begun",
        acknowledges: '"worklogs"',
      });
      const undisturbed = await aPlace({ "log.jsonl": LOG });
      const first = await workMilliseconds(importing(undisturbed));
      // The shorter of two: an instant after the end of the work hits nothing.
      const takes = Math.min(first, await workMilliseconds(importing(await aPlace({ "log.jsonl": LOG }))));
      const whole = await imported(undisturbed);
      expect([whole.items.length, whole.balances.length, whole.differences]).toEqual([ISSUES, WORKLOGS, []]);

      const tally = { kills: 0, inside: 0, withoutItems: 0, withSomeItems: 0, withAllItems: 0 };
      for (const instant of killInstants(takes, () => tally.withSomeItems > 0)) {
        tally.kills += 1;
        const place = await aPlace({ "log.jsonl": LOG });
        const { acknowledged } = await killDuring(importing(place), instant);
        const left = await imported(place);
        expect(left.differences).toEqual([]);
        if (acknowledged) expect(left).toEqual(whole);
        else tally.inside += 1;
        if (left.items.length === 0) tally.withoutItems += 1;
        else if (left.items.length < ISSUES) tally.withSomeItems += 1;
        else tally.withAllItems += 1;

        const again = await run(IMPORT, place);
        expect(again.stderr).not.toContain("[");
        expect(JSON.parse(again.stdout)).toMatchObject({ issues: ISSUES, worklogs: WORKLOGS });
        expect(await imported(place)).toEqual(whole);
      }
      console.info(`Kills of imports on ${engine}, work of ${Math.round(takes)} ms:`, tally);
      // Enough fell into the work, however much slower the measured run was, and some of them between its batches.
      expect(tally.inside).toBeGreaterThanOrEqual(Math.ceil(tally.kills / 3));
      expect(tally.withSomeItems).toBeGreaterThan(0);
    },
    (2 * KILLS + 2) * A_KILL_MILLISECONDS,
  );

  test(
    "a release at any instant: all of it is published or nothing, and run again it is whole, once",
    async () => {
      const prepared = await aPlace({ "log.jsonl": SETTLED_LOG });
      expect((await run(["import", "jira", "log.jsonl", "--worklogs"], prepared)).exitCode).toBe(0);
      const masterKey =
        engine === "postgres"
          ? MASTER_KEY
          : readFileSync(join(prepared.folder, "data/ledger/master.key"), "utf8").trim();
      const releasing = (place: LedgerPlace) => {
        const where = place.database.kind === "postgres" ? place.database.url : place.database.folder;
        return { words: [RELEASER, engine, where, masterKey], ...place, begins: "open", acknowledges: "released" };
      };
      const undisturbed = await aPlace({}, prepared);
      const first = await workMilliseconds(releasing(undisturbed));
      const takes = Math.min(first, await workMilliseconds(releasing(await aPlace({}, prepared))));
      const whole = await looking(undisturbed, published);
      expect(whole.atoms.filter((line) => line.startsWith("(,A,"))).toHaveLength(SETTLED_TOTALS);
      expect([whole.releases, whole.differences]).toEqual([["1 published"], []]);

      const nothing = { atoms: [], spans: [], closedWeeks: [], differences: [] };
      const tally = { kills: 0, inside: 0, unannounced: 0, pending: 0, published: 0 };
      for (const instant of killInstants(takes, () => tally.pending > 0)) {
        tally.kills += 1;
        const place = await aPlace({}, prepared);
        const { acknowledged } = await killDuring(releasing(place), instant);
        const left = await looking(place, published);
        if (!acknowledged) tally.inside += 1;
        if (acknowledged || left.atoms.length > 0) expect(left).toEqual(whole);
        else expect(left).toEqual({ ...nothing, releases: left.releases.length === 0 ? [] : ["1 pending"] });
        if (left.releases.length === 0) tally.unannounced += 1;
        else if (left.atoms.length === 0) tally.pending += 1;
        else tally.published += 1;

        expect((await run(["release"], place)).exitCode).toBe(0);
        await looking(place, async (database, tenantId) => {
          expect(await published(database, tenantId)).toEqual(whole);
          const { atoms } = await release(database, tenantId, MasterKey.parse(masterKey), Date.now());
          expect(atoms).toEqual([]);
          expect(await published(database, tenantId)).toEqual(whole);
        });
      }
      console.info(`Kills of releases on ${engine}, work of ${Math.round(takes)} ms:`, tally);
      expect(tally.inside).toBeGreaterThanOrEqual(Math.ceil(tally.kills / 3));
      // It had begun to decide what is published, and none of that is left.
      expect(tally.pending).toBeGreaterThan(0);
    },
    (2 * KILLS + 2) * A_KILL_MILLISECONDS,
  );

  test("a log the moment it is acknowledged: it is there", async () => {
    const place = await aPlace({ "log.jsonl": BEGINNING_OF_LOG });
    await run(["import", "jira", "log.jsonl"], place);
    for (const minutes of [11, 12, 13]) {
      const words = ["log", "BIG1-3", `${minutes}m`, "--date", "2026-09-08", "--as", "killed"];
      const logging = { words: [STAGELEDGER, ...words], ...place, begins: `Logged ${minutes} min` };
      expect(await killDuring({ ...logging, acknowledges: logging.begins }, 0)).toEqual({ acknowledged: true });
    }
    const mine = await run(["me", "--week", "2026-09-08", "--as", "killed", "--json"], place);
    expect(
      JSON.parse(mine.stdout)
        .entries.map((entry: { minutes: number }) => entry.minutes)
        .sort(),
    ).toEqual([11, 12, 13]);
  }, 300_000);
});
