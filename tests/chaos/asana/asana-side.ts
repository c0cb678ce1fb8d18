/** The simulated Asana with a team that works in it. */
import { randomBytes, randomUUID } from "node:crypto";
import { addConnection, chooseProject, setDue, type TenantSecrets } from "@stageledger/db";
import { type FakeAsana, startFakeAsana } from "../../simulators/asana/fake-asana.ts";
import { World } from "../../simulators/asana/world.ts";
import type { Dice } from "../dice.ts";
import { times } from "../disasters.ts";
import type { Mishap, Side } from "../side.ts";
import type { SideSurroundings } from "../side-surroundings.ts";
import type { StatusesByStage } from "../stages.ts";
import type { TrueLedger } from "../true-ledger.ts";
import { type Boards, buildBoards } from "./boards.ts";
import { Team } from "./team.ts";
import { trueAsanaLedger } from "./true-ledger.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Of a busy week. Half of the failed calls were obeyed. */
const ROUGH = {
  dropped: 0.3,
  duplicated: 0.3,
  delayed: 0.4,
  delayedByMilliseconds: 3 * HOUR,
  reordered: 0.5,
  serverErrors: 0.02,
  brokenConnections: 0.02,
  laggingLists: 0.05,
};
const CALM = {
  dropped: 0,
  duplicated: 0,
  delayed: 0,
  reordered: 0,
  serverErrors: 0,
  brokenConnections: 0,
  laggingLists: 0,
};
/** Most calls fail. */
const OUTAGE = { serverErrors: 0.5, brokenConnections: 0.3 };

export class AsanaSide implements Side {
  readonly source = "asana";
  readonly connectionId: string = randomUUID();
  readonly troubles: readonly string[] = [];
  readonly #world: World;
  readonly #boards: Boards;
  readonly #team: Team;
  readonly #asana: FakeAsana;

  static async begin({ dice, seed, clock, pause }: SideSurroundings): Promise<AsanaSide> {
    const world = new World({
      now: clock.now,
      seed,
      dials: {
        entryBells: dice.weighed({ none: 2, task: 1, entry: 1 }),
        entriesMoveModifiedAt: dice.chance(0.5),
        creationHasStory: dice.chance(0.5),
      },
    });
    const boards = buildBoards(world);
    const team = new Team(world, boards, dice, pause);
    const dials = { optFieldsAddToCompact: dice.chance(0.5), entryListsAreCompact: dice.chance(0.3) };
    return new AsanaSide(world, boards, team, await startFakeAsana(world, { seed, dials }));
  }

  private constructor(world: World, boards: Boards, team: Team, asana: FakeAsana) {
    this.#world = world;
    this.#boards = boards;
    this.#team = team;
    this.#asana = asana;
  }

  get statuses(): StatusesByStage {
    return this.#boards.statuses;
  }

  get order(): Side["order"] {
    return { asanaUrl: this.#asana.apiUrl };
  }

  get calls(): number {
    return this.#asana.requests.length;
  }

  get isDelivered(): boolean {
    return this.#asana.webhooks.all().every(({ waiting }) => waiting.every(({ event }) => event === undefined));
  }

  get faults(): Readonly<Record<string, number>> {
    return this.#asana.faults.table;
  }

  async connect(
    trx: Parameters<Side["connect"]>[0],
    tenantId: string,
    secrets: TenantSecrets,
    now: number,
  ): Promise<void> {
    const { connectionId } = this;
    const { workspace, chosen } = this.#boards;
    const credentials = JSON.stringify({ kind: "token", token: "personal-token" });
    const connection = { connectionId, kind: "asana", workspace } as const;
    await addConnection(trx, tenantId, connection, credentials, secrets, randomBytes, now);
    for (const { gid, project, field } of chosen) {
      await chooseProject(trx, tenantId, "asana:", {
        connectionId,
        sourceProject: gid,
        project,
        stageField: field?.gid,
      });
    }
    for (const kind of ["keep", "reconcile"]) await setDue(trx, { tenantId, connectionId, kind, dueAt: now });
  }

  act(): void {
    this.#team.act();
  }

  planAhead(): void {
    this.#team.planAhead();
  }

  move(): void {
    this.#team.move();
  }

  work(): void {
    this.#team.work();
  }

  logDirectly(): void {}

  goOn(isEverything = false): void {
    this.#team.bringBack(isEverything);
  }

  deliverDue(): Promise<number> {
    return this.#asana.deliverDue();
  }

  roughen(): void {
    Object.assign(this.#asana.chaos.dials, ROUGH);
  }

  calm(): void {
    Object.assign(this.#asana.chaos.dials, CALM);
    this.#asana.limits.storm(0, 0);
  }

  async ringForEach(): Promise<void> {
    this.#asana.webhooks.dials.eventsPerPost = 2;
    this.#world.dials.entryBells = "task";
  }

  fallSilent(): void {
    this.#asana.chaos.dials.dropped = 1;
  }

  forget(): boolean {
    this.#asana.eventLog.forgetCursors();
    return true;
  }

  lag(): void {
    this.#asana.chaos.dials.laggingLists = 1;
    this.#team.removeOneWithHours();
  }

  storm(calls: number, retryAfterSeconds: number): void {
    this.#asana.limits.storm(calls, retryAfterSeconds);
  }

  planMishaps(dice: Dice, from: number, to: number): readonly Mishap[] {
    const several = (fewest: number, most: number, make: () => Omit<Mishap, "at">): Mishap[] =>
      times(dice, fewest, most, from, to).map((at) => ({ at, ...make() }));
    return [
      ...several(1, 2, () =>
        this.#hiding(dice.between(1, 6), dice.chance(0.6) ? 404 : 403, dice.between(1, 20) * HOUR),
      ),
      ...several(3, 6, () => {
        const [calls, seconds] = [dice.between(5, 60), dice.between(1, 240)];
        return { kind: "429 storm", begin: () => this.storm(calls, seconds) };
      }),
      ...several(1, 2, () => this.#outage(dice.between(10, 150) * MINUTE)),
      ...several(0, 1, () => ({ kind: "cursors forgotten", begin: () => void this.forget() })),
    ];
  }

  truth(secrets: TenantSecrets): TrueLedger {
    const entryIdOf = (gid: string): string => secrets.entryId("asana-entry", gid);
    return trueAsanaLedger(this.#world, this.#boards, this.#team, entryIdOf);
  }

  deeds(): readonly string[] {
    return this.#team.deedsByTask();
  }

  close(): Promise<void> {
    return this.#asana.close();
  }

  /** Some tasks cannot be read for a while, as if they were deleted or closed to us. */
  #hiding(count: number, status: 403 | 404, afterMilliseconds: number): Omit<Mishap, "at"> {
    let hidden: readonly string[] = [];
    return {
      kind: "tasks hidden",
      begin: () => {
        hidden = this.#team.hide(count, status);
      },
      ending: {
        afterMilliseconds,
        end: () => {
          for (const task of hidden) this.#world.restoreAccess(task);
        },
      },
    };
  }

  #outage(afterMilliseconds: number): Omit<Mishap, "at"> {
    const { serverErrors, brokenConnections } = ROUGH;
    return {
      kind: "Asana outage",
      begin: () => void Object.assign(this.#asana.chaos.dials, OUTAGE),
      ending: {
        afterMilliseconds,
        end: () => void Object.assign(this.#asana.chaos.dials, { serverErrors, brokenConnections }),
      },
    };
  }
}
