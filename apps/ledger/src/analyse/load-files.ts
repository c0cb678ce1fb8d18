/** Reads export files, one after the other, into one log. */
import { openBytes } from "./input/byte-source.ts";
import { type EventColumns, readEventLog } from "./input/read-event-log.ts";
import { readJiraFile } from "./input/read-jira-file.ts";
import type { LoadedLog } from "./loaded-log.ts";
import type { Progress } from "./progress.ts";
import { readStatusesFile } from "./settings/statuses-file.ts";

export interface FileInput {
  /** Paths; `-` is standard input. */
  readonly files: readonly string[];
  readonly statuses: string | undefined;
  /** Set for CSV event logs. */
  readonly csv: EventColumns | undefined;
}

/** @throws StageledgerError INPUT_…, STATUSES_UNREADABLE */
export async function loadFiles(input: FileInput, loaded: LoadedLog, progress: Progress): Promise<void> {
  const { log, catalogue, tally } = loaded;
  const listed = input.statuses === undefined ? [] : await readStatusesFile(input.statuses);
  if (input.statuses !== undefined) catalogue.list(listed);
  const statusIdByName = new Map(listed.map(({ id, name }) => [name, id] as const));
  for (const path of input.files) {
    const source = await openBytes(path);
    const reading = progress.begin(
      `reading ${path === "-" ? "standard input" : path}`,
      source.totalBytes,
      "bytes",
      source.readBytes,
    );
    try {
      if (input.csv === undefined) await readJiraFile(source, path, log, catalogue, tally);
      else await readEventLog(source, path, input.csv, log, catalogue, statusIdByName, tally);
    } finally {
      reading.end();
    }
  }
}
