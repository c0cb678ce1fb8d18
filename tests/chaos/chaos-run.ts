/**
 * One run: a busy week at the simulated sources while everything around the product fails, then three scenes in which one
 * guarantee stands alone. After each of them faults stop, the product gets the time that it asks for, and the ledger is held
 * against the truth.
 */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../support/free-port.ts";
import type { Mutant } from "./child-order.ts";
import type { Children } from "./children.ts";
import { Course } from "./course.ts";
import { Crew, type Member } from "./crew.ts";
import { Dice } from "./dice.ts";
import { judge, type Outcome } from "./judge.ts";
import { LedgerWatch } from "./ledger-watch.ts";
import { closeTenant, openTenant } from "./run-tenant.ts";
import { BEGINS_AT, MONDAY, type Scene, Scenes } from "./scenes.ts";
import type { Servers } from "./servers.ts";
import { SharedClock } from "./shared-clock.ts";
import type { Side, Source } from "./side.ts";
import { beginSide } from "./sides.ts";
import { Strikes } from "./strikes.ts";
import { Tally } from "./tally.ts";

const DEEDS_BEFORE = 40;

export interface RunOptions {
  readonly seed: number;
  /** How many working days the week has. */
  readonly days: number;
  readonly sources: readonly Source[];
  readonly mutant: Mutant | undefined;
  /** What is played; none means all. */
  readonly scenes: readonly Scene[];
}

/** @returns what the ledger was found to be after the last scene, or after the first one that went wrong */
export async function chaosRun(
  servers: Servers,
  children: Children,
  { seed, days, sources, mutant, scenes: chosen }: RunOptions,
): Promise<Outcome> {
  const dice = new Dice(seed);
  const clock = new SharedClock(join(servers.folder, `clock-${randomUUID()}`), BEGINS_AT);
  const port = await freePort();
  const pause = (): void => clock.advanceTo(clock.now() + dice.between(1, 20) * 1000);
  const sides: Side[] = [];
  for (const source of sources) sides.push(await beginSide(source, { dice, seed, clock, pause, port }));
  const tenantId = await openTenant(servers, sides, clock.now());
  const isOneProcess = mutant === undefined && seed % 3 === 0;
  const crew = new Crew(children, membersOf(seed, isOneProcess), {
    databaseUrl: servers.databaseUrl,
    ...(isOneProcess ? {} : { redisUrl: servers.redis.url }),
    clockPath: clock.path,
    masterKey: servers.masterKey,
    port,
    ...(mutant === undefined ? {} : { mutant }),
    ...Object.assign({}, ...sides.map(({ order }) => order)),
  });
  const faults = new Tally();
  const watch = new LedgerWatch(servers, tenantId, sides);
  const course = new Course({ dice, clock, crew, sides, watch });
  const strikes = new Strikes({ servers, crew, dice, course, faults });
  const scenes = new Scenes({ servers, dice, crew, sides, watch, course, strikes, faults, days });
  const crashesBefore = children.crashes;
  try {
    for (let deed = 0; deed < DEEDS_BEFORE; deed += 1) for (const side of sides) side.act();
    clock.advanceTo(MONDAY);
    await crew.startAll();
    let outcome: Outcome | undefined;
    for (const [scene, play] of scenes.inOrder(chosen)) {
      const trouble = await play();
      const crashes = children.crashes - crashesBefore;
      outcome = await judge(servers, tenantId, sides, { scene, trouble, crashes, faults });
      if (outcome.differences.length > 0) break;
    }
    if (outcome === undefined) throw new Error("A run has a scene.");
    return outcome;
  } finally {
    await course.arrive();
    await crew.killAll();
    for (const side of sides) await side.close();
    clock.close();
    rmSync(clock.path);
    await closeTenant(servers, tenantId, sides);
  }
}

/** Of three weeks one is played by a single process, one by three. */
function membersOf(seed: number, isOneProcess: boolean): readonly Member[] {
  if (isOneProcess) return ["receiver and worker in one"];
  return seed % 3 === 2 ? ["receiver", "worker", "other worker"] : ["receiver", "worker"];
}
