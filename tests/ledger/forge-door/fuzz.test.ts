/** Ten thousand calls that nobody foresaw: each is refused with a code, or done; none is a fault of ours. */
import { randomUUID } from "node:crypto";
import { problem } from "@stageledger/core/contract/problem";
import { inTransaction } from "@stageledger/db";
import fc from "fast-check";
import { expect, test } from "vitest";
import { onPostgres } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, connectTheSite, ITEM, type Person } from "../../support/forge/a-forge-door.ts";

const CALLS = 10_000;
const SEED = 20_260_908;
const AT_ONCE = 8;
/** A person may make sixty at once. */
const CALLS_A_PERSON = 50;

const ID = "00000000-0000-4000-8000-000000000000";
const ROUTES = [
  ["POST", `/forge/v1/items/${ITEM}/entries`],
  ["PATCH", `/forge/v1/entries/${ID}`],
  ["POST", `/forge/v1/entries/${ID}/undo`],
  ["DELETE", `/forge/v1/entries/${ID}?revision=1`],
  ["POST", `/forge/v1/items/${ITEM}/timer`],
  ["POST", "/forge/v1/my/timer/pause"],
  ["POST", "/forge/v1/my/timer/log"],
  ["POST", `/forge/v1/items/${ITEM}/roadblocks`],
  ["POST", `/forge/v1/roadblocks/${ID}/resolve`],
  ["PUT", "/forge/v1/stages"],
  ["POST", "/forge/v1/my/link-codes"],
  ["POST", "/forge/v1/my/links"],
  ["POST", "/forge/v1/my/week"],
  ["PUT", `/forge/v1/entries/${ID}/project`],
  ["PUT", "/forge/v1/my/settings"],
  ["POST", "/forge/v1/my/erasure"],
  ["POST", "/forge/v1/events"],
  ["POST", "/forge/v1/site-token"],
  ["POST", "/forge/v1/installation"],
] as const;
/** Those that the app calls in its own name. */
const SERVICE: readonly string[] = ["/forge/v1/events", "/forge/v1/site-token", "/forge/v1/installation"];

const strange = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "Review",
    "review",
    "Ｒｅｖｉｅｗ",
    "Re\u0301view",
    "\u0000",
    "\ud800",
    "\u202eweiveR",
    "'; drop table ledger.entry; --",
  ),
  fc.constantFrom("2026-09-08", "2026-02-30", "0000-00-00", "9999-12-31", "1970-01-01", "2026-9-8", "build", "other"),
);
const number = fc.oneof(
  fc.constantFrom(1, 60, 1440, 1441, 0, -0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), 1e-7),
  fc.integer({ min: -5, max: 2000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const value = fc.oneof(
  strange,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.array(number, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const KNOWN = ["events", "payload", "eventType", "issue", "worklog", "version", "commitment", "stages", "code"].concat([
  "minutes",
  "date",
  "activity",
  "stage",
  "revision",
  "isMirrored",
  "replace",
  "kind",
  "words",
  "day",
  "changes",
  "project",
  "mirrorsToJira",
  "confirm",
]);
const few = fc.integer({ min: 1, max: 5 });
const partly = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> =>
  fc.record(members, { requiredKeys: [] });
const told = fc.record({ what: fc.constantFrom("issue", "worklog", "user", "board"), action: strange, issue: value });
const stage = fc.record({
  name: strange,
  kind: fc.constantFrom("active", "done", "waiting"),
  statuses: fc.array(strange),
});
const change = fc.oneof(
  fc.record({ kind: fc.constant("log"), item: fc.constantFrom(ITEM, "jira:1"), date: strange, minutes: few }),
  fc.record({ kind: fc.constant("log"), item: strange, date: strange, minutes: number }),
  fc.record({ kind: fc.constantFrom("edit", "delete"), entry: fc.constant(ID), revision: few }),
  value,
);
/** Often near to what a route takes, so that it comes as far as the database. */
const body = fc.oneof(
  partly(Object.fromEntries(KNOWN.map((name) => [name, value]))),
  fc.record({ minutes: few, date: strange }),
  fc.record({ minutes: few, stage: strange }),
  fc.record({ minutes: few, date: fc.constant("2026-09-08"), activity: strange }),
  fc.record({ kind: fc.constant("other"), words: strange }),
  fc.record({ revision: number, minutes: few }),
  fc.record({ events: fc.array(fc.oneof(told, value), { maxLength: 3 }) }),
  fc.record({ payload: fc.record({ eventType: fc.constantFrom("avi:jira:updated:issue", "x"), issue: value }) }),
  fc.record({ version: fc.constantFrom(0, 1, 2), commitment: strange, stages: fc.array(stage, { maxLength: 3 }) }),
  fc.record({ day: fc.constantFrom("2026-09-08", "2026-02-30"), changes: fc.array(change, { maxLength: 4 }) }),
  fc.record({ revision: few, project: strange }),
  fc.record({ mirrorsToJira: fc.oneof(fc.boolean(), value) }),
  fc.record({ confirm: fc.oneof(strange, fc.constant("erase")) }),
  fc.record({ code: fc.oneof(strange, fc.constant("BBBB-BBBB-BBBB-BBBB")) }),
  fc.dictionary(strange, value, { maxKeys: 4 }),
  fc.jsonValue({ maxDepth: 4 }),
);
const text = fc.oneof(
  { weight: 9, arbitrary: body.map((one) => JSON.stringify(one)) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);

onPostgres((engine) => {
  test(`${CALLS} calls with strange bodies: refused with a code or done, never a fault of ours`, async () => {
    const door = await aForgeDoor(engine().database);
    await connectTheSite(door, engine().database);
    const { forge, installationId, jira } = door;
    const appToken = await forge.mint({ installationId, accountId: undefined, apiBaseUrl: jira.url });
    const calls = fc.sample(fc.tuple(fc.constantFrom(...ROUTES), text), { numRuns: CALLS, seed: SEED });
    const tally = new Map<string, number>();
    const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

    async function make(
      person: Person,
      token: string,
      [[method, path], sent]: (typeof calls)[number],
    ): Promise<boolean> {
      const proof = SERVICE.includes(path) ? appToken : token;
      const response = await person.call(path, { method, body: sent, token: proof, key: randomUUID() });
      const said: unknown = await response.json();
      if (response.ok) count("done");
      else {
        const { status, code } = problem.parse(said);
        count(status === 401 ? "401" : `${status} ${code}`);
        if (status >= 500) throw new Error(`${method} ${path} ${sent}: ${JSON.stringify(said)}`);
      }
      return response.ok;
    }

    async function work(share: typeof calls): Promise<void> {
      for (let from = 0; from < share.length; from += CALLS_A_PERSON) {
        const person = aPerson(door);
        let token = await person.token();
        // A call that was done has used its token.
        for (const call of share.slice(from, from + CALLS_A_PERSON)) {
          if (await make(person, token, call)) token = await person.token();
        }
      }
    }
    const size = Math.ceil(CALLS / AT_ONCE);
    await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => work(calls.slice(i * size, (i + 1) * size))));

    const kinds = [...tally.keys()];
    expect([...tally.values()].reduce((sum, n) => sum + n, 0)).toBe(CALLS);
    expect(kinds).not.toContain("401");
    // They came as far as this: else the calls would be too strange to try anything.
    expect(kinds).toEqual(
      expect.arrayContaining(["done", "400 REQUEST_INVALID", "422 STAGE_UNKNOWN", "422 ENTRY_IMPOSSIBLE_DATE"]),
    );
    // Of what rang, only ids of issues and worklogs that could be some; of what nobody understands, names of ours and figures.
    const rung = await inTransaction(engine().database, { role: "recorder", tenantId: door.tenant.tenantId }, (trx) =>
      trx.selectFrom("inbox.bell").select("fields").execute(),
    );
    const isRead = ({ fields }: (typeof rung)[number]): boolean => !("sha256" in fields);
    const [read, unread] = [rung.filter(isRead), rung.filter((bell) => !isRead(bell))];
    for (const { fields } of read) expect(fields).toMatchObject({ gid: expect.stringMatching(/^\d{1,19}$/u) });
    expect(unread.length).toBeGreaterThan(10);
    for (const { fields } of unread) {
      expect(fields).toMatchObject({ path: expect.stringMatching(/^body(?:\.(?:payload|events|\d+))*$/u) });
    }
    expect(door.log.filter((line) => !line.includes("events unreadable"))).toEqual([]);
  }, 300_000);

  test("paths and queries that nobody foresaw are refused with a code", async () => {
    const door = await aForgeDoor(engine().database);
    const parts = fc.oneof(strange, fc.constantFrom("..", ".", "%", "%2e%2e", "jira:10088", "jira:10088;x"));
    const paths = fc.sample(fc.tuple(fc.constantFrom("items", "entries", "projects", "roadblocks"), parts, strange), {
      numRuns: 300,
      seed: SEED,
    });
    let person = aPerson(door);
    for (const [i, [kind, part, query]] of paths.entries()) {
      if (i % CALLS_A_PERSON === 0) person = aPerson(door);
      const path = `/forge/v1/${kind}/${encodeURIComponent(part.toWellFormed())}/${kind === "projects" ? "report" : "entries"}`;
      const response = await person.call(`${path}?${encodeURIComponent(query.toWellFormed())}=1`);
      const { status } = problem.parse(await response.json());
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  }, 120_000);
});
