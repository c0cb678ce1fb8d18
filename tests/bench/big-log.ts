/** Writes a generated Jira log to a gzipped file, in little memory. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { generateJiraLines } from "../simulators/jira-log/generate-jira-lines.ts";

const AS_OF = Date.UTC(2026, 9, 26);
const BATCH_CHARACTERS = 1 << 18;

/** Resolves to the number of bytes before zipping (the log is ASCII). */
export async function writeBigLog(path: string, issues: number): Promise<number> {
  let bytes = 0;
  function* batches(): Generator<string> {
    let batch = "";
    for (const line of generateJiraLines({ seed: 1, issues, asOf: AS_OF })) {
      batch += line;
      if (batch.length < BATCH_CHARACTERS) continue;
      bytes += batch.length;
      yield batch;
      batch = "";
    }
    bytes += batch.length;
    yield batch;
  }
  await pipeline(Readable.from(batches()), createGzip(), createWriteStream(path));
  return bytes;
}
