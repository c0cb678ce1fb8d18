/** Discrete-event simulation of a {@link Line}: same line, seed and weeks, same run. */
import { exponential, logNormal, purposes, uniform } from "./draw.ts";
import { EventQueue } from "./event-queue.ts";
import type { ItemPath, Line, LineRun } from "./line.ts";
import type { Item, LineEvent, StageState, Visit } from "./line-state.ts";
import { HOURS_A_WEEK } from "./working-time.ts";

const MEAN_BACKLOG_HOURS = 60;
/** Items dumped or still in the backlog get indices of their own, so that they never shift the others' draws. */
const FIRST_DUMPED_INDEX = 1_000_000;
const FIRST_BACKLOG_INDEX = 2_000_000;
const BACKLOG_ITEMS = 12;

export function runLine(line: Line, options: { readonly seed: number; readonly weeks: number }): LineRun {
  const simulation = new Simulation(line, options.seed, options.weeks * HOURS_A_WEEK);
  return { line, seed: options.seed, weeks: options.weeks, items: simulation.run() };
}

class Simulation {
  readonly #line: Line;
  readonly #seed: number;
  readonly #horizonHours: number;
  readonly #events = new EventQueue<LineEvent>();
  readonly #stages: StageState[];
  readonly #stageByName: ReadonlyMap<string, number>;
  readonly #items: Item[] = [];
  #arrived = 0;
  #dumped = 0;
  #pulls = 0;
  #now = 0;

  constructor(line: Line, seed: number, horizonHours: number) {
    this.#line = line;
    this.#seed = seed;
    this.#horizonHours = horizonHours;
    this.#stages = line.stages.map((stage) => ({
      stage,
      servers: stage.servers,
      busy: 0,
      present: 0,
      queue: [],
      held: [],
    }));
    this.#stageByName = new Map(line.stages.map((stage, position) => [stage.name, position]));
  }

  run(): ItemPath[] {
    this.#plan();
    for (
      let next = this.#events.take();
      next !== undefined && next.at < this.#horizonHours;
      next = this.#events.take()
    ) {
      this.#now = next.at;
      this.#handle(next.event);
    }
    this.#fillBacklog();
    return this.#items;
  }

  #plan(): void {
    for (const [position, { stage }] of this.#stages.entries()) {
      for (const { week, servers } of stage.serversFrom ?? []) {
        this.#events.add(week * HOURS_A_WEEK, { kind: "servers", stage: position, servers });
      }
      if (stage.window !== undefined) this.#events.add(stage.window.everyHours, { kind: "window", stage: position });
      if (stage.dumped !== undefined) {
        this.#events.add(stage.dumped.week * HOURS_A_WEEK, {
          kind: "dump",
          stage: position,
          count: stage.dumped.count,
        });
      }
    }
    if (this.#line.arrivals.kind === "endless") {
      if (this.#line.stages[0]?.limit === undefined)
        throw new RangeError("an endless backlog needs a limit on the first stage");
      this.#pullFromBacklog();
    } else this.#scheduleArrival();
  }

  #handle(event: LineEvent): void {
    switch (event.kind) {
      case "arrival":
        this.#enter(this.#newItem(this.#arrived++), 0);
        this.#scheduleArrival();
        return;
      case "work-paused":
        this.#pause(event.stage, event.visit);
        return;
      case "work-done":
        this.#finishWork(event.stage, event.visit.item, event.visit.visit);
        return;
      case "unblocked":
        this.#at(event.stage).queue.unshift(event.visit);
        this.#startWork(event.stage);
        return;
      case "pull":
        this.#pullInto(event.stage);
        return;
      case "window":
        this.#openWindow(event.stage);
        return;
      case "servers":
        this.#at(event.stage).servers = event.servers;
        this.#startWork(event.stage);
        return;
      case "dump":
        for (let n = 0; n < event.count; n++) {
          const item = this.#newItem(FIRST_DUMPED_INDEX + this.#dumped++);
          item.steps.push({ stage: event.stage, phase: "waiting", atHours: this.#now });
        }
        return;
    }
  }

  #scheduleArrival(): void {
    const arrivals = this.#line.arrivals;
    if (arrivals.kind !== "poisson") return;
    const week = this.#now / HOURS_A_WEEK;
    const perWeek = arrivals.from?.findLast((change) => change.week <= week)?.perWeek ?? arrivals.perWeek;
    const gapHours = (exponential(this.#seed, this.#arrived, purposes.gap) * HOURS_A_WEEK) / perWeek;
    this.#events.add(this.#now + gapHours, { kind: "arrival" });
  }

  #pullFromBacklog(): void {
    if (this.#line.arrivals.kind !== "endless") return;
    while (this.#hasRoom(0)) this.#enter(this.#newItem(this.#arrived++), 0);
  }

  #newItem(index: number, atHours = this.#now): Item {
    const item: Item = {
      index,
      createdHours: atHours - 0.5 - exponential(this.#seed, index, purposes.backlogTime) * MEAN_BACKLOG_HOURS,
      expedited: uniform(this.#seed, index, purposes.expedited) < this.#line.expedited,
      steps: [],
      blocks: [],
      visits: this.#stages.map(() => 0),
      finishedHours: undefined,
      closedHours: undefined,
    };
    this.#items.push(item);
    return item;
  }

  #enter(item: Item, position: number): void {
    const state = this.#at(position);
    const { stage } = state;
    const visit = item.visits[position] ?? 0;
    item.visits[position] = visit + 1;
    item.steps.push({ stage: position, phase: "waiting", atHours: this.#now });
    state.present++;
    const address = [item.index, position, visit] as const;
    if (uniform(this.#seed, ...address, purposes.abandoned) < (stage.abandoned ?? 0)) {
      // Abandoned items take no room: a pull limit that they filled for good would only stop the line.
      state.present--;
      return;
    }
    const isBlocked = uniform(this.#seed, ...address, purposes.blocked) < (stage.blocked?.probability ?? 0);
    state.queue.push({
      item,
      visit,
      leftHours: stage.workHours * logNormal(stage.cv, this.#seed, ...address, purposes.work),
      blockHours:
        isBlocked && stage.blocked !== undefined
          ? stage.blocked.meanHours * logNormal(stage.blocked.cv, this.#seed, ...address, purposes.blockedTime)
          : 0,
    });
    if (stage.window === undefined) this.#startWork(position);
  }

  #startWork(position: number): void {
    const state = this.#at(position);
    while (state.busy < state.servers) {
      const urgent = state.queue.findIndex((visit) => visit.item.expedited);
      const [visit] = state.queue.splice(Math.max(urgent, 0), 1);
      if (visit === undefined) return;
      state.busy++;
      this.#work(position, visit);
    }
  }

  #work(position: number, visit: Visit): void {
    const last = visit.item.steps.at(-1);
    if (last?.phase !== "working") visit.item.steps.push({ stage: position, phase: "working", atHours: this.#now });
    if (visit.blockHours > 0) {
      visit.leftHours /= 2;
      this.#events.add(this.#now + visit.leftHours, { kind: "work-paused", stage: position, visit });
    } else {
      this.#events.add(this.#now + visit.leftHours, { kind: "work-done", stage: position, visit });
    }
  }

  #pause(position: number, visit: Visit): void {
    const untilHours = this.#now + visit.blockHours;
    visit.item.blocks.push({ fromHours: this.#now, toHours: untilHours });
    visit.blockHours = 0;
    this.#events.add(untilHours, { kind: "unblocked", stage: position, visit });
    this.#at(position).busy--;
    this.#startWork(position);
  }

  #openWindow(position: number): void {
    const state = this.#at(position);
    for (const visit of state.queue.splice(0)) {
      state.busy++;
      this.#work(position, visit);
    }
    const everyHours = state.stage.window?.everyHours;
    if (everyHours !== undefined) this.#events.add(this.#now + everyHours, { kind: "window", stage: position });
  }

  #finishWork(position: number, item: Item, visit: number): void {
    const state = this.#at(position);
    state.busy--;
    const { rework } = state.stage;
    const fails =
      rework !== undefined && uniform(this.#seed, item.index, position, visit, purposes.rework) < rework.probability;
    if (fails) {
      this.#leave(position);
      this.#enter(item, this.#stageByName.get(rework.to) ?? position);
    } else if (position === this.#stages.length - 1) {
      this.#finish(item);
      this.#leave(position);
    } else if (this.#hasRoom(position + 1) || (item.expedited && this.#line.expeditedPassLimits === true)) {
      // Enter before leaving: what leaving lets in must find this item's place in the next stage taken.
      this.#enter(item, position + 1);
      this.#leave(position);
    } else {
      state.held.push(item);
    }
    this.#startWork(position);
  }

  #finish(item: Item): void {
    item.finishedHours = this.#now;
    const everyHours = this.#line.closingEveryHours;
    const closedHours = everyHours === undefined ? this.#now : Math.ceil(this.#now / everyHours) * everyHours - 0.25;
    if (Math.max(closedHours, this.#now) < this.#horizonHours) item.closedHours = Math.max(closedHours, this.#now);
  }

  #leave(position: number): void {
    const state = this.#at(position);
    state.present--;
    if (state.stage.limit === undefined) return;
    const meanLagHours = this.#line.pullLagHours ?? 0;
    if (meanLagHours === 0) this.#pullInto(position);
    else {
      const lagHours = meanLagHours * exponential(this.#seed, this.#pulls++, purposes.pullLag);
      this.#events.add(this.#now + lagHours, { kind: "pull", stage: position });
    }
  }

  /** Fills the free places of a stage with what waited for them in the stage before, or in the backlog. */
  #pullInto(position: number): void {
    if (position === 0) {
      this.#pullFromBacklog();
      return;
    }
    const before = this.#at(position - 1);
    while (before.held.length > 0 && this.#hasRoom(position)) {
      const item = before.held.shift();
      if (item === undefined) return;
      this.#enter(item, position);
      this.#leave(position - 1);
    }
  }

  #hasRoom(position: number): boolean {
    const { present, stage } = this.#at(position);
    return present < (stage.limit ?? Number.POSITIVE_INFINITY);
  }

  /** Items that were created but not yet committed to. */
  #fillBacklog(): void {
    for (let n = 0; n < BACKLOG_ITEMS; n++) this.#newItem(FIRST_BACKLOG_INDEX + n, this.#horizonHours);
  }

  #at(position: number): StageState {
    const state = this.#stages[position];
    if (state === undefined) throw new RangeError(`no stage at ${position}`);
    return state;
  }
}
