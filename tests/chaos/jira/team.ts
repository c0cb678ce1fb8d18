/**
 * People who work in the simulated Jira: moves, flags and links, time logged in Jira and at the panel, mended, mirrored and taken
 * back, issues that come, change their project, leave and go, workflows that change without a word. What they do is what later has
 * to be in the ledger, so they leave out what nobody could tell afterwards: a change of an issue that left before the ledger can
 * have seen it, and hours that are moved from the time in one project to the time in another.
 */
import type { Issue, Worklog } from "../../simulators/jira/records.ts";
import { trueProjectAt } from "../../simulators/jira/truth.ts";
import type { World } from "../../simulators/jira/world.ts";
import type { Dice } from "../dice.ts";
import { ZONE_OFFSET } from "../true-stage.ts";
import type { Panel } from "./panel.ts";
import type { SitePlan } from "./site-plan.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often each is done. */
const DEEDS = {
  log: 24,
  move: 22,
  mend: 10,
  takeBack: 5,
  logByPanel: 20,
  mendByPanel: 4,
  takeBackByPanel: 2,
  mirror: 5,
  create: 6,
  flag: 3,
  link: 3,
  changeProject: 4,
  leave: 2,
  comeBack: 2,
  remove: 1,
  migrate: 2,
  deleteStatus: 1,
  comment: 2,
};
type Deed = keyof typeof DEEDS;

const PEOPLE = 8;
const FIRST_ISSUES = 16;
const ACTIVITIES = ["build", "review", "test", "meeting", "support", "learning", "other"];
const STAGES = ["Build", "Review"];
/** By then whatever was there when the site was connected has been looked at. */
const KNOWN_AFTER = 2 * DAY;

export class JiraTeam {
  readonly #world: World;
  readonly #plan: SitePlan;
  readonly #dice: Dice;
  readonly #pause: () => void;
  readonly #people: readonly string[];
  /** Worklogs of issues that were deleted with them: their hours stay (E13). */
  readonly buried: Worklog[] = [];
  #panel: Panel | undefined;
  /** Issues that the panel was used on stay where they are: in which project the ledger had them then, nobody could tell. */
  readonly #usedByPanel = new Set<string>();
  /** Issues on which time was logged once, whether it is there or not. */
  readonly #logged = new Set<string>();
  /** Issues with time of days to come. */
  readonly #planned = new Set<string>();
  /** Issues that the ledger has seen for sure. */
  #known = new Set<string>();
  #knownFrom = Number.POSITIVE_INFINITY;
  /** Projects of which an issue went: one each, since more at once cannot be told from a lost permission (E13). */
  readonly #bereft = new Set<string>();
  readonly #doomed: SitePlan["doomed"][number][];
  readonly #mirrored = new Set<string>();
  readonly #deeds: Readonly<Record<Deed, () => void>> = {
    log: () => this.#log(),
    move: () => this.#moveSomething(),
    mend: () => this.#mend(),
    takeBack: () => this.#takeBack(),
    logByPanel: () => this.#logByPanel(),
    mendByPanel: () => this.#mendByPanel(),
    takeBackByPanel: () => this.#takeBackByPanel(),
    mirror: () => this.#mirror(),
    create: () => this.#create(),
    flag: () => this.#flag(),
    link: () => this.#link(),
    changeProject: () => this.#changeProject(),
    leave: () => this.#leave(),
    comeBack: () => this.#comeBack(),
    remove: () => this.#remove(),
    migrate: () => this.#migrate(),
    deleteStatus: () => this.#deleteStatus(),
    comment: () => this.#comment(),
  };

  /** @param pause lets a moment pass, so that no two deeds have the same instant */
  constructor(world: World, plan: SitePlan, dice: Dice, pause: () => void) {
    this.#world = world;
    this.#plan = plan;
    this.#dice = dice;
    this.#pause = pause;
    this.#doomed = [...plan.doomed];
    this.#people = Array.from({ length: PEOPLE }, () => world.createPerson());
    for (let made = 0; made < FIRST_ISSUES; made += 1) {
      pause();
      this.#create();
    }
  }

  /** From here on the site is connected: people have the panel, and bells ring. */
  begin(panel: Panel): void {
    this.#panel = panel;
    this.#known = new Set(this.#world.issues.keys());
    this.#knownFrom = this.#world.now() + KNOWN_AFTER;
  }

  /** The ledger has seen everything by now. */
  everythingIsKnown(): void {
    this.#known = new Set(this.#world.issues.keys());
    this.#knownFrom = this.#world.now();
    this.#bereft.clear();
  }

  act(): void {
    this.#do(this.#dice.weighed(DEEDS));
  }

  /** Time for days to come, on an issue that stays where it is: which stage it is of, later moves decide. */
  planAhead(): void {
    this.#pause();
    const issue = this.#dice.pick(this.#here());
    if (issue === undefined) return;
    this.#planned.add(issue.id);
    this.#add(issue, this.#world.now() + this.#dice.between(1, 3) * DAY);
  }

  move(): void {
    this.#pause();
    const issue = this.#dice.pick(this.#here());
    if (issue !== undefined) this.#world.moveStatus(issue.id, this.#status(), this.#person());
  }

  logByPanel(): void {
    this.#do("logByPanel");
  }

  work(): void {
    this.#do(this.#dice.weighed({ log: 3, mend: 3, takeBack: 3, mirror: 1, create: 1, changeProject: 1 }));
  }

  /** Time that counts. */
  takeBackOne(): void {
    this.#pause();
    const inChosen = new Set(this.#here().map(({ id }) => id));
    const counting = this.#worklogs().filter(({ issue, properties }) => inChosen.has(issue) && properties.size === 0);
    const worklog = this.#dice.pick(counting);
    if (worklog !== undefined) this.#world.deleteWorklog(worklog.id);
  }

  mirrorOne(): void {
    this.#do("mirror");
  }

  removeOneWithHours(): void {
    const issue = this.#dice.pick(
      this.#here().filter(({ id }) => this.#world.worklogsOf(id).length > 0 && !this.#hasFamily(id)),
    );
    if (issue === undefined) return;
    this.#pause();
    this.buried.push(...this.#world.worklogsOf(issue.id).map((worklog) => ({ ...worklog })));
    this.#world.deleteIssue(issue.id, this.#person());
  }

  #do(deed: Deed): void {
    this.#pause();
    this.#deeds[deed]();
  }

  #log(): void {
    const issues = this.#dice.chance(0.15) ? this.#away() : this.#here();
    const issue = this.#dice.pick(issues);
    if (issue !== undefined) this.#add(issue, this.#recently());
  }

  #add({ id }: Issue, startedAt: number): void {
    this.#logged.add(id);
    this.#world.addWorklog({ issue: id, seconds: 60 * this.#minutes(), startedAt, by: this.#person() });
  }

  #mend(): void {
    const worklog = this.#dice.pick(this.#worklogs());
    if (worklog === undefined) return;
    if (this.#dice.chance(0.6)) {
      this.#world.editWorklog(worklog.id, { seconds: 60 * this.#minutes() });
      return;
    }
    const startedAt = this.#recently();
    const isElsewhere =
      trueProjectAt(this.#world, worklog.issue, startedAt) !==
      trueProjectAt(this.#world, worklog.issue, worklog.startedAt);
    if (!isElsewhere) this.#world.editWorklog(worklog.id, { startedAt });
  }

  #takeBack(): void {
    const worklog = this.#dice.pick(this.#worklogs());
    if (worklog !== undefined) this.#world.deleteWorklog(worklog.id);
  }

  #logByPanel(): void {
    const settled = this.#here().filter(({ id }) => this.#world.projectMoves.every(({ issue }) => issue !== id));
    const issue = this.#dice.pick(settled);
    if (issue === undefined) return;
    this.#usedByPanel.add(issue.id);
    this.#panel?.log({
      issue: issue.id,
      by: this.#person(),
      minutes: this.#minutes(),
      date: dayOf(this.#recently()),
      activity: this.#dice.pick(ACTIVITIES) ?? "other",
      stage: this.#dice.chance(0.3) ? this.#dice.pick(STAGES) : undefined,
    });
  }

  #mendByPanel(): void {
    const entry = this.#dice.pick(this.#panel?.changeable() ?? []);
    if (entry === undefined) return;
    const minutes = this.#minutes();
    if (minutes !== entry.minutes) this.#panel?.change(entry, minutes);
  }

  #takeBackByPanel(): void {
    const entry = this.#dice.pick(this.#panel?.changeable() ?? []);
    if (entry !== undefined) this.#panel?.takeBack(entry);
  }

  /** Somebody lets colleagues see, in Jira, what they logged at the panel. */
  #mirror(): void {
    const entry = this.#dice.pick(
      [...(this.#panel?.entries.values() ?? [])].filter(({ id }) => !this.#mirrored.has(id)),
    );
    if (entry === undefined) return;
    this.#mirrored.add(entry.id);
    this.#world.addWorklog({
      issue: entry.issue,
      seconds: 60 * entry.minutes,
      by: entry.by,
      startedAt: Date.parse(entry.date),
      properties: new Map([["stageledger.entry", { id: entry.id }]]),
    });
  }

  #create(): void {
    const parents = this.#here().filter(({ isSubtask, id }) => !isSubtask && !this.#hasMoved(id));
    const parent = this.#dice.chance(0.2) ? this.#dice.pick(parents) : undefined;
    const project = this.#dice.chance(0.08) ? this.#plan.outside : (this.#dice.pick(this.#plan.chosen)?.id ?? "");
    const isNew = this.#dice.chance(0.7);
    this.#world.createIssue({
      project: parent?.state.project ?? project,
      status: isNew ? this.#plan.first : this.#status(),
      by: this.#person(),
      ...(parent === undefined ? {} : { parent: parent.id }),
    });
  }

  #moveSomething(): void {
    const issue = this.#dice.pick(this.#dice.chance(0.1) ? this.#away() : this.#here());
    if (issue !== undefined) this.#world.moveStatus(issue.id, this.#status(), this.#person());
  }

  #flag(): void {
    const issue = this.#dice.pick(this.#here());
    if (issue !== undefined) this.#world.flag(issue.id, !issue.state.isFlagged, this.#person());
  }

  #link(): void {
    const [issue, blocker] = [this.#dice.pick(this.#here()), this.#dice.pick(this.#here())];
    if (issue === undefined || blocker === undefined || issue.id === blocker.id) return;
    const [known] = issue.state.blockers;
    if (known !== undefined && this.#dice.chance(0.5)) this.#world.unlinkBlockedBy(issue.id, known, this.#person());
    else if (!issue.state.blockers.includes(blocker.id)) {
      this.#world.linkBlockedBy(issue.id, blocker.id, this.#person());
    }
  }

  #changeProject(): void {
    const issue = this.#dice.pick(this.#here().filter(({ id }) => this.#mayMove(id)));
    const others = this.#plan.chosen.filter(({ id }) => id !== issue?.state.project);
    const project = this.#dice.pick(others)?.id;
    if (issue === undefined || project === undefined) return;
    const status = this.#dice.chance(0.5) ? this.#status() : undefined;
    this.#world.moveToProject(issue.id, project, status, this.#person());
  }

  #leave(): void {
    if (this.#world.now() < this.#knownFrom) return;
    const issue = this.#dice.pick(this.#here().filter(({ id }) => this.#known.has(id) && this.#mayMove(id)));
    if (issue !== undefined) this.#world.moveToProject(issue.id, this.#plan.outside, undefined, this.#person());
  }

  #comeBack(): void {
    const issue = this.#dice.pick(this.#away().filter(({ id }) => this.#mayMove(id)));
    const project = this.#dice.pick(this.#plan.chosen)?.id;
    if (issue === undefined || project === undefined) return;
    const status = this.#dice.chance(0.5) ? this.#status() : undefined;
    this.#world.moveToProject(issue.id, project, status, this.#person());
  }

  #remove(): void {
    const issue = this.#dice.pick(
      this.#here().filter(
        ({ id, state }) =>
          !this.#logged.has(id) &&
          !this.#usedByPanel.has(id) &&
          !this.#hasFamily(id) &&
          !this.#bereft.has(state.project),
      ),
    );
    if (issue === undefined) return;
    this.#bereft.add(issue.state.project);
    this.#world.deleteIssue(issue.id, this.#person());
  }

  #migrate(): void {
    const [one, other] = this.#dice.pick(this.#plan.twins) ?? [];
    const project = this.#dice.pick(this.#plan.chosen)?.id;
    if (one === undefined || other === undefined || project === undefined) return;
    const [from, to] = this.#dice.chance(0.5) ? [one, other] : [other, one];
    this.#world.migrateWorkflow(project, new Map([[from, to]]));
  }

  #deleteStatus(): void {
    const [doomed] = this.#doomed.splice(0, 1);
    if (doomed !== undefined) this.#world.deleteStatus(doomed.status, doomed.moveTo);
  }

  #comment(): void {
    const issue = this.#dice.pick(this.#here());
    if (issue !== undefined) this.#world.comment(issue.id, "Ich rufe Zoë an", this.#person());
  }

  #minutes(): number {
    return 5 * this.#dice.between(1, 40);
  }

  /** Today mostly; never later than now. */
  #recently(): number {
    const minutes = this.#dice.chance(0.6) ? this.#dice.between(0, 180) : this.#dice.between(0, 4 * 24 * 60);
    return this.#world.now() - minutes * MINUTE;
  }

  #status(): string {
    const living = this.#plan.all.filter((id) => this.#world.statuses.get(id)?.isDeleted === false);
    return this.#dice.pick(living) ?? this.#plan.first;
  }

  #person(): string {
    return this.#dice.pick(this.#people) ?? this.#world.anyone;
  }

  #living(): readonly Issue[] {
    return [...this.#world.issues.values()].filter(({ state }) => !state.isDeleted);
  }

  #here(): readonly Issue[] {
    return this.#living().filter(({ state }) => state.project !== this.#plan.outside);
  }

  #away(): readonly Issue[] {
    return this.#living().filter(({ state }) => state.project === this.#plan.outside);
  }

  #worklogs(): readonly Worklog[] {
    return [...this.#world.worklogs.values()].filter(({ startedAt }) => startedAt <= this.#world.now());
  }

  #hasFamily(issue: string): boolean {
    return this.#world.issues.get(issue)?.isSubtask === true || this.#world.subtasksOf(issue).length > 0;
  }

  #hasMoved(issue: string): boolean {
    return this.#world.projectMoves.some((move) => move.issue === issue);
  }

  #mayMove(issue: string): boolean {
    return !this.#hasFamily(issue) && !this.#usedByPanel.has(issue) && !this.#planned.has(issue);
  }
}

/** In Berlin. */
export function dayOf(instant: number): string {
  return new Date(instant + ZONE_OFFSET).toISOString().slice(0, 10);
}
