/**
 * People who work in the simulated Asana: moves, completions, time logged, mended and taken back, tasks that come, go and come
 * back. What they do is what later has to be in the ledger, so they leave out what Asana itself forgets: time that is logged
 * without naming a project where nobody can see it, the column of a stay that ended without a move, and the column above a
 * sub-task that changes its projects.
 */
import type { Entry, Task } from "../../simulators/asana/records.ts";
import type { EntryChange, World } from "../../simulators/asana/world.ts";
import type { Dice } from "../dice.ts";
import { ZONE_OFFSET } from "../true-stage.ts";
import type { Board, Boards } from "./boards.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How often each is done. */
const DEEDS = {
  log: 30,
  move: 24,
  mend: 12,
  takeBack: 4,
  complete: 6,
  reopen: 4,
  create: 5,
  join: 4,
  leave: 3,
  remove: 3,
  removeForGood: 1,
  comment: 3,
  rename: 1,
};
type Deed = keyof typeof DEEDS;

const PEOPLE = 8;
const FIRST_TASKS = 18;
const CATEGORIES = ["Build", "Review", "Gardening"];

export interface Turn {
  readonly at: number;
  readonly task: string;
  readonly isCompleted: boolean;
}

export interface Choice {
  readonly at: number;
  readonly task: string;
  readonly field: string;
  readonly option: string | undefined;
}

export class Team {
  readonly #world: World;
  readonly #boards: Boards;
  readonly #dice: Dice;
  /** Lets a moment pass, so that no two deeds have the same instant. */
  readonly #pause: () => void;
  /** What the world's own records do not keep. */
  readonly turns: Turn[] = [];
  readonly choices: Choice[] = [];
  /** `task instant` of what was deleted. */
  readonly deletions = new Set<string>();
  /** Tasks that could not be read for a while. */
  readonly hidden = new Set<string>();
  /** Tasks on which time was logged once, whether it is there or not. */
  readonly #logged = new Set<string>();
  readonly #people: readonly string[];
  readonly #categories: readonly string[];
  /** Tasks that are away for a while, and when they come back. */
  readonly #returns = new Map<string, number>();
  /** `task project` of stays during which the task was moved. */
  readonly #moved = new Set<string>();
  /** Projects of which a task went for good: one each, since more at once cannot be told from a lost permission (E13). */
  readonly #bereft = new Set<string>();
  readonly #deeds: Readonly<Record<Deed, () => void>> = {
    log: () => this.#log(),
    move: () => this.#moveSomething(),
    mend: () => this.#mend(),
    takeBack: () => this.#takeBack(),
    complete: () => this.#turn(true),
    reopen: () => this.#turn(false),
    create: () => this.#create(),
    join: () => this.#join(),
    leave: () => this.#leave(),
    remove: () => this.#removeForAWhile(),
    removeForGood: () => this.#removeForGood(),
    comment: () => this.#comment(),
    rename: () => this.#rename(),
  };

  constructor(world: World, boards: Boards, dice: Dice, pause: () => void) {
    this.#world = world;
    this.#boards = boards;
    this.#dice = dice;
    this.#pause = pause;
    this.#people = Array.from({ length: PEOPLE }, () => world.createUser());
    this.#categories = CATEGORIES.map((name) => world.createCategory(name));
    for (let made = 0; made < FIRST_TASKS; made += 1) this.#create();
  }

  /** One deed of somebody. */
  act(): void {
    this.#do(this.#dice.weighed(DEEDS));
  }

  /** Time for days to come, on a task that a chosen project hears of: which stage it is of, later moves decide. */
  planAhead(): void {
    this.#pause();
    const task = this.#dice.pick(this.#living().filter(({ gid }) => this.#boardsOf(gid).length > 0));
    if (task === undefined) return;
    this.#logged.add(task.gid);
    const enteredOn = dayOf(this.#world.now() + this.#dice.between(1, 3) * DAY);
    this.#world.logTime(task.gid, { minutes: this.#minutes(), enteredOn, by: this.#person() });
  }

  /** One that takes no task away. */
  work(): void {
    this.#do(this.#dice.weighed({ log: 3, mend: 2, complete: 2, reopen: 1, create: 1, join: 1 }));
  }

  /** A move to another column. */
  move(): void {
    this.#do("move");
  }

  /** Those whose time has come, or all. */
  bringBack(isEverything = false): void {
    for (const [task, at] of this.#returns) {
      if (!isEverything && at > this.#world.now()) continue;
      this.#returns.delete(task);
      this.#pause();
      this.#world.undeleteTask(task, this.#person());
    }
  }

  /** A task with hours on it. */
  removeOneWithHours(): void {
    const busy = this.#living().filter(
      ({ gid }) => this.#entriesOf(gid).length > 0 && !this.#hasFamily(gid) && this.#boardsOf(gid).length > 0,
    );
    const task = this.#dice.pick(busy);
    if (task !== undefined) this.#delete(task.gid);
  }

  /** Some tasks that nobody from outside can read. */
  hide(count: number, status: 403 | 404): readonly string[] {
    const hidden = Array.from({ length: count }, () => this.#dice.pick(this.#living())?.gid ?? "");
    for (const task of hidden) {
      this.#world.revokeAccess(task, status);
      this.hidden.add(task);
    }
    return hidden;
  }

  /** What happened to each task, as a line of JSON; its names and texts left out. */
  deedsByTask(): readonly string[] {
    const { tasks, entries, placements } = this.#world;
    return [...tasks.values()].map(({ gid, parent, createdAt, deletedAt, memberships }) => {
      const ofTask = (one: { readonly task: string }): boolean => one.task === gid;
      return JSON.stringify({
        ...{ gid, parent, createdAt, deletedAt, memberships, wasHidden: this.hidden.has(gid) },
        deletions: [...this.deletions].filter((deletion) => deletion.startsWith(gid)),
        placements: placements.filter(ofTask).map(({ at, project, section }) => [at, project, section]),
        turns: this.turns.filter(ofTask).map(({ at, isCompleted }) => [at, isCompleted]),
        choices: this.choices.filter(ofTask).map(({ at, option }) => [at, option]),
        entries: [...entries.values()].filter(ofTask).map(({ description: _, ...entry }) => entry),
      });
    });
  }

  #do(deed: Deed): void {
    this.#pause();
    this.#deeds[deed]();
  }

  #takeBack(): void {
    const entry = this.#dice.pick(this.#entries());
    if (entry !== undefined) this.#world.deleteEntry(entry.gid);
  }

  #comment(): void {
    const task = this.#dice.pick(this.#living());
    if (task !== undefined) this.#world.comment(task.gid, "Ich rufe Zoë an", this.#person());
  }

  #rename(): void {
    const board = this.#dice.pick(this.#boards.chosen);
    const section = this.#dice.pick(this.#world.sectionsOf(board?.gid ?? ""));
    if (section !== undefined) this.#world.renameSection(section.gid, `${section.name}!`);
  }

  #create(): void {
    const parents = this.#living().filter(({ gid, parent }) => parent === undefined && this.#mayBeParent(gid));
    const parent = this.#dice.chance(0.2) ? this.#dice.pick(parents) : undefined;
    if (parent !== undefined) this.#createBelow(parent.gid);
    else this.#createCard();
  }

  #createCard(): void {
    const board = this.#dice.pick(this.#boards.chosen);
    if (board === undefined) return;
    const isOutside = this.#dice.chance(0.08);
    const project = isOutside ? this.#boards.outside : board.gid;
    const section = this.#dice.pick(this.#world.sectionsOf(project));
    const task = this.#world.createTask({
      project,
      by: this.#person(),
      ...(section === undefined ? {} : { section: section.gid }),
    });
    if (!isOutside && this.#dice.chance(0.3)) this.#joinOther(task);
  }

  #createBelow(parent: string): void {
    const task = this.#world.createTask({ parent, by: this.#person() });
    // Some are cards of their own.
    if (this.#dice.chance(0.25)) this.#joinOther(task);
  }

  #moveSomething(): void {
    const cards = this.#living().filter(({ gid }) => this.#boardsOf(gid).length > 0);
    const task = this.#dice.pick(cards);
    const board = task === undefined ? undefined : this.#dice.pick(this.#boardsOf(task.gid));
    if (task !== undefined && board !== undefined) this.#move(task.gid, board);
  }

  #move(task: string, { gid, field }: Board): void {
    if (field !== undefined) {
      const option = this.#dice.chance(0.05) ? undefined : this.#dice.pick(field.options)?.gid;
      this.#world.setEnum(task, field.gid, option, this.#person());
      this.choices.push({ at: this.#world.now(), task, field: field.gid, option });
      this.#moved.add(`${task} ${gid}`);
      return;
    }
    const here = this.#task(task).memberships.find(({ project }) => project === gid)?.section;
    const others = this.#world.sectionsOf(gid).filter((section) => section.gid !== here);
    const to = this.#dice.pick(others);
    if (to === undefined) return;
    this.#world.moveToSection(task, to.gid, this.#person());
    this.#moved.add(`${task} ${gid}`);
  }

  #turn(isCompleted: boolean): void {
    const tasks = this.#living().filter(({ completedAt }) => (completedAt === undefined) === isCompleted);
    const task = this.#dice.pick(tasks);
    if (task === undefined) return;
    if (isCompleted) this.#world.complete(task.gid, this.#person());
    else this.#world.reopen(task.gid, this.#person());
    this.turns.push({ at: this.#world.now(), task: task.gid, isCompleted });
  }

  #join(): void {
    const tasks = this.#living().filter(({ gid, parent }) => parent === undefined && !this.#hasFamily(gid));
    const task = this.#dice.pick(tasks);
    if (task !== undefined) this.#joinOther(task.gid);
  }

  #joinOther(task: string): void {
    const { memberships } = this.#task(task);
    const projects = [...this.#boards.chosen.map(({ gid }) => gid), this.#boards.outside];
    const free = projects.filter((gid) => !memberships.some(({ project }) => project === gid));
    const project = this.#dice.pick(free);
    if (project === undefined) return;
    this.#pause();
    this.#world.addToProject(task, project, this.#dice.pick(this.#world.sectionsOf(project))?.gid, this.#person());
    this.#moved.delete(`${task} ${project}`);
  }

  #leave(): void {
    const tasks = this.#living().filter(
      ({ gid, parent, memberships }) => parent === undefined && memberships.length > 1 && !this.#hasFamily(gid),
    );
    const task = this.#dice.pick(tasks);
    const project = this.#dice.pick(task?.memberships ?? [])?.project;
    if (task === undefined || project === undefined) return;
    const board = this.#boards.chosen.find(({ gid }) => gid === project);
    if (board !== undefined && this.#boardsOf(task.gid).length === 1 && !this.#isListed(task.gid)) return;
    if (board !== undefined && !this.#moved.has(`${task.gid} ${project}`)) {
      this.#move(task.gid, board);
      this.#pause();
    }
    this.#world.removeFromProject(task.gid, project, this.#person());
  }

  #removeForAWhile(): void {
    const task = this.#dice.pick(this.#living());
    if (task === undefined) return;
    this.#delete(task.gid);
    this.#returns.set(task.gid, this.#world.now() + this.#dice.between(1, 30) * HOUR);
  }

  #removeForGood(): void {
    const tasks = this.#living().filter(
      ({ gid, memberships }) =>
        !this.#logged.has(gid) &&
        !this.#hasFamily(gid) &&
        memberships.every(({ project }) => !this.#bereft.has(project)),
    );
    const task = this.#dice.pick(tasks);
    if (task === undefined) return;
    for (const { project } of task.memberships) this.#bereft.add(project);
    this.#delete(task.gid);
  }

  #delete(task: string): void {
    this.#world.deleteTask(task, this.#person());
    for (const { gid, deletedAt } of this.#world.tasks.values()) {
      if (deletedAt === this.#world.now()) this.deletions.add(`${gid} ${deletedAt}`);
    }
  }

  #log(): void {
    const task = this.#dice.pick(this.#living());
    if (task === undefined) return;
    this.#logged.add(task.gid);
    const category = this.#dice.chance(0.4) ? this.#dice.pick(this.#categories) : undefined;
    this.#world.logTime(task.gid, {
      minutes: this.#minutes(),
      enteredOn: this.#date(),
      by: this.#person(),
      ...(category === undefined ? {} : { category }),
      ...this.#attribution(task.gid),
    });
  }

  /** Asana names the task's first project unless somebody chooses another, or none. */
  #attribution(task: string): { readonly project?: string | undefined } {
    const any = this.#dice.pick(this.#boards.chosen)?.gid;
    if (!this.#isSeen(task) || this.#dice.chance(0.03)) return { project: any };
    if (this.#dice.chance(0.15)) return { project: undefined };
    const own = this.#dice.pick(this.#boardsOf(task))?.gid;
    return own !== undefined && this.#dice.chance(0.2) ? { project: own } : {};
  }

  #mend(): void {
    const entry = this.#dice.pick(this.#entries());
    if (entry !== undefined) this.#world.editEntry(entry.gid, this.#change(entry));
  }

  #change({ enteredOn }: Entry): EntryChange {
    switch (this.#dice.weighed({ minutes: 5, date: 3, category: 2, project: 1 })) {
      case "minutes":
        return { minutes: this.#minutes() };
      case "date":
        return { enteredOn: dayOf(Date.parse(enteredOn) + this.#dice.between(-2, 2) * DAY) };
      case "category":
        return { category: this.#dice.pick(this.#categories) };
      case "project":
        return { project: this.#dice.pick(this.#boards.chosen)?.gid };
    }
  }

  #minutes(): number {
    return 5 * this.#dice.between(1, 40);
  }

  /** Today mostly. */
  #date(): string {
    const days = this.#dice.chance(0.6) ? 0 : this.#dice.between(-4, 1);
    return dayOf(this.#world.now() + ZONE_OFFSET + days * DAY);
  }

  #person(): string {
    return this.#dice.pick(this.#people) ?? this.#world.anyone;
  }

  #task(gid: string): Task {
    const task = this.#world.tasks.get(gid);
    if (task === undefined) throw new Error(`There is no task ${gid}.`);
    return task;
  }

  #living(): readonly Task[] {
    return [...this.#world.tasks.values()].filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** Of living tasks. */
  #entries(): readonly Entry[] {
    return [...this.#world.entries.values()].filter(({ task }) => this.#task(task).deletedAt === undefined);
  }

  #entriesOf(task: string): readonly Entry[] {
    return [...this.#world.entries.values()].filter((entry) => entry.task === task);
  }

  #boardsOf(task: string): readonly Board[] {
    const { memberships } = this.#task(task);
    return this.#boards.chosen.filter(({ gid }) => memberships.some(({ project }) => project === gid));
  }

  #hasFamily(task: string): boolean {
    return [...this.#world.tasks.values()].some(({ gid, parent }) =>
      gid === task ? parent !== undefined : parent === task,
    );
  }

  /** The lists of chosen projects show all its entries, wherever the task goes. */
  #isListed(task: string): boolean {
    return this.#entriesOf(task).every(({ project }) => this.#boards.chosen.some(({ gid }) => gid === project));
  }

  /** One that is in chosen projects, which then do not change. */
  #mayBeParent(task: string): boolean {
    const inThem = this.#boardsOf(task);
    return inThem.length > 0 && new Set(inThem.map(({ project }) => project)).size === inThem.length;
  }

  /** In a chosen project, itself or by what it is part of. */
  #isSeen(task: string): boolean {
    if (this.#boardsOf(task).length > 0) return true;
    const { parent } = this.#task(task);
    return parent !== undefined && this.#isSeen(parent);
  }
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
