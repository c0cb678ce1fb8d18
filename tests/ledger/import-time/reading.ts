import type { ByteSource } from "../../../apps/ledger/src/analyse/input/byte-source.ts";
import type { DateOrder } from "../../../apps/ledger/src/import/time/column-date.ts";
import { readTimeFile, type TimeFile } from "../../../apps/ledger/src/import/time/read-time-file.ts";
import type { RowRefusal, TimeRow } from "../../../apps/ledger/src/import/time/time-row.ts";

interface Reading extends TimeFile {
  readonly rows: readonly TimeRow[];
  readonly refusals: readonly RowRefusal[];
}

interface HowToRead {
  readonly dateOrder?: DateOrder;
  /** False = as from a pipe. */
  readonly canBeReadTwice?: boolean;
  /** Bytes that arrive together. */
  readonly chunkBytes?: number;
}

/** Reads a file that is written out in the test. */
export async function reading(content: string | Buffer, how: HowToRead = {}): Promise<Reading> {
  const { dateOrder, canBeReadTwice = true, chunkBytes = 1 << 16 } = how;
  const bytes = Buffer.from(content);
  const rows: TimeRow[] = [];
  const refusals: RowRefusal[] = [];
  const open = async () => inMemory(bytes, chunkBytes, canBeReadTwice);
  const file = await readTimeFile(
    open,
    { dateOrder },
    (row) => {
      rows.push(row);
    },
    (refusal) => {
      refusals.push(refusal);
    },
  );
  return { ...file, rows, refusals };
}

function inMemory(bytes: Buffer, chunkBytes: number, canBeReadTwice: boolean): ByteSource {
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  };
  return {
    chunks: chunks(),
    totalBytes: canBeReadTwice ? bytes.length : undefined,
    readBytes: () => bytes.length,
  };
}
