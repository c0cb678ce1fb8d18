/** Opens an input: plain or gzipped by its first bytes, with the progress of the bytes that came in. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { StageledgerError } from "@stageledger/core";

const CHUNK_BYTES = 1 << 18;
const GZIP_MARK = Buffer.from([0x1f, 0x8b]);

export interface ByteSource {
  readonly chunks: AsyncIterable<Buffer>;
  /** Size on disk; undefined for standard input and pipes. */
  readonly totalBytes: number | undefined;
  /** Bytes that have been read, before any unzipping. */
  readBytes(): number;
}

/** `-` is standard input. @throws StageledgerError INPUT_NOT_FOUND; while reading INPUT_TRUNCATED_GZIP */
export async function openBytes(path: string): Promise<ByteSource> {
  const totalBytes = path === "-" ? undefined : await sizeOf(path);
  const stream = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  let read = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) {
        if (!Buffer.isBuffer(chunk)) continue;
        read += chunk.length;
        yield chunk;
      }
    } catch (cause) {
      throw notReadable(path, "cannot be read", cause);
    }
  };
  const { head, whole } = await peek(counted(), GZIP_MARK.length);
  const isGzip = head.subarray(0, GZIP_MARK.length).equals(GZIP_MARK);
  return { chunks: isGzip ? unzipped(whole, path) : whole, totalBytes, readBytes: () => read };
}

/** The first bytes, and everything with them: a pipe gives its bytes once, so it cannot be opened a second time. */
async function peek(
  chunks: AsyncGenerator<Buffer>,
  length: number,
): Promise<{ readonly head: Buffer; readonly whole: AsyncIterable<Buffer> }> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < length) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const whole = async function* (): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    yield* chunks;
  };
  return { head, whole: whole() };
}

async function* unzipped(zipped: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const source = Readable.from(zipped, { highWaterMark: 1 }).on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (cause) {
    throw cause instanceof StageledgerError ? cause : brokenOff(path, cause);
  } finally {
    source.destroy();
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw notReadable(path, "is a directory");
    return found.isFile() ? found.size : undefined;
  } catch (cause) {
    if (cause instanceof StageledgerError) throw cause;
    throw notReadable(path, "cannot be read", cause);
  }
}

function notReadable(path: string, why: string, cause?: unknown): StageledgerError {
  return new StageledgerError("INPUT_NOT_FOUND", `${path} ${why}.`, { next: "Check the path and its rights.", cause });
}

function brokenOff(path: string, cause: unknown): StageledgerError {
  return new StageledgerError("INPUT_TRUNCATED_GZIP", `${path} is damaged: the gzip stream breaks off.`, {
    next: "Copy or download the file again; `gzip -t` tells whether it is whole.",
    cause,
  });
}
