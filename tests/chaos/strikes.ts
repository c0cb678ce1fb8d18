/** Lets disasters befall the product's processes and servers. */
import type { Course } from "./course.ts";
import type { Crew, Member } from "./crew.ts";
import type { Dice } from "./dice.ts";
import type { Disaster } from "./disasters.ts";
import type { Servers } from "./servers.ts";
import type { Tally } from "./tally.ts";

const DAY = 24 * 3_600_000;

export interface StrikeParts {
  readonly servers: Servers;
  readonly crew: Crew;
  readonly dice: Dice;
  readonly course: Course;
  /** Counts them. */
  readonly faults: Tally;
}

export class Strikes {
  readonly #parts: StrikeParts;

  constructor(parts: StrikeParts) {
    this.#parts = parts;
  }

  /** Begins it now, and plans its end. */
  async strike(disaster: Disaster): Promise<void> {
    const { servers, crew, course, faults } = this.#parts;
    switch (disaster.kind) {
      case "receiver killed":
        return this.#killFor(crew.door, disaster.awayMilliseconds);
      case "worker killed": {
        const everybody = crew.workers;
        const struck = disaster.awayMilliseconds > DAY ? everybody : [this.anyWorker()];
        for (const worker of struck) await this.#killFor(worker, disaster.awayMilliseconds);
        return;
      }
      case "ledger away":
        for (const member of crew.members) await this.#killFor(member, disaster.awayMilliseconds);
        break;
      case "worker frozen": {
        if (crew.workers.length < 2) return;
        const goOn = await crew.freeze(this.anyWorker());
        if (goOn === undefined) return;
        course.plan(course.now + disaster.lastsMilliseconds, goOn);
        break;
      }
      case "Redis emptied":
        return this.emptyRedis();
      case "Redis killed": {
        const { redis } = servers;
        await redis.kill();
        if (disaster.awayMilliseconds === 0) await redis.start();
        else course.plan(course.now + disaster.awayMilliseconds, () => redis.start());
        break;
      }
      case "PostgreSQL crashed":
        return this.crashPostgres();
    }
    faults.count(disaster.kind);
  }

  async kill(member: Member): Promise<void> {
    if (await this.#parts.crew.kill(member)) this.#parts.faults.count(`${member} killed`);
  }

  /** Everybody is up then. */
  async killAndStart(member: Member): Promise<void> {
    await this.kill(member);
    await this.#parts.crew.startAll();
  }

  async emptyRedis(): Promise<void> {
    const { servers, faults } = this.#parts;
    // One that is away now is empty as well.
    await servers.redis.command("FLUSHALL").catch(() => undefined);
    faults.count("Redis emptied");
  }

  async crashPostgres(): Promise<void> {
    const { servers, faults } = this.#parts;
    await servers.postgres.crash();
    faults.count("PostgreSQL crashed");
  }

  anyWorker(): Member {
    const { crew, dice } = this.#parts;
    return dice.pick(crew.workers) ?? "worker";
  }

  async #killFor(member: Member, awayMilliseconds: number): Promise<void> {
    const { crew, course, faults } = this.#parts;
    if (!(await crew.kill(member))) return;
    faults.count(awayMilliseconds > DAY ? `${member} killed, a day away` : `${member} killed`);
    if (awayMilliseconds > 0) course.plan(course.now + awayMilliseconds, () => crew.start(member));
    else await crew.startNow(member);
  }
}
