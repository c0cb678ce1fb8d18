/** Which version of the stages books the hours of a week. Pure. */
import { periodOf } from "../disclosure/period.ts";
import { mapInForce, type StageMap } from "../stages/stage-map.ts";
import { weeksOf } from "../time/iso-week.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";

/** Stands for every project that has no map of its own. */
export const EVERY_PROJECT = "*";

/**
 * The maps of a tenant. Hours of a whole period are booked by one version, the one in force when the period begins: what
 * is published of a period divides it by stages, and a split or merge of stages in its middle would leave two halves that
 * do not fit together. Before the first version the first one holds.
 */
export class PostingMaps {
  readonly #versionsByProject: ReadonlyMap<string, readonly StageMap[]>;
  readonly #zone: ReportZone;
  readonly #chosen = new Map<string, StageMap | undefined>();

  constructor(versionsByProject: ReadonlyMap<string, readonly StageMap[]>, zone: ReportZone) {
    this.#versionsByProject = versionsByProject;
    this.#zone = zone;
  }

  /** Undefined when the tenant has no map for the project. @param week its Monday */
  mapFor(project: string, week: EpochDay): StageMap | undefined {
    const period = periodOf(week);
    const key = JSON.stringify([project, period]);
    if (!this.#chosen.has(key)) this.#chosen.set(key, this.#choose(project, period));
    return this.#chosen.get(key);
  }

  #choose(project: string, period: string): StageMap | undefined {
    const versions = this.#versionsByProject.get(project) ?? this.#versionsByProject.get(EVERY_PROJECT) ?? [];
    const [firstWeek] = weeksOf(period);
    const inForce = firstWeek === undefined ? undefined : mapInForce(versions, this.#zone.startOfDay(firstWeek));
    return inForce ?? earliest(versions);
  }
}

function earliest(versions: readonly StageMap[]): StageMap | undefined {
  return versions.toSorted(
    (a, b) =>
      (a.effectiveFrom ?? Number.NEGATIVE_INFINITY) - (b.effectiveFrom ?? Number.NEGATIVE_INFINITY) ||
      a.version - b.version,
  )[0];
}
