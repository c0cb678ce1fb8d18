/** The time that items spent where an atom's hours were logged, over the same project-weeks (F23). */
import {
  type Atom,
  type EpochDay,
  elapsedByStage,
  GONE,
  type PostingMaps,
  type PublishedWeek,
  periodOf,
  type ReportZone,
  type StageMap,
} from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import { storedTimeline, type TimelineRow } from "../record/timeline-row.ts";
import type { Schema } from "../schema.ts";

export interface ElapsedContext {
  readonly trx: Transaction<Schema>;
  readonly tenantId: string;
  readonly maps: PostingMaps;
  readonly zone: ReportZone;
  /** The project-weeks that the atoms cover. */
  readonly universe: readonly PublishedWeek[];
  /** All atoms of the same release: those of their own tell what is left for "Other stages". */
  readonly atoms: readonly Atom[];
}

interface ProjectElapsed {
  readonly map: StageMap;
  /** Milliseconds by stage. */
  readonly byStage: ReadonlyMap<string, number>;
}

const MINUTE_MILLISECONDS = 60_000;

export class ElapsedOfParts {
  readonly #context: ElapsedContext;
  readonly #known = new Map<string, ProjectElapsed | undefined>();

  constructor(context: ElapsedContext) {
    this.#context = context;
  }

  /**
   * Of an atom of cut B, undefined for any other. "Other stages" are held against all stages from the commitment on that
   * have no atom of their own: leaving out those without hours would tell which ones nobody logged in.
   */
  async minutesOf({ identity }: Atom): Promise<number | undefined> {
    if (identity.cut !== "B") return undefined;
    const { project, period, part } = identity;
    const elapsed = await this.#ofProject(project, period);
    if (elapsed === undefined) return undefined;
    const { map, byStage } = elapsed;
    if (part.kind === "own") return inMinutes(byStage.get(part.name));
    const own = this.#ownStages(project, period);
    const others = map.stages.filter(({ name }, position) => position >= map.commitment && !own.includes(name));
    return inMinutes(others.reduce((sum, { name }) => sum + (byStage.get(name) ?? 0), 0));
  }

  #ownStages(project: string, period: string): readonly string[] {
    return this.#context.atoms.flatMap(({ identity }) =>
      identity.cut === "B" && identity.project === project && identity.period === period && identity.part.kind === "own"
        ? [identity.part.name]
        : [],
    );
  }

  async #ofProject(project: string, period: string): Promise<ProjectElapsed | undefined> {
    const key = JSON.stringify([project, period]);
    if (!this.#known.has(key)) this.#known.set(key, await this.#read(project, period));
    return this.#known.get(key);
  }

  async #read(project: string, period: string): Promise<ProjectElapsed | undefined> {
    const { maps, universe } = this.#context;
    const weeks = universe.flatMap((one) =>
      one.project === project && periodOf(one.week) === period ? [one.week] : [],
    );
    const [first] = weeks;
    const map = first === undefined ? undefined : maps.mapFor(project, first);
    return map && { map, byStage: await readElapsed(this.#context, project, map, weeks) };
  }
}

/** Reads only items that are still open, or moved since the first of the weeks began. */
async function readElapsed(
  { trx, tenantId, zone }: ElapsedContext,
  project: string,
  map: StageMap,
  weeks: readonly EpochDay[],
): Promise<ReadonlyMap<string, number>> {
  const ended = map.stages.flatMap((stage, position) => (map.isOpen(position) ? [] : stage.statuses)).concat(GONE);
  const { rows } = await sql<Pick<TimelineRow, "stays">>`
    select timeline.stays from flow.timeline timeline
    join flow.item item on item.tenant_id = timeline.tenant_id and item.item_id = timeline.item_id
    where timeline.tenant_id = ${tenantId}::uuid and item.project = ${project} and not item.is_subtask
      and (timeline.last_activity_at_ms >= ${zone.startOfDay(Math.min(...weeks))}::bigint
        or timeline.status_id not in (select json_array_elements_text(${JSON.stringify(ended)}::json)))`.execute(trx);
  return elapsedByStage(rows.map(storedTimeline), map, weeks, zone);
}

function inMinutes(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds / MINUTE_MILLISECONDS);
}
