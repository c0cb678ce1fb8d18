/** Opens an input file: plain or gzipped by its first bytes, with the progress of the bytes on disk. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { StageledgerError } from "@stageledger/core";

const CHUNK_BYTES = 1 << 18;

export interface ByteSource {
  readonly chunks: AsyncIterable<Buffer>;
  /** Size on disk; undefined for standard input. */
  readonly totalBytes: number | undefined;
  /** Bytes on disk that have been read. */
  readBytes(): number;
}

/** `-` is standard input. @throws StageledgerError INPUT_NOT_FOUND; while reading INPUT_TRUNCATED_GZIP */
export async function openBytes(path: string): Promise<ByteSource> {
  if (path === "-") return { chunks: process.stdin, totalBytes: undefined, readBytes: () => 0 };
  const totalBytes = await sizeOf(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const readBytes = (): number => file.bytesRead;
  if (!(await isGzip(path))) return { chunks: file, totalBytes, readBytes };
  return { chunks: unzipped(file, path), totalBytes, readBytes };
}

async function* unzipped(file: ReturnType<typeof createReadStream>, path: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  file.on("error", (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  try {
    for await (const chunk of gunzip) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (cause) {
    throw brokenOff(path, cause);
  } finally {
    file.destroy();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw notReadable(path, "is a directory");
    return found.size;
  } catch (cause) {
    if (cause instanceof StageledgerError) throw cause;
    throw notReadable(path, "cannot be read", cause);
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(2) });
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
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
