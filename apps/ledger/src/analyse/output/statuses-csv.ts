/** Time in each vendor status over completed stays, per project and for all (`*`). */
import { ALL_PROJECTS, compareNatural, type MeasuredItem, type Status, StatusTimes } from "@stageledger/core";
import type { CsvCell } from "./csv-file.ts";

export const STATUS_COLUMNS = ["project", "status", "completed_visits", "completed_seconds", "open_visits"] as const;

export class StatusTable {
  readonly #timesByProject = new Map<string, StatusTimes>([[ALL_PROJECTS, new StatusTimes()]]);

  /** Sub-tasks are no items (E10). */
  add(item: MeasuredItem): void {
    if (item.isSubtask) return;
    this.#of(ALL_PROJECTS).add(item.timeline);
    this.#of(item.project).add(item.timeline);
  }

  /** Statuses that share a name share a row: the file is read by name. */
  rows(statuses: ReadonlyMap<string, Status>): CsvCell[][] {
    return [...this.#timesByProject]
      .sort((a, b) => compareNatural(a[0], b[0]))
      .flatMap(([project, times]) => {
        const byName = new Map<string, { visits: number; milliseconds: number; open: number }>();
        for (const time of times.list()) {
          const name = statuses.get(time.status)?.name ?? time.status;
          const sum = byName.get(name) ?? { visits: 0, milliseconds: 0, open: 0 };
          sum.visits += time.completedVisits;
          sum.milliseconds += time.completedMilliseconds;
          sum.open += time.openVisits;
          byName.set(name, sum);
        }
        return [...byName]
          .sort((a, b) => compareNatural(a[0], b[0]))
          .map(([name, sum]): CsvCell[] => [project, name, sum.visits, (sum.milliseconds / 1000).toFixed(3), sum.open]);
      });
  }

  #of(project: string): StatusTimes {
    let times = this.#timesByProject.get(project);
    if (times === undefined) {
      times = new StatusTimes();
      this.#timesByProject.set(project, times);
    }
    return times;
  }
}
